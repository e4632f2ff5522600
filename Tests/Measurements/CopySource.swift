import Telephony
import ThirdPartyStore

/// Invented third parties as an ERP has them, in any quantity: names and cities of several words, so that
/// a search meets what people type, and the numbers of ``PartyFile``.
enum CopySource {
  private static let first = [
    "Garage", "Boulangerie", "Établissements", "Société", "Transports", "Menuiserie", "Cabinet",
    "Pharmacie", "Ateliers", "Hôtel", "Électricité", "Maçonnerie", "Imprimerie", "Clinique",
    "Laboratoire", "Jardinerie", "Plomberie", "Librairie", "Fromagerie", "Comptoir",
  ]
  private static let second = [
    "Muller", "Schmitt", "Dupont", "Martin", "Lefèvre", "Müller", "Bernard", "Gérard", "Rousseau",
    "Fontaine", "Chevalier", "François", "Mercier", "Blanc", "Guérin", "Boyer", "Garnier",
    "Legrand", "Gauthier", "Perrin", "Robin", "Clément", "Morin", "Nicolas", "Henry", "Roussel",
    "Mathieu", "Gautier", "Masson", "Marchand", "Duval", "Denis", "Lemaire", "Noël", "Meyer",
  ]
  private static let cities = [
    "Strasbourg", "Lyon", "Mulhouse", "Colmar", "Nancy", "Metz", "Besançon", "Dijon", "Reims",
    "Épinal", "Haguenau", "Sélestat", "Saint-Étienne", "Le Havre", "Nîmes", "Orléans",
  ]

  /// A party of the source.
  static func row(_ party: Int) -> CopiedRow {
    let name =
      "\(first[party % first.count]) \(second[party / 7 % second.count]) \(PartyFile.name(party))"
    return CopiedRow(
      key: String(party), code: "C" + String(10_000_000 + party), kind: .customer, name: name,
      address: "\(party % 300) rue des Tanneurs", zip: "67000",
      city: cities[party / 3 % cities.count], email: "C\(party)@example.com",
      numbers: [
        listed(PartyFile.phone(party), .phone), listed(PartyFile.mobile(party), .mobile),
      ])
  }

  private static func listed(_ text: String, _ use: ListedNumber.Use) -> ListedNumber {
    ListedNumber(use: use, number: PhoneNumber(.complete, "+33" + text.dropFirst()), text: text)
  }

  /// Copies so many parties, and says how long the store took for it, without the making of the rows [s].
  static func fill(_ store: PartyStore, parties: Int) throws -> Double {
    let clock = ContinuousClock()
    let copy = try PartyCopy(into: store, from: "bench", .full)
    var time = Duration.zero
    for start in stride(from: 0, to: parties, by: 8_000) {
      let rows = (start..<min(parties, start + 8_000)).map(row)
      time += try clock.measure { try copy.add(rows) }
    }
    time += try clock.measure { _ = try copy.finish(mark: "1", at: nil) }
    return time.seconds
  }
}
