import PhoneNumbers
import Telephony

/// Reads the cards of an import: pure, so that several threads share the work.
///
/// A card of a person in an organization is a contact person of that organization; any other card is a
/// party of its own. Cards without a code of ours are known by their organization, else by their UID,
/// else by their name and first number.
struct CardReader: Sendable {
  let plan: NumberPlan

  /// What a card says; nil for a list of other cards, which is nobody.
  func read(_ card: VCard) -> ReadRow? {
    guard Self.kind(of: card) != "group" || card.first("TEL") != nil else { return nil }
    var notices = card.notices
    do throws(ReadRow.Refusal) {
      let row = try row(card, &notices)
      return ReadRow(line: card.line, content: .success(row), notices: notices)
    } catch {
      return ReadRow(line: card.line, content: .failure(error))
    }
  }

  private func row(_ card: VCard, _ notices: inout [String]) throws(ReadRow.Refusal) -> ImportRow {
    if let damage = card.damage { throw ReadRow.Refusal(why: damage) }
    // In a card of ours, texts are what they are.
    let isOwn = card.first(VCardWriter.codeProperty) != nil
    let named = { (text: String) in isOwn ? text : Self.named(text) }
    let organization = named(card.first("ORG")?.components.first ?? "")
    // Some write the name with the marks of its parts: `Dupont;;`.
    var full = card.first("FN")?.text ?? ""
    while !isOwn, full.last == ";" { full.removeLast() }
    let formatted = named(full)
    let parts = [VCardReader.family, VCardReader.given].map { card.first($0)?.text ?? "" }
    let person =
      formatted.isEmpty ? named(Self.person(card.first("N")?.components ?? parts)) : formatted
    let fallback = ["NICKNAME", "EMAIL"].map { Self.named(card.first($0)?.text ?? "") }
      .first { !$0.isEmpty }
    let alone = person.isEmpty && organization.isEmpty ? fallback ?? "" : person
    guard !organization.isEmpty || !alone.isEmpty else {
      throw ReadRow.Refusal(
        why: "neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)")
    }
    let kind = Self.kind(of: card)
    let isContact =
      !organization.isEmpty && !person.isEmpty && kind != "org"
      && (kind == "individual" || !Self.isSame(person, organization))
    let addresses = VCardAddress.all(of: card)
    let address =
      addresses.first { !isContact || !$0.isPrivate } ?? addresses.first ?? VCardAddress.none
    let country = RowReader.country(address.country, &notices)
    let numbers = try numbers(card, home: country.home, addresses, &notices)
    let name = isContact ? organization : alone.isEmpty ? organization : alone
    // What stands in a person's card is said of the person, but for the address at work.
    let isPlace = !isContact || !address.isPrivate
    let place = isPlace ? [address.street, address.zip, address.city, country.text] : []
    let rest = isContact ? [] : [card.first("EMAIL")?.text ?? "", card.first("NOTE")?.text ?? ""]
    let (code, identity) = identity(card, name: name, organization: organization, numbers)
    return ImportRow(
      code: code, identity: identity,
      texts: [name] + (place.isEmpty ? ["", "", "", ""] : place)
        + (rest.isEmpty ? ["", ""] : rest),
      kind: card.first("CATEGORIES").flatMap(Self.kind), contact: isContact ? person : "",
      numbers: numbers)
  }

  private func identity(
    _ card: VCard, name: String, organization: String, _ numbers: [ListedNumber]
  ) -> (String, ImportRow.Identity) {
    if let code = card.first(VCardWriter.codeProperty)?.text { return (code, .said) }
    if !organization.isEmpty {
      return (ImportRow.code(name: organization, number: nil), .organization)
    }
    let uid = card.first("UID")?.text ?? ""
    let bare = uid.lowercased().hasPrefix("urn:uuid:") ? String(uid.dropFirst(9)) : uid
    if Identity.key(bare) != nil { return (ImportRow.code(name: uid.visible, number: nil), .said) }
    return (ImportRow.code(name: name, number: numbers.first?.number), .made)
  }

  private func numbers(
    _ card: VCard, home: NumberField.Home, _ addresses: [VCardAddress], _ notices: inout [String]
  ) throws(ReadRow.Refusal) -> [ListedNumber] {
    var numbers: [ListedNumber] = []
    var unread: [String] = []
    for property in card.properties where property.name == "TEL" {
      let isDoubtful = property.isCutOff || isDoubtful(property, in: card)
      let use = Self.use(property)
      let home =
        addresses.first { $0.isOf(property) }.map { NumberField.Home(country: $0.country) } ?? home
      // A URI (RFC 3966) may say by itself where its number belongs: `tel:1024;phone-context=…`.
      let isURI =
        property.parameters.contains("URI")
        || ["tel:", "sip:", "sips:"].contains(where: property.text.lowercased().hasPrefix)
      if isURI, let number = number(uri: property.text, home) {
        numbers.append(
          ListedNumber(use: use, number: number, text: property.text, isCertain: !isDoubtful))
        continue
      }
      let content = NumberField(property.text, use: use, plan: plan, home: home)
        .doubted(isDoubtful)
      if let notice = content.notice(on: "TEL \"\(property.text.prefix(40))\"") {
        notices.append(notice)
      }
      switch content {
      case .empty: continue
      case .unreadable: unread.append(property.text)
      case .numbers(let found): numbers += found
      }
    }
    guard !unread.isEmpty else { return numbers }
    let shown = unread.map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
    let isLost = unread.contains { $0.contains { ("0"..."9").contains($0) } }
    guard !numbers.isEmpty || !isLost else {
      throw ReadRow.Refusal(why: "TEL \(shown): no telephone number", isLoss: true)
    }
    notices.append("TEL \(shown): no telephone number, left out")
    return numbers
  }

  private func number(uri: String, _ home: NumberField.Home) -> PhoneNumber? {
    switch home {
    case .plan: plan.number(address: uri)
    case .region(let region): plan.number(address: uri, region: region)
    // A local number reads alike nowhere; the field knows what to do with it.
    case .unknown: uri.contains("+") || uri.contains("%2B") ? plan.number(address: uri) : nil
    }
  }

  /// A name, unless it only says that there is none: `null`, `undefined undefined`.
  private static func named(_ text: String) -> String {
    Missing.isNobody(text) || text.split(separator: " ").allSatisfy { Missing.isMark(String($0)) }
      ? "" : text
  }

  private static func isSame(_ person: String, _ organization: String) -> Bool {
    person == organization || Identity.words(person) == Identity.words(organization)
  }

  private static func kind(of card: VCard) -> String? {
    (card.first("KIND") ?? card.first("X-ADDRESSBOOKSERVER-KIND"))?.text.lowercased()
  }

  /// What a person wrote beside a number: Apple puts it into another property of its group.
  private static func label(of property: VCardProperty, in card: VCard) -> String? {
    guard !property.group.isEmpty else { return nil }
    return card.properties.first { $0.name == "X-ABLABEL" && $0.group == property.group }?.text
  }

  /// Whether what is written beside a number says that it is no longer right, or may name somebody else's beside
  /// the card's own.
  private func isDoubtful(_ property: VCardProperty, in card: VCard) -> Bool {
    let label = Self.label(of: property, in: card)
    if let label, plan.isOld(label: label) || HeaderWords(label).isOthers { return true }
    return !Self.isOwn(property, in: card)
      && card.properties.contains {
        $0.name == "TEL" && Self.isOwn($0, in: card) && Self.use($0) != .fax
      }
  }

  /// Whether neither its label nor a type that a program or a person made up may name somebody else: `X-Wife`,
  /// `TYPE=Wife`.
  private static func isOwn(_ property: VCardProperty, in card: VCard) -> Bool {
    let types = property.types.union(
      property.parameters.filter { $0.hasPrefix("X-") || $0 == "ASSISTANT" })
    return (types + [label(of: property, in: card)].compactMap(\.self)).allSatisfy {
      HeaderWords($0).isOwn()
    }
  }

  private static func use(_ property: VCardProperty) -> ListedNumber.Use {
    let types = property.parameters
    if types.contains(VCardWriter.extensionType) { return .extension }
    return types.contains("CELL") ? .mobile : types.contains("FAX") ? .fax : .phone
  }

  /// `Dupont;Marie;;;` as people say it.
  private static func person(_ components: [String]) -> String {
    // Some programs write the marks between the parts as text: `Dupont\;Marie\;\;\;`.
    let components =
      components.count > 1
      ? components
      : components.flatMap { $0.split(separator: ";", omittingEmptySubsequences: false) }
        .map { String($0) }
    return [components.dropFirst().first ?? "", components.first ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The first category that is a kind of third party.
  private static func kind(_ property: VCardProperty) -> ThirdPartyKind? {
    property.text.split(separator: ",").lazy
      .compactMap { ThirdPartyKind(word: String($0)) }.first
  }
}
