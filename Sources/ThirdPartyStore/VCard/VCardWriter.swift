import Telephony

/// Writes third parties as vCards: one for the party, and one for each contact person.
struct VCardWriter {
  /// Where our code of the party stands.
  static let codeProperty = "X-SCREENPOP-CODE"
  /// The type of an internal extension.
  static let extensionType = "X-EXTENSION"

  let version: ExportFormat.VCardVersion

  /// The cards of a party, RFC 6350 or RFC 2426; lines are folded at 75 bytes. `KIND` belongs to version 4,
  /// but in version 3 too nothing else tells a person from the company of the same name.
  func cards(of record: ThirdPartyRecord, _ numbers: [StoredNumber]) -> String {
    let summary = record.summary
    var text = ""
    var persons: [String] = []
    for contact in numbers.compactMap(\.listed.contact) where !persons.contains(contact) {
      persons.append(contact)
    }
    text += card(
      name: summary.name, of: record, numbers.filter { $0.listed.contact == nil },
      [
        ("KIND", "org"),
        // Pobox, extended address, street, city, region, postal code, country.
        hasAddress(record)
          ? (
            "ADR",
            ";;\(escaped(record.address));\(escaped(summary.city));;"
              + "\(escaped(summary.zip));\(escaped(record.country))"
          ) : nil,
        ("EMAIL", escaped(record.email)), ("NOTE", escaped(record.remarks)),
        ("CATEGORIES", summary.kind.rawValue),
      ])
    for person in persons {
      text += card(
        name: person, of: record, numbers.filter { $0.listed.contact == person },
        [
          ("KIND", "individual"),
          // The party's country is how this person's national numbers are read.
          record.country.isEmpty ? nil : ("ADR", ";;;;;;\(escaped(record.country))"),
        ])
    }
    return text
  }

  private func hasAddress(_ record: ThirdPartyRecord) -> Bool {
    [record.address, record.country, record.summary.city, record.summary.zip]
      .contains { !$0.isEmpty }
  }

  private func card(
    name: String, of record: ThirdPartyRecord, _ numbers: [StoredNumber],
    _ properties: [(String, String)?]
  ) -> String {
    var text = line("BEGIN", "VCARD") + line("VERSION", version.rawValue)
    text += line("FN", escaped(name))
    // Of version 3 a property that must be there.
    if version == .three { text += line("N", "\(escaped(name));;;;") }
    text += line("ORG", escaped(record.summary.name))
    text += line(Self.codeProperty, escaped(record.summary.code))
    for case (let name, let value)? in properties where !value.isEmpty { text += line(name, value) }
    for number in numbers {
      let type = type(of: number.listed.use)
      guard let written = number.text else { continue }
      text += line("TEL;TYPE=\(type)", escaped(written))
    }
    return text + line("END", "VCARD")
  }

  private func type(of use: ListedNumber.Use) -> String {
    switch use {
    case .phone, .attached: "voice"
    case .mobile: "cell"
    case .fax: "fax"
    case .extension: Self.extensionType.lowercased()
    }
  }

  private func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
      switch scalar {
      case "\\", ",", ";": result += ["\\", scalar]
      case "\n", "\r": result += ["\\", "n"]
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A content line, folded between characters; also within a value such as `END:VCARD`, which readers that
  /// look for the mark anywhere, as ours does, take for one.
  private func line(_ name: String, _ value: String) -> String {
    var (text, length) = ("", 0)
    let hasMark = value.uppercased().contains(":VCARD")
    for (index, scalar) in "\(name):\(value)".unicodeScalars.enumerated() {
      let width = UTF8.width(scalar)
      let isMark = hasMark && scalar == ":" && index > name.unicodeScalars.count
      if length + width > 75 || isMark {
        text += "\r\n "
        length = 1
      }
      text.unicodeScalars.append(scalar)
      length += width
    }
    return text + "\r\n"
  }
}
