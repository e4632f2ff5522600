import TextForms
import ThirdPartyStore

/// The columns that a profile's SELECT may have, by name: the contract between the two.
public enum ERPColumn: String, Hashable, Sendable, CaseIterable {
  /// The ERP's own key, which never changes; needed, as `name` is.
  case id
  /// The ERP's code; where several parties have one or none has any, the key completes it.
  case code
  case name
  /// The key of the company whose contact person the row is; NULL: the row is a third party.
  case company = "company_id"
  /// 1 or 0: who is not active is left out.
  case active
  case isCustomer = "is_customer"
  case isSupplier = "is_supplier"
  case isProspect = "is_prospect"
  /// A kind in words, in place of the three above: `customer`, `fournisseur`.
  case kind
  /// Names of categories, with commas, in which a kind may be written.
  case categories
  case address, zip, city, country, email, remarks
  /// Numbers by what they are for; one field may hold several.
  case phone
  case phone2 = "phone_2"
  case home = "phone_home"
  case mobile, fax, `extension`
  /// One number in a row of its own, with `number_type` (phone, mobile, fax, extension).
  case number
  case numberType = "number_type"
  /// When the row was changed: the mark of the next copy of changes.
  case changed

  /// Without these a row says nothing.
  static let needed: [ERPColumn] = [.id, .name]
  /// Of these one is needed.
  static let numbers: [ERPColumn] = [.number, .phone, .phone2, .home, .mobile, .fax, .extension]
}

/// Where the columns of an answer stand.
struct ERPColumns: Sendable {
  private var index: [Int?]
  /// Columns that say nothing to the program.
  let unused: [String]

  /// Finds the columns, by name; throws when one is missing that is needed.
  init(_ names: [String], profile: String, marked: Bool) throws(ERPError) {
    index = ERPColumn.allCases.map { names.firstIndex(of: $0.rawValue) }
    unused = names.filter { ERPColumn(rawValue: $0) == nil }
    let there = Set(names)
    var missing = ERPColumn.needed.map(\.rawValue).filter { !there.contains($0) }
    if !ERPColumn.numbers.contains(where: { there.contains($0.rawValue) }) {
      missing.append("one for numbers (phone, number…)")
    }
    if marked, !there.contains(ERPColumn.changed.rawValue) {
      missing.append(ERPColumn.changed.rawValue)
    }
    guard missing.isEmpty else {
      let has = unused.isEmpty ? "" : "; it has \(unused.joined(separator: ", ")) besides"
      throw ERPError(
        .badProfile,
        "what the profile \(profile) reads lacks these columns: \(missing.joined(separator: ", ")); "
          + "name them so, by AS in a SELECT and else under columns\(has)")
    }
  }

  /// The text of a column in a row, without blanks around it; empty when NULL or not there.
  func text(_ column: ERPColumn, _ row: [String?]) -> String {
    guard let place = index[Self.place(column)], let text = row[place] else { return "" }
    return Windows1252.onceEncoded(text).trimmed
  }

  private static let places = Dictionary(
    uniqueKeysWithValues: ERPColumn.allCases.enumerated().map { ($1, $0) })
  private static func place(_ column: ERPColumn) -> Int { places[column] ?? 0 }
}
