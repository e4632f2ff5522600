import TestSupport

/// Somebody who calls the softphone: one call of sipp, by a scenario of this folder.
struct SipCaller {
  /// What happens in the call.
  enum Scenario: String {
    case ringThenCancel = "ring-then-cancel"
    case ringThenRefused = "ring-then-refused"
    case ringAnswerBye = "ring-answer-bye"
    case ringAnswerReleased = "ring-answer-released"
  }

  private let sipp: Child
  private let port: UInt16
  private let folder: TemporaryFolder
  private let callID: String

  /// Calls `station` on the phone at `phonePort`.
  ///
  /// - Parameters:
  ///   - number: The user part of From, as a telephone network would write it.
  ///   - name: The display name of From.
  ///   - callID: SIP's name for the call.
  init(
    _ scenario: Scenario, from number: String, name: String, to station: String,
    phonePort: UInt16, callID: String = "chain-call"
  ) throws {
    self.callID = callID
    folder = try TemporaryFolder()
    port = try LoopbackPort.free()
    let folderOfTests = #filePath.dropLast("SipCaller.swift".count)
    sipp = try Child(
      "sipp",
      [
        "127.0.0.1:\(phonePort)", "-sf", "\(folderOfTests)Scenarios/\(scenario.rawValue).xml",
        "-i", "127.0.0.1", "-p", "\(port)", "-mp", "\(try LoopbackPort.free())",
        "-m", "1", "-nostdin", "-cid_str", callID,
        "-key", "number", number, "-key", "display", name, "-key", "station", station,
        "-trace_logs", "-log_file", folder.file("log"),
        "-trace_err", "-error_file", folder.file("errors"),
      ], environment: ["TERM": "dumb"], output: folder.file("output"))
  }

  /// Waits until the scenario has logged `word`: `ringing`, `answered`.
  func wait(for word: String) async throws {
    try await waitUntil(
      "the caller's \"\(word)\"", instead: contents(ofFile: folder.file("errors"))
    ) {
      contents(ofFile: folder.file("log")).contains(word)
    }
  }

  /// Tells the scenario to hang up, by the INFO request it waits for, and waits until it has.
  func hangUp() async throws {
    try LoopbackPort.send(
      """
      INFO sip:caller@127.0.0.1:\(port) SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-hang-up\r
      From: <sip:test@127.0.0.1>;tag=test\r
      To: <sip:caller@127.0.0.1:\(port)>\r
      Call-ID: \(callID)\r
      CSeq: 1 INFO\r
      Content-Length: 0\r
      \r

      """, to: port)
    try await end()
  }

  /// Waits until the scenario is at its end; fails when anything else than it says has happened.
  func end() async throws {
    let status = try await sipp.status()
    guard status == 0 else {
      throw Unexpected(description: contents(ofFile: folder.file("errors")))
    }
  }

  /// The phone did not keep to the scenario.
  struct Unexpected: Error, CustomStringConvertible {
    /// sipp's own words.
    let description: String
  }
}
