public import Telephony
import TextForms

/// What the placeholders stand for: one third party, one call, one station.
public struct RecordValues: Hashable, Sendable {
  private var texts: [Placeholder: String]

  /// The values of a third party that is opened for a number.
  ///
  /// - Parameters:
  ///   - number: the caller's number, nil when withheld or when the record was opened without a call.
  ///   - text: the number as an operator reads it, from which the dialled digits are taken.
  ///   - station: the operator's extension, empty when none is configured.
  public init(
    party: ThirdPartySummary, contact: String? = nil, number: PhoneNumber? = nil, text: String = "",
    station: String = ""
  ) {
    self.init(number: number, text: text, station: station)
    texts[.code] = party.code
    texts[.id] = party.sourceKey.isEmpty ? String(party.id) : party.sourceKey
    texts[.name] = party.name
    texts[.contact] = contact ?? ""
  }

  /// The values of a call whose caller is no third party; see the other initializer.
  public init(number: PhoneNumber?, text: String = "", station: String = "") {
    texts = [.station: station]
    guard let number else {
      // Who is no number has at least what the telephony called it.
      texts[.name] = text
      return
    }
    let dialled = Self.dialled(text)
    texts[.number] = dialled.isEmpty ? number.key : dialled
    switch number.kind {
    case .complete, .national: texts[.e164] = number.key
    case .extension, .fragment: break
    }
  }

  /// The values of a call that is announced: who it is, and the number where it may be told.
  public init(announcing name: String, number: PhoneNumber?, text: String, station: String) {
    self.init(number: number, text: text, station: station)
    texts[.name] = name
  }

  /// The values of a number that is dialled, from this station; there is no third party.
  public init(dialled number: DialledNumber, station: String) {
    texts = [.number: number.text, .e164: number.e164 ?? "", .station: station]
  }

  /// The same values, and those of the call: which of the company's numbers it came to, and what the
  /// telephony names it.
  public func of(_ own: OwnNumber?, callID: String?) -> RecordValues {
    var values = self
    values.texts[.called] = own?.called
    values.texts[.line] = own?.line
    values.texts[.callID] = callID
    return values
  }

  /// The same values, and what became of the call.
  public func of(outcome: Outcome, seconds: Int?, direction: Direction) -> RecordValues {
    var values = self
    values.texts[.outcome] = outcome.rawValue
    values.texts[.seconds] = seconds.map(String.init) ?? ""
    values.texts[.direction] = direction.rawValue
    return values
  }

  /// Longest value that is handed on [Unicode scalars]: one argument of a process holds 128 KiB, and
  /// a name that is longer than this is nobody's.
  static let longest = 1024

  /// The value of a placeholder, without NUL, which no argument can carry, and cut to ``longest``; what is no key of
  /// the ERP's is made harmless, since the program may write it on a terminal (R43).
  public subscript(placeholder: Placeholder) -> String {
    let text = texts[placeholder] ?? ""
    let isKey = placeholder == .code || placeholder == .id
    var scalars = String.UnicodeScalarView()
    scalars.append(
      contentsOf: (isKey ? text : text.printable).unicodeScalars.lazy.filter { $0 != "\0" }
        .prefix(Self.longest))
    return String(scalars)
  }

  /// Only what can be dialled: digits, `*`, `#` and a leading `+`.
  private static func dialled(_ text: String) -> String {
    var digits = ""
    for character in text.unicodeScalars {
      switch character {
      case "0"..."9", "*", "#": digits.unicodeScalars.append(character)
      case "+" where digits.isEmpty: digits = "+"
      default: continue
      }
    }
    return digits
  }
}
