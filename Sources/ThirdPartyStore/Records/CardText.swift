/// Writes the properties of jCard (RFC 7095) and xCard (RFC 6351) as a vCard, which ``VCardReader`` reads.
struct CardText {
  private var lines = ["BEGIN:VCARD", "VERSION:4.0"]

  /// The card, whole.
  var text: String { (lines + ["END:VCARD", ""]).joined(separator: "\r\n") }

  /// Adds a property; `parts`: the components of its value.
  mutating func add(_ name: String, types: [String], isURI: Bool, parts: [String]) {
    let name = name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard !name.isEmpty, !["BEGIN", "END", "VERSION"].contains(name) else { return }
    let types = types.map { $0.filter { $0.isLetter || $0.isNumber || $0 == "-" } }
    lines.append(
      name + types.map { ";TYPE=\($0)" }.joined() + (isURI ? ";VALUE=uri" : "") + ":"
        + parts.map(Self.escaped).joined(separator: ";"))
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\" + String(scalar)
      case "\n": escaped += "\\n"
      case "\r": continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
