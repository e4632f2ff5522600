/// A column that an import understands; the raw value is the header that an export writes.
public enum ImportColumn: String, CaseIterable, Sendable {
  case code, name, kind, phone, mobile, fax
  /// An internal extension.
  case `extension`
  case email, address, zip, city
  /// ISO 3166 code: the region in which the party's national numbers are read.
  case country
  /// The contact person whose numbers stand in the row.
  case contact
  case notes

  /// The column that a header names, in French or English; case, accents, blanks and punctuation
  /// do not matter.
  init?(header: String) {
    guard let column = Self.headers[Self.folded(header)] else { return nil }
    self = column
  }

  private static let headers: [String: ImportColumn] = [
    "code": .code,
    "name": .name, "nom": .name, "raisonsociale": .name,
    "kind": .kind, "type": .kind,
    "phone": .phone, "telephone": .phone, "tel": .phone,
    "mobile": .mobile, "portable": .mobile,
    "fax": .fax,
    "extension": .extension, "poste": .extension,
    "email": .email, "courriel": .email, "mel": .email,
    "address": .address, "adresse": .address,
    "zip": .zip, "codepostal": .zip, "cp": .zip,
    "city": .city, "ville": .city,
    "country": .country, "pays": .country,
    "contact": .contact, "interlocuteur": .contact,
    "notes": .notes,
  ]

  /// Letters and digits only, lower case, the accents of French taken off.
  static func folded(_ text: String) -> String {
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

/// Which field of a row is which column.
struct ImportHeader: Sendable {
  /// By field; nil where the header says nothing to us.
  let columns: [ImportColumn?]
  /// The headers that say nothing to us, as written.
  let unused: [String]

  init(_ record: CSVRecord) {
    let texts = (0..<record.count).map { record.text($0) }
    columns = texts.map { ImportColumn(header: $0) }
    unused = zip(texts, columns).filter { $1 == nil && !$0.isEmpty }.map { text, _ in text }
  }

  var recognised: Int { columns.count { $0 != nil } }

  func has(_ column: ImportColumn) -> Bool { columns.contains(column) }
}
