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

  private let folder: TemporaryFolder
  private let caller: Child
  private let phone: Child
  private let callerPort: UInt16
  private let phonePort: UInt16
  private let callID: String

  /// Begins a call; returns when the caller hears that it rings.
  init(
    _ kind: Kind, from number: String, to station: String, by server: Kamailio,
    id: String = "dialog-call"
  ) async throws {
    folder = try TemporaryFolder()
    callID = id
    callerPort = try LoopbackPort.free()
    phonePort = server.phonePort
    let folder = folder
    func sipp(_ scenario: String, _ name: String, _ port: UInt16, _ more: [String]) throws -> Child
    {
      try Child(
        "sipp",
        [
          "127.0.0.1:\(server.port)", "-sf", Self.scenario(scenario), "-i", "127.0.0.1",
          "-p", "\(port)", "-mp", "\(try LoopbackPort.free())", "-m", "1", "-nostdin",
          "-trace_logs", "-log_file", folder.file("\(name).log"),
          "-trace_err", "-error_file", folder.file("\(name).errors"),
        ] + more, environment: ["TERM": "dumb"], output: folder.file("\(name).output"))
    }
    phone = try sipp(kind.scenarios.phone, "phone", phonePort, [])
    try await LoopbackPort.isTaken(phonePort)
    caller = try sipp(
      kind.scenarios.caller, "caller", callerPort,
      [
        "-cid_str", id, "-key", "number", number, "-key", "display", "Caller", "-key", "station",
        station,
      ])
    try await waitUntil("ringing", instead: errors) {
      contents(ofFile: folder.file("caller.log")).contains("ringing")
    }
  }

  /// Lets the telephone do what its scenario says.
  func phoneActs() throws { try tell(phonePort) }

  /// Lets the caller hang up, and waits for the end of both.
  func callerActs() async throws {
    try tell(callerPort)
    try await end()
  }

  /// Waits until both are at the end of their scenarios.
  func end() async throws {
    for child in [caller, phone] {
      let status = try await child.status()
      guard status == 0 else { throw Unexpected(description: errors) }
    }
  }

  /// A side did not keep to the scenario.
  struct Unexpected: Error, CustomStringConvertible {
    /// sipp's own words.
    let description: String
  }

  /// The path of a scenario.
  static func scenario(_ name: String) -> String {
    #filePath.dropLast("SipCall.swift".count) + "Scenarios/\(name).xml"
  }

  private var errors: String {
    ["caller", "phone"].map { contents(ofFile: folder.file("\($0).errors")) }.joined()
  }

  private func tell(_ port: UInt16) throws {
    try LoopbackPort.send(
      """
      INFO sip:sipp@127.0.0.1:\(port) SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-go-on\r
      From: <sip:test@127.0.0.1>;tag=test\r
      To: <sip:sipp@127.0.0.1:\(port)>\r
      Call-ID: \(callID)\r
      CSeq: 1 INFO\r
      Content-Length: 0\r
      \r

      """, to: port)
  }
}
