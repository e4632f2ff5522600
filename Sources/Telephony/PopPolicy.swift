/// What the policy says about a call (R2, R3, R35, R36).
public enum PopVerdict: Hashable, Sendable {
  /// Look the number up, then ask ``PopPolicy/decide(_:matches:)``.
  case wait
  /// Show the call with the open button.
  case offer
  /// Bring the record up.
  case open
  /// A quiet journal line with this reason.
  case inhibited(Reason)
}

/// What news of a call asks for, before anything speaks against it.
public enum PopWish: Int, Hashable, Comparable, Sendable {
  case nothing, offer, open

  /// The lesser wish first.
  public static func < (a: PopWish, b: PopWish) -> Bool { a.rawValue < b.rawValue }
}

/// When a call comes up, and when its record opens by itself.
public struct PopPolicy: Sendable {
  public var options: PopOptions
  public var exceptions: [ExceptionNumber]
  /// The operator's code in the ERP, for exceptions that hold for one.
  public var collaborator: String?

  /// The policy of one operator.
  public init(
    options: PopOptions = PopOptions(), exceptions: [ExceptionNumber] = [],
    collaborator: String? = nil
  ) {
    self.options = options
    self.exceptions = exceptions
    self.collaborator = collaborator
  }

  /// What the change asks for by the operator's trigger (the table of R2).
  ///
  /// An outgoing call never asks for anything. A first news that is an answer is offered, and with
  /// the trigger `answer` opens only if somebody said that the call came in: an "established"
  /// message also comes for calls that the station made.
  public func wish(for change: CallChange, of call: Call) -> PopWish {
    guard !call.isOutgoing else { return .nothing }
    switch change {
    case .requested: return .open
    case .mentioned: return .offer
    case .began where call.state == .answered:
      return options.trigger == .answer && call.direction == .incoming ? .open : .offer
    case .began:
      return options.popup || options.trigger == .ring ? .open : .offer
    case .answered:
      return options.trigger == .answer ? .open : .nothing
    case .identified, .ended: return .nothing
    }
  }

  /// What can be said before the lookup: exception, short number, internal, busy, too old; a caller
  /// without a usable number is never looked up.
  public func screen(_ call: Call, isBusy: @autoclosure () -> Bool, at now: Moment) -> PopVerdict {
    if now - call.began > Int64(options.spoolAge) * 1000 { return .inhibited(.tooOld) }
    guard let number = call.caller.number else {
      return options.inhibitUnknown ? .inhibited(.noMatch) : .offer
    }
    if let entry = exceptions.first(where: { $0.holds(for: number, collaborator: collaborator) }) {
      return .inhibited(.exception(pattern: entry.pattern))
    }
    if call.caller.receivedDigits < options.minDigits {
      return .inhibited(
        .shortNumber(digits: call.caller.receivedDigits, minimum: options.minDigits))
    }
    if options.inhibitInternal, number.kind == .extension { return .inhibited(.internal) }
    if options.inhibitBusy, isBusy() { return .inhibited(.busy) }
    return .wait
  }

  /// What is to be done now that the third parties are known (R3): a record opens by itself only
  /// when exactly one matches, and not weakly.
  public func decide(_ wish: PopWish, matches: [Match]) -> PopVerdict {
    let sure = matches.filter { $0.strength != .weak }
    if sure.isEmpty, options.inhibitUnknown { return .inhibited(.noMatch) }
    return wish == .open && matches.count == 1 && sure.count == 1 ? .open : .offer
  }
}
