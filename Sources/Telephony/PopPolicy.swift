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
  /// The operator's choices.
  public var options: PopOptions
  /// The numbers whose calls do not pop, everybody's and the operator's own.
  public var exceptions: [ExceptionNumber]
  /// The company's own numbers, with the rules for their calls.
  public var ownNumbers: OwnNumbers
  /// When the operator is not to be disturbed, or was not, the last time; nil: never so far.
  public var pause: Range<Moment>?
  /// The operator's code in the ERP, for exceptions that hold for one.
  public var collaborator: String?

  /// The policy of one operator.
  public init(
    options: PopOptions = PopOptions(), exceptions: [ExceptionNumber] = [],
    ownNumbers: OwnNumbers = OwnNumbers(), collaborator: String? = nil
  ) {
    self.options = options
    self.exceptions = exceptions
    self.ownNumbers = ownNumbers
    self.collaborator = collaborator
  }

  /// What the change asks for by the operator's trigger (the table of R2).
  ///
  /// An outgoing call never asks for anything. An answer opens only a call that is known to have come
  /// in, because it rang or because somebody said so: an "established" message also comes for calls
  /// that the station made, and words that nobody knows may have told of their beginning (R1).
  public func wish(for change: CallChange, of call: Call) -> PopWish {
    guard !call.isOutgoing else { return .nothing }
    let trigger = call.own.flatMap(ownNumbers.trigger) ?? options.trigger
    let opensAsAnswered =
      trigger == .answer && call.answered != nil && !call.isDoubtful
      && (call.hasRung || call.direction == .incoming)
    switch change {
    case .began, .mentioned, .requested:
      let opensAsRinging = call.hasRung && (options.popup || trigger == .ring)
      return call.isDemanded || opensAsRinging || opensAsAnswered ? .open : .offer
    case .answered: return opensAsAnswered ? .open : .nothing
    case .identified, .ended: return .nothing
    }
  }

  /// What can be said before the lookup; of several reasons the first one: too old (rings only),
  /// do not disturb, exception, short number, internal, called number, busy. A caller without a usable number is never looked up.
  public func screen(_ call: Call, isBusy: @autoclosure () -> Bool, at now: Moment) -> PopVerdict {
    if call.state == .ringing, now - call.began > Int64(options.spoolAge) * 1000 {
      return .inhibited(.tooOld)
    }
    if let pause, pause.contains(now) { return .inhibited(.doNotDisturb) }
    if let reason = call.caller.number.flatMap({ reason(against: $0, of: call.caller) }) {
      return .inhibited(reason)
    }
    if let own = call.own, ownNumbers.isQuiet(own) {
      return .inhibited(.called(ownNumbers.name(of: own) ?? ""))
    }
    if options.inhibitBusy, isBusy() { return .inhibited(.busy) }
    if call.caller.number != nil { return .wait }
    return options.inhibitUnknown ? .inhibited(.noMatch) : .offer
  }

  /// What the number itself says against its call.
  private func reason(against number: PhoneNumber, of caller: Caller) -> Reason? {
    if let entry = exceptions.first(where: { $0.holds(for: number, collaborator: collaborator) }) {
      return .exception(pattern: entry.pattern)
    }
    if caller.receivedDigits < options.minDigits {
      return .shortNumber(digits: caller.receivedDigits, minimum: options.minDigits)
    }
    return options.inhibitInternal && number.kind == .extension ? .internal : nil
  }

  /// What is to be done now that the third parties are known (R3): a record opens by itself only
  /// when exactly one matches, and not weakly.
  public func decide(_ wish: PopWish, matches: [Match]) -> PopVerdict {
    let sure = matches.filter { $0.strength != .weak }
    if sure.isEmpty, options.inhibitUnknown { return .inhibited(.noMatch) }
    return wish == .open && matches.count == 1 && sure.count == 1 ? .open : .offer
  }
}
