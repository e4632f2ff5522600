internal import FoundationEssentials
import TextForms

/// Reads LDIF (RFC 2849): an address book of Thunderbird or of a directory.
enum LDIFReader {
  /// Whether a file begins like one: `dn: …`, perhaps behind its version and comments.
  static func recognises(_ block: [UInt8]) -> Bool {
    for line in block.prefix(4_096).split(whereSeparator: { $0 == Ascii.lf || $0 == Ascii.cr }) {
      let start = String(decoding: line.prefix(9), as: UTF8.self).lowercased()
      if start.hasPrefix("dn:") { return true }
      guard start.hasPrefix("#") || start.hasPrefix("version:") || start.hasPrefix(" ") else {
        return false
      }
    }
    return false
  }

  /// Its records as children of one node.
  static func read(_ bytes: [UInt8]) -> DataNode {
    var root = DataNode(name: "")
    var record = DataNode(name: "entry")
    for (line, text) in unfolded(bytes) {
      guard !text.isEmpty else {
        if !record.children.isEmpty { root.children.append(record) }
        record = DataNode(name: "entry")
        continue
      }
      guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { continue }
      if record.children.isEmpty { record.line = line }
      let attribute = String(decoding: text[..<colon], as: UTF8.self).trimmed
      // `cn;lang-fr`.
      let name = attribute.prefix { $0 != ";" }.lowercased()
      let rest = text[(colon + 1)...]
      guard let header = headers[name] ?? Self.other(name) else { continue }
      // Attributes have several values; but for numbers the first one counts.
      if record.children.contains(where: { $0.name == header }),
        ImportColumn(header: header)?.isNumber != true
      {
        continue
      }
      record.children.append(DataNode(name: header, text: value(rest).storable.trimmed))
    }
    if !record.children.isEmpty { root.children.append(record) }
    return root
  }

  /// What stands behind the colon: `: ` text, `:: ` base64. What is behind `:< ` is elsewhere.
  private static func value(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.first == UInt8(ascii: ":") else {
      return bytes.first == UInt8(ascii: "<") ? "" : text(bytes)
    }
    let digits = bytes.dropFirst().filter { $0 > 0x20 }
    guard let data = Data(base64Encoded: Data(digits)) else { return "" }
    return text(ArraySlice(data))
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? Windows1252.decode(bytes)
  }

  /// The lines, those that go on behind a blank put together, and where each begins; without comments.
  private static func unfolded(_ bytes: [UInt8]) -> [(line: Int, text: [UInt8])] {
    var lines: [(line: Int, text: [UInt8])] = []
    for (index, line) in bytes.split(separator: Ascii.lf, omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = line.last == Ascii.cr ? line.dropLast() : line
      if text.first == Ascii.blank, !lines.isEmpty, !text.allSatisfy({ $0 == Ascii.blank }) {
        lines[lines.count - 1].text += text.dropFirst()
      } else {
        lines.append((index + 1, Array(text)))
      }
    }
    return lines.filter { $0.text.first != UInt8(ascii: "#") }
  }

  /// What else speaks of a telephone: `mozillaHomePhone`.
  private static func other(_ name: String) -> String? {
    ImportColumn(header: name).flatMap { $0.isNumber ? name : nil }
  }

  /// The attributes of RFC 4519, RFC 4524 and of Thunderbird, as headers.
  private static let headers = [
    "cn": "display name", "commonname": "display name", "displayname": "display name",
    "sn": "last name", "surname": "last name", "givenname": "first name", "gn": "first name",
    "o": "company", "organizationname": "company", "company": "company", "mail": "email",
    // What names a part of an organization that is no part of a person's entry.
    "ou": "nickname",
    "mozillanickname": "nickname", "xmozillanickname": "nickname",
    "telephonenumber": "phone", "homephone": "home phone", "mobile": "mobile",
    "mobiletelephonenumber": "mobile", "cellphone": "mobile", "pager": "phone",
    "facsimiletelephonenumber": "fax", "fax": "fax", "l": "city", "locality": "city",
    "postalcode": "zip", "street": "address", "streetaddress": "address",
    "postaladdress": "address", "c": "country", "countryname": "country", "co": "country",
    "description": "notes", "employeenumber": "code", "uid": "id", "entryuuid": "id",
    "ipphone": "extension",
  ]
}
