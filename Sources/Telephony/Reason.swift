/// Why a call was kept quiet, or what else the journal's line explains.
public enum Reason: Hashable, Sendable {
  /// The exception entry that holds.
  case exception(pattern: String)
  /// Fewer digits than the minimum.
  case shortNumber(digits: Int, minimum: Int)
  /// The station was already on a call.
  case busy
  /// A call from an extension.
  case `internal`
  /// The number that was called is one of those whose calls are kept quiet; its name.
  case called(String)
  /// The operator is not to be disturbed for a while.
  case doNotDisturb
  /// No third party matches (a weak match counts as none).
  case noMatch
  /// Found in the spool too late to be shown as ringing.
  case tooOld
  /// A call that the station itself made.
  case outgoing
  /// The end was reported as a failure.
  case failed
  /// It stopped ringing, and nobody said whether its caller gave up or another telephone took it.
  case untold
  /// Nobody told of the end: the telephone, or the way to it, was gone meanwhile.
  case connectionLost

  /// Whether it kept a call from being shown, whatever became of the call then.
  public var isInhibition: Bool {
    switch self {
    case .exception, .shortNumber, .busy, .internal, .called, .doNotDisturb, .noMatch, .tooOld: true
    case .outgoing, .failed, .untold, .connectionLost: false
    }
  }

  /// The words of `screenpop log --json` and of the store: `exception +33800*`, `short number (4 < 6)`.
  public var text: String {
    switch self {
    case .exception(let pattern): "exception \(pattern)"
    case .shortNumber(let digits, let minimum): "short number (\(digits) < \(minimum))"
    case .busy: "busy"
    case .internal: "internal"
    case .called(let name): "called \(name)"
    case .doNotDisturb: "do not disturb"
    case .noMatch: "no match"
    case .tooOld: "too old"
    case .outgoing: "outgoing"
    case .failed: "failed"
    case .untold: "perhaps answered elsewhere"
    case .connectionLost: "connection lost"
    }
  }

  /// The reasons that have nothing more to say.
  private static let plain: [Reason] = [
    .busy, .internal, .doNotDisturb, .noMatch, .tooOld, .outgoing, .failed, .untold,
    .connectionLost,
  ]

  /// The reason that these words say, nil when they say none.
  public init?(text: String) {
    if let plain = Self.plain.first(where: { $0.text == text }) {
      self = plain
    } else if text.hasPrefix("exception ") {
      self = .exception(pattern: String(text.dropFirst("exception ".count)))
    } else if text.hasPrefix("called ") {
      self = .called(String(text.dropFirst("called ".count)))
    } else {
      let numbers = text.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      guard numbers.count == 2 else { return nil }
      self = .shortNumber(digits: numbers[0], minimum: numbers[1])
      guard self.text == text else { return nil }
    }
  }
}
