import TestSupport

/// One call through a server: sipp calls, and another sipp is the telephone that is called.
struct SipCall {
  /// What becomes of the call.
  enum Kind {
    /// The caller gives up.
    case cancelled
    /// The telephone takes it, and the caller hangs up.
    case answered
    /// The telephone refuses it.
    case refused

    fileprivate var scenarios: (caller: String, phone: String) {
      switch self {
      case .cancelled: ("call-then-cancel", "phone-cancelled")
      case .answered: ("call-then-bye", "phone-answers")
      case .refused: ("call-refused", "phone-refuses")
      }
    }
  }

  private let caller: Sipp
  private let phone: Sipp

  /// Begins a call; returns when the caller hears that it rings.
  init(
    _ kind: Kind, from number: String, to station: String, by server: Kamailio,
    id: String = "dialog-call"
  ) async throws {
    phone = try Sipp(
      Self.scenario(kind.scenarios.phone), against: server.port, port: server.phonePort, callID: id)
    try await LoopbackPort.isTaken(server.phonePort)
    caller = try Sipp(
      Self.scenario(kind.scenarios.caller), against: server.port, callID: id,
      keys: ["number": number, "display": "Caller", "station": station])
    try await caller.wait(for: "ringing")
  }

  /// Lets the telephone do what its scenario says.
  func phoneActs() throws { try phone.goOn() }

  /// Lets the caller hang up, and waits for the end of both.
  func callerActs() async throws {
    try caller.goOn()
    try await end()
  }

  /// Waits until both are at the end of their scenarios.
  func end() async throws {
    try await caller.end()
    try await phone.end()
  }

  /// The path of a scenario.
  static func scenario(_ name: String) -> String {
    #filePath.dropLast("SipCall.swift".count) + "Scenarios/\(name).xml"
  }
}
