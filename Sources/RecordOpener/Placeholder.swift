/// A name in braces that stands for a value of the record or of its call (R13).
public enum Placeholder: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  /// The ERP's code of the third party.
  case code
  /// The ERP's own key of a party that was copied from it, otherwise the store's row number.
  case id
  /// The number as it is dialled at home (`0388202122`, `1024`); empty when withheld.
  case number
  /// The number in international form (`+33388202122`); empty for extensions and when withheld.
  case e164
  /// The third party's name.
  case name
  /// The contact person; empty for the party itself.
  case contact
  /// The operator's extension.
  case station

  /// The placeholder as a template writes it: `{code}`.
  public var description: String { "{\(rawValue)}" }

  /// Those that have a value when a number is dialled.
  public static let ofNumbers: Set<Placeholder> = [.number, .e164, .station]

  /// Those that have a value when the operator is asked to look at a call.
  public static let ofCalls: Set<Placeholder> = [.name, .number, .e164, .station]

  /// All placeholders, for a sentence: `{code} {id} …`.
  static var all: String { allCases.map(\.description).joined(separator: " ") }
}
