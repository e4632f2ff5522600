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
  /// The number of the company's own that was called (`+33199004500`, `1024`), or what the telephony
  /// called it; empty when it told none.
  case called
  /// The line or account of the telephone; empty when it told none.
  case line
  /// The telephony's own name for the call; empty without one.
  case callID = "call_id"
  /// Time from the answer to the end [s]; empty without.
  case seconds
  /// What became of the call so far: `ringing`, `answered`, `missed` … as in `screenpop log --json`.
  case outcome
  /// Which way the call goes: `in`, `out`.
  case direction

  /// The placeholder as a template writes it: `{code}`.
  public var description: String { "{\(rawValue)}" }

  /// Those that have a value when a number is dialled.
  public static let ofNumbers: Set<Placeholder> = [.number, .e164, .station]

  /// Those that have a value when the operator is asked to look at a call.
  public static let ofCalls: Set<Placeholder> = [
    .name, .number, .e164, .station, .called, .line, .callID,
  ]

  /// Those that have a value when other programs are told of a call.
  public static let ofHooks = Set(allCases)

  /// Those that have a value when a record is opened.
  public static let ofRecords = ofHooks.subtracting([.seconds, .outcome, .direction])

  /// All placeholders, for a sentence: `{code} {id} …`.
  static var all: String { allCases.map(\.description).joined(separator: " ") }
}
