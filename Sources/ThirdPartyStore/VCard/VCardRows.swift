import PhoneNumbers
import Telephony

/// The rows of an import that vCards make.
///
/// A card of a person in an organization is a contact person of that organization; any other card is a
/// party of its own. Cards without a code of ours are known by their organization, else by their UID,
/// else by their name and first number.
struct VCardRows: RowSource {
  let columns = Set(ImportColumn.allCases)
  var bytesRead: Int { reader.bytesRead }
  private var reader: VCardReader
  private let plan: NumberPlan

  init(_ reader: VCardReader, plan: NumberPlan) {
    self.reader = reader
    self.plan = plan
  }

  mutating func next() throws(StoreError) -> ReadRow? {
    guard let card = try reader.next() else { return nil }
    var notices: [String] = []
    do throws(ReadRow.Refusal) {
      let row = try row(card, &notices)
      return ReadRow(line: card.line, content: .success(row), notices: notices)
    } catch {
      return ReadRow(line: card.line, content: .failure(error))
    }
  }

  private func row(_ card: VCard, _ notices: inout [String]) throws(ReadRow.Refusal) -> ImportRow {
    if let damage = card.damage { throw ReadRow.Refusal(why: damage) }
    let organization = card.first("ORG")?.components.first ?? ""
    let person = card.first("FN")?.text ?? Self.person(card.first("N")?.components ?? [])
    guard !organization.isEmpty || !person.isEmpty else {
      throw ReadRow.Refusal(why: "neither a name (FN, N) nor an organization (ORG)")
    }
    let kind = card.first("KIND")?.text.lowercased()
    let isContact =
      !organization.isEmpty && !person.isEmpty && kind != "org"
      && (kind == "individual" || person != organization)
    let address = Self.address(card)
    let country = CountryName.code(of: address.country)
    if country == nil, !address.country.isEmpty {
      notices.append("the country \"\(address.country.prefix(40))\" is not known: left out")
    }
    let numbers = try numbers(card, region: country, &notices)
    let name = isContact ? organization : person.isEmpty ? organization : person
    // What stands in a person's card is said of the person.
    let party =
      isContact
      ? []
      : [
        address.street, address.zip, address.city, country ?? "", card.first("EMAIL")?.text ?? "",
        card.first("NOTE")?.text ?? "",
      ]
    return ImportRow(
      code: code(card, name: name, organization: organization, numbers),
      texts: [name] + party + Array(repeating: "", count: 6 - party.count),
      kind: card.first("CATEGORIES").flatMap(Self.kind), contact: isContact ? person : "",
      numbers: numbers)
  }

  private func code(
    _ card: VCard, name: String, organization: String, _ numbers: [ListedNumber]
  ) -> String {
    if let code = card.first(VCardWriter.codeProperty)?.text { return code }
    if !organization.isEmpty { return RowReader.code(name: organization, number: nil) }
    if let uid = card.first("UID")?.text { return RowReader.code(name: uid, number: nil) }
    return RowReader.code(name: name, number: numbers.first?.number)
  }

  private func numbers(
    _ card: VCard, region: String?, _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    var unread: [String] = []
    for property in card.properties where property.name == "TEL" {
      let use = Self.use(property)
      // A URI (RFC 3966) may say by itself where its number belongs: `tel:1024;phone-context=…`.
      if property.parameters.contains("URI"),
        let number = plan.number(address: property.text, region: region)
      {
        numbers.append(ListedNumber(use: use, number: number, text: property.text))
        continue
      }
      let content = NumberField(property.text, use: use, plan: plan, region: region)
      let what = "\"\(property.text.prefix(40))\""
      if let notice = content.notice(on: "TEL \(what)") { notices.append(notice) }
      switch content {
      case .empty: continue
      case .unreadable: unread.append(what)
      case .numbers(let found): numbers += found
      }
    }
    guard !unread.isEmpty else { return numbers }
    let what = "TEL \(unread.joined(separator: ", ")): no telephone number"
    guard !numbers.isEmpty else { throw ReadRow.Refusal(why: what) }
    notices.append("\(what), left out")
    return numbers
  }

  private static func use(_ property: VCardProperty) -> ListedNumber.Use {
    let types = property.parameters
    if types.contains(VCardWriter.extensionType) { return .extension }
    return types.contains("CELL") ? .mobile : types.contains("FAX") ? .fax : .phone
  }

  /// `Dupont;Marie;;;` as people say it.
  private static func person(_ components: [String]) -> String {
    [components.dropFirst().first ?? "", components.first ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private static func address(
    _ card: VCard
  ) -> (street: String, zip: String, city: String, country: String) {
    let parts =
      card.properties.first { property in
        property.name == "ADR" && property.components.contains { !$0.isEmpty }
      }?.components ?? []
    let part = { (index: Int) in index < parts.count ? parts[index] : "" }
    // Post office box, further lines and street, in the order of an envelope.
    let street = [part(2), part(1), part(0)].filter { !$0.isEmpty }.joined(separator: "\n")
    return (street, part(5), part(3), part(6))
  }

  /// The first category that is a kind of third party.
  private static func kind(_ property: VCardProperty) -> ThirdPartyKind? {
    property.text.split(separator: ",").lazy
      .compactMap { ThirdPartyKind(word: String($0)) }.first
  }
}
