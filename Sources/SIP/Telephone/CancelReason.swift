import HeaderForms

/// Why an INVITE was taken back (RFC 3326).
///
///     Reason: SIP ;cause=200 ;text="Call completed elsewhere"
///     Reason: Q.850;cause=26
enum CancelReason: Int, Hashable, Comparable {
  /// Nothing is said.
  case untold
  /// The caller hung up, or nobody answered in time.
  case gaveUp
  /// Somebody refused the call for all.
  case declined
  /// Another telephone took it.
  case elsewhere

  /// What a CANCEL says; of several reasons the one that tells most.
  init(_ cancel: SIPMessage) {
    let reasons = cancel.entries("reason").map { entry in
      let parts = HeaderSyntax.split(entry, at: ";")
      return Self.reason(parts.first?.lowercased(), HeaderSyntax.parameters(parts.dropFirst()))
    }
    self = reasons.max() ?? .untold
  }

  private static func reason(
    _ protocolName: String?, _ parameters: [String: String]
  ) -> CancelReason {
    // The RFC's own words, which some send alone, or beside a cause that says less.
    if parameters["text"]?.lowercased().contains("elsewhere") ?? false { return .elsewhere }
    guard let cause = parameters["cause"].flatMap({ HeaderSyntax.number($0) }) else {
      return .untold
    }
    return switch (protocolName, cause) {
    case ("sip", 200), ("q.850", 26): .elsewhere
    case ("sip", 600), ("sip", 603), ("sip", 607), ("sip", 608), ("q.850", 21): .declined
    default: .gaveUp
    }
  }

  static func < (a: CancelReason, b: CancelReason) -> Bool { a.rawValue < b.rawValue }
}

/// What a server has said so far of calls that it took back: of each why, or only that another telephone took one.
struct CancelHabit: Hashable {
  private var tellsElsewhere = false
  private var tellsOthers = false

  /// What a CANCEL means, by what its server says at other times.
  ///
  /// To leave the reason out says that the caller gave up where it is the one that is always left out. Else it says nothing:
  /// Asterisk leaves out any when the call is answered within milliseconds.
  mutating func read(_ said: CancelReason) -> CancelReason {
    switch said {
    case .elsewhere: tellsElsewhere = true
    case .gaveUp, .declined: tellsOthers = true
    case .untold: if tellsElsewhere, !tellsOthers { return .gaveUp }
    }
    return said
  }
}
