import HeaderForms

/// Why an INVITE was taken back (RFC 3326).
///
///     Reason: SIP ;cause=200 ;text="Call completed elsewhere"
///     Reason: Q.850;cause=26
enum CancelReason: Int, Hashable, Comparable {
  /// The caller hung up, or nobody answered in time: also where nothing is said.
  case gaveUp
  /// Somebody refused the call for all.
  case declined
  /// Another telephone took it.
  case elsewhere

  /// What a CANCEL says; of several reasons the one that tells most.
  init(_ cancel: SIPMessage) {
    let reasons = cancel.entries("reason").map { entry in
      let parts = SIPSyntax.split(entry, at: ";")
      let cause = SIPSyntax.parameters(parts.dropFirst())["cause"].flatMap { SIPSyntax.number($0) }
      return Self.reason(parts.first?.lowercased(), cause)
    }
    self = reasons.max() ?? .gaveUp
  }

  private static func reason(_ protocolName: String?, _ cause: Int?) -> CancelReason {
    switch (protocolName, cause) {
    case ("sip", 200?), ("q.850", 26?): .elsewhere
    case ("sip", 600?), ("sip", 603?), ("sip", 607?), ("sip", 608?), ("q.850", 21?): .declined
    default: .gaveUp
    }
  }

  static func < (a: CancelReason, b: CancelReason) -> Bool { a.rawValue < b.rawValue }
}
