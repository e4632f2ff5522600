/// A column that an import understands; the raw value is the header that an export writes, or the word by which
/// `--map` names it.
public enum ImportColumn: String, CaseIterable, Sendable {
  case code, name, kind, phone, mobile, fax
  /// An internal extension.
  case `extension`
  case email, address, zip, city
  /// The country, as ``Country`` reads it: the region in which the party's national numbers are read.
  case country
  /// The contact person whose numbers stand in the row.
  case contact
  case notes
  /// The company or organization, in a file that has a column for persons besides.
  case company
  /// Parts of a person's name.
  case first, last
  /// A whole name that a program composed of others.
  case display
  case nickname
  /// What the program that wrote the file knows the row by.
  case id

  /// Those that an export writes.
  static let written: [ImportColumn] = [
    .code, .name, .kind, .phone, .mobile, .fax, .extension, .contact, .email, .address, .zip,
    .city, .country, .notes,
  ]

  /// The header line of an export.
  static let header = CSVWriter.row(written.map(\.rawValue))

  /// The column that a header names; see ``HeaderWords``.
  init?(header: String) {
    guard let column = HeaderWords(header).column else { return nil }
    self = column
  }

  /// Whether numbers stand in it.
  var isNumber: Bool { ImportRow.uses.contains { $0.column == self } }

  /// Whether it says who a row is about.
  var isIdentity: Bool {
    switch self {
    case .code, .name, .company, .first, .last, .display, .nickname, .contact, .email, .id: true
    default: false
    }
  }

  /// Whether it names who a row is about, and does more than key it.
  var isName: Bool {
    switch self {
    case .name, .company, .first, .last, .display, .nickname, .contact: true
    default: false
    }
  }

  /// Letters and digits only, lower case, the accents of French taken off.
  static func folded(_ text: String) -> String {
    // Nearly all is ASCII.
    guard text.utf8.contains(where: { $0 >= 0x80 }) else {
      let kept = text.utf8.compactMap { byte -> UInt8? in
        if (0x30...0x39).contains(byte) { return byte }
        return (0x61...0x7A).contains(byte | 0x20) ? byte | 0x20 : nil
      }
      return String(decoding: kept, as: UTF8.self)
    }
    var folded = ""
    for character in text.lowercased() {
      switch character {
      case "a"..."z", "0"..."9": folded.append(character)
      case "à", "â", "ä": folded.append("a")
      case "é", "è", "ê", "ë": folded.append("e")
      case "î", "ï": folded.append("i")
      case "ô", "ö": folded.append("o")
      case "ù", "û", "ü": folded.append("u")
      case "ç": folded.append("c")
      default: continue
      }
    }
    return folded
  }
}
