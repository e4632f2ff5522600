import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// One number: what people type of it into an ERP's phone field, and what telephones send of it.
private struct Subscriber: Sendable, CustomTestStringConvertible {
  var name: String
  /// The country in the address of who has the number; empty: not filled in.
  var country = ""
  /// Fields that hold it whole.
  var typed: [String]
  /// Fields that lack its country: the trunk 0 was lost.
  var typedLost: [String] = []
  /// Fields that hold its end only, or that nobody can read whole without the country.
  var typedEnd: [String] = []
  var sent: [String]
  var sentLost: [String] = []
  var sentEnd: [String] = []

  var testDescription: String { name }
}

/// What is typed × what is sent × the matches that come of it.
@Suite struct MatchingMatrixTests {
  private static let subscribers: [Subscriber] = [
    Subscriber(
      name: "a number of the mainland",
      typed: [
        "0388202122", "03 88 20 21 22", "03.88.20.21.22", "03-88-20-21-22", "03/88/20/21/22",
        "(03) 88 20 21 22", "03 88 202 122", "+33388202122", "+33 3 88 20 21 22",
        "+33 (0)3 88 20 21 22", "+33 03 88 20 21 22", "(+33) 3.88.20.21.22", "0033388202122",
        "00 33 (0)3 88 20 21 22", "33388202122", "33 3 88 20 21 22",
        "03\u{A0}88\u{A0}20\u{A0}21\u{A0}22", "03\u{202F}88\u{202F}20\u{202F}21\u{202F}22",
        "03\u{200B}88\u{200B}20\u{200B}21\u{200B}22", "03\u{200C}88\u{200D}20\u{200D}21\u{200D}22",
        "\u{FEFF}0388202122", "\u{2066}03 88 20 21 22\u{2069}", "０３８８２０２１２２",
        "٠٣ ٨٨ ٢٠ ٢١ ٢٢", "O388202122", "O3 88 2O 21 22", "o3.88.2o.21.22", "'0388202122",
        "=\"0388202122\"", "Tél. 03 88 20 21 22", "Tél : 03 88 20 21 22", "tel:+33-3-88-20-21-22",
        "03 88 20 21 22 (bureau)", "03 88 20 21 22 (fax)", "(standard) 03 88 20 21 22",
        "03 88 20 21 22 poste 12", "03 88 20 21 22 p.12", "03 88 20 21 22 ext. 12",
        "03 88 20 21 22 #12", "03 88 20 21 22#12", "03 88 20 21 22 x12", "03 88 20 21 22x12",
        "03 88 20 21 22 int. 3", "03 88 20 21 22 Mme Dupont", "bureau 03 88 20 21 22 le matin",
        "\n0388202122", "03 88 20 21 22 ; dupont@dupont.example", "03 88 20 21 22 - 24",
        "n° 03 88 20 21 22", "☎ 03 88 20 21 22", "📞0388202122", "03 88 20 21 22 ✆",
        "Dom 03 88 20 21 22", "03 88 20 21 22 (9h-12h 14h-18h)", "03 88 20 21 22 depuis 2019",
        "O3 88 20 21 22 (OO)",
        "03 88 20 21 22, SIRET 493 012 345 00028",
      ],
      typedLost: [
        "388202122", "3 88 20 21 22", "388 202 122", "Tél 3.88.20.21.22", "00388202122",
        "90388202122",
      ],
      typedEnd: ["88202122", "88.20.21.22"],
      sent: [
        "0388202122", "+33388202122", "0033388202122", "33388202122", " 33388202122",
        "+33(0)388202122", "+330388202122", "03 88 20 21 22", "sip:0388202122@192.0.2.1",
        "sip:+33388202122@pbx;user=phone", "\"Dupont\" <sip:%2B33388202122@pbx>",
        "tel:+33-3-88-20-21-22", "#31#0388202122", "0,0388202122",
      ],
      sentLost: ["388202122", "sip:388202122@pbx", "00388202122", "90388202122"],
      sentEnd: ["88202122", "80388202122"]),
    Subscriber(
      name: "a mobile number",
      typed: [
        "0639980011", "06 39 98 00 11", "06.39.98.00.11 (perso)", "Port. 06-39-98-00-11",
        "GSM +33 6 39 98 00 11", "O6 39 98 OO 11", "o6.39.98.oo.11", "+33 (0)6 39 98 00 11",
        "0033639980011", "33639980011",
        "M. Dupont : 06 39 98 00 11",
      ],
      typedLost: ["639980011", "6 39 98 00 11"], typedEnd: ["39980011"],
      sent: ["0639980011", "+33639980011", "0033639980011", "33639980011"],
      sentLost: ["639980011"], sentEnd: ["39980011"]),
    Subscriber(
      name: "a free number",
      typed: [
        "0800 123 456", "0 800 123 456", "0 800 12 34 56 (gratuit)", "N° Vert 0800 123 456",
        "+33 800 123 456", "0033 800 123 456",
      ],
      typedLost: ["800123456", "800 123 456"],
      sent: ["0800123456", "+33800123456", "0033800123456"], sentLost: ["800123456"]),
    Subscriber(
      name: "a number of Réunion",
      typed: [
        "0262 12 34 56", "0262.12.34.56", "+262 262 12 34 56", "+262 (0)262 12 34 56",
        "00262 262 12 34 56", "+33 262 12 34 56", "+33 (0)262 12 34 56", "262262123456",
      ],
      typedLost: ["262 12 34 56"],
      sent: [
        "0262123456", "+262262123456", "00262262123456", "+33262123456", "0033262123456",
        "262262123456",
      ], sentLost: ["262123456"]),
    Subscriber(
      name: "a mobile of Réunion, known to be there", country: "RE",
      typed: ["0692 12 34 56", "+262 692 12 34 56", "+33 692 12 34 56"], typedLost: ["692123456"],
      sent: ["0692123456", "+262692123456", "+33692123456"], sentLost: ["692123456"]),
    Subscriber(
      name: "a number of Mayotte, under the code that it shares",
      typed: ["0269 60 12 34", "+262 269 60 12 34", "+33 269 60 12 34"], typedLost: ["269601234"],
      sent: ["0269601234", "+262269601234", "0033269601234"]),
    Subscriber(
      name: "a number of Guadeloupe",
      typed: ["0590 12 34 56", "+590 590 12 34 56", "+33 590 12 34 56", "00590590123456"],
      typedLost: ["590 12 34 56"],
      sent: ["0590123456", "+590590123456", "+33590123456", "590590123456"]),
    Subscriber(
      name: "a number of Guiana", country: "GF",
      typed: ["0594 12 34 56", "+594 594 12 34 56", "+33 594 12 34 56"],
      sent: ["0594123456", "+594594123456", "+33594123456"]),
    Subscriber(
      name: "a number of Martinique",
      typed: ["0596 50 12 34", "+596 596 50 12 34", "+33 596 50 12 34"],
      sent: ["0596501234", "+596596501234", "+262596501234"]),
    Subscriber(
      name: "Germany", country: "DE",
      typed: [
        "030 123456", "(030) 12 34 56", "030/123456", "+49 30 123456", "+49 (0)30 / 123456",
        "0049 30 123456", "030 123456 Durchwahl",
      ],
      sent: ["+4930123456", "004930123456", "4930123456"]),
    Subscriber(
      name: "a German mobile, typed without the country",
      typed: ["+49 151 12345678", "0049 (0)151 12345678"], typedEnd: ["0151 12345678"],
      sent: ["+4915112345678", "004915112345678", "4915112345678"]),
    Subscriber(
      name: "Belgium", country: "BE",
      typed: ["02/555.12.12", "02 555 12 12", "+32 2 555 12 12", "0032 (0)2 555 12 12"],
      sent: ["+3225551212", "003225551212", "3225551212"]),
    Subscriber(
      name: "Switzerland", country: "CH",
      typed: ["044 668 18 00", "+41 44 668 18 00", "0041 (0)44 668 18 00", "+41 (44) 668 18 00"],
      typedLost: ["44 668 18 00"],
      sent: ["+41446681800", "0041446681800", "41446681800"]),
    Subscriber(
      name: "Luxembourg, where there is no trunk prefix", country: "LU",
      typed: ["26 12 34 56", "26-12-34-56", "+352 26 12 34 56", "(+352) 26123456"],
      sent: ["+35226123456", "0035226123456", "35226123456"]),
    Subscriber(
      name: "Great Britain", country: "UK",
      typed: ["020 7946 0000", "(020) 7946 0000", "+44 (0)20 7946 0000", "0044 20 7946 0000"],
      typedLost: ["20 7946 0000"],
      sent: ["+442079460000", "00442079460000", "442079460000"]),
    Subscriber(
      name: "the United States", country: "US",
      typed: ["(303) 555-0100", "303-555-0100", "1-303-555-0100", "+1 303 555 0100 ext. 12"],
      sent: ["+13035550100", "0013035550100", "13035550100"]),
    Subscriber(
      name: "Italy keeps its zero", country: "IT",
      typed: ["06 1234 5678", "+39 06 1234 5678", "0039 06 12345678", "+39 (0)6 1234 5678"],
      sent: ["+390612345678", "00390612345678", "390612345678"]),
    Subscriber(
      name: "Spain has no trunk prefix", country: "ES",
      typed: ["912 34 56 78", "+34 912 34 56 78", "0034 912345678"],
      sent: ["+34912345678", "0034912345678", "34912345678"]),
    Subscriber(
      name: "Portugal", country: "PT",
      typed: ["212 345 678", "+351 212 345 678", "00351 212345678"],
      sent: ["+351212345678", "00351212345678", "351212345678"]),
  ]

  /// A store in which each field of `subscribers` is a party of its own.
  private func store(
    _ fixture: StoreFixture, plan: NumberPlan = NumberPlan()
  ) async throws -> PartyStore {
    var text = CSVWriter.row(["code", "name", "country", "phone"])
    for (index, subscriber) in Self.subscribers.enumerated() {
      for (kind, fields) in [
        ("whole", subscriber.typed), ("lost", subscriber.typedLost), ("end", subscriber.typedEnd),
      ] {
        for (place, field) in fields.enumerated() {
          text += CSVWriter.row([
            "\(index) \(kind) \(place)", subscriber.name, subscriber.country, field,
          ])
        }
      }
    }
    let store = try PartyStore(path: fixture.path("parties.sqlite"), plan: plan)
    let outcome = try await fixture.importing(text, into: store)
    #expect(outcome.refused == [])
    return store
  }

  @Test func `what is typed, what is sent, and the matches`() async throws {
    let fixture = try StoreFixture()
    let store = try await store(fixture)
    for (index, subscriber) in Self.subscribers.enumerated() {
      let cases: [([String], (whole: MatchStrength, lost: MatchStrength))] = [
        (subscriber.sent, (.exact, .national)), (subscriber.sentLost, (.national, .national)),
        (subscriber.sentEnd, (.weak, .weak)),
      ]
      for (callers, (whole, lost)) in cases {
        for caller in callers {
          let number = try #require(fixture.plan.caller(caller).number, "\(caller)")
          var found: [String: MatchStrength] = [:]
          for match in try store.matches(for: number) { found[match.party.code] = match.strength }
          for (kind, fields, strength) in [
            ("whole", subscriber.typed, whole), ("lost", subscriber.typedLost, lost),
            ("end", subscriber.typedEnd, .weak),
          ] {
            for (place, field) in fields.enumerated() {
              #expect(
                found.removeValue(forKey: "\(index) \(kind) \(place)") == strength,
                "\(subscriber.name): \(caller) called, \(field.debugDescription) was typed")
            }
          }
          // Of other subscribers, none but by the end of an incomplete number.
          #expect(found.filter { $0.value != .weak } == [:], "\(subscriber.name): \(caller)")
          if number.kind == .complete {
            #expect(found.keys.filter { $0.contains(" whole ") } == [], "\(caller)")
          }
        }
      }
    }
  }
}
