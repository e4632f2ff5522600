/// One side of an exchange by SIP: sipp, which plays a scenario on a port of this machine.
public final class Sipp: Sendable {
  /// Where it listens.
  public let port: UInt16
  private let callID: String
  private let folder: TemporaryFolder
  private let process: Child

  /// Starts to play.
  ///
  /// - Parameters:
  ///   - scenario: The path of an XML file.
  ///   - other: The port of the other side; nil: the scenario waits for whoever comes.
  ///   - port: Where it listens; nil: on a port of its own.
  ///   - calls: After how many calls it ends.
  ///   - callID: SIP's name for the call, where the scenario begins it.
  ///   - keys: What the scenario's keywords stand for.
  public init(
    _ scenario: String, against other: UInt16? = nil, port: UInt16? = nil, overTCP: Bool = false,
    calls: Int = 1, callID: String = "call", keys: [String: String] = [:]
  ) throws {
    folder = try TemporaryFolder()
    self.callID = callID
    self.port = try port ?? LoopbackPort.free()
    var arguments = [
      "-sf", scenario, "-i", "127.0.0.1", "-p", "\(self.port)",
      "-mp", "\(try LoopbackPort.free())", "-t", overTCP ? "t1" : "u1", "-m", "\(calls)",
      "-nostdin", "-cid_str", callID, "-trace_logs", "-log_file", folder.file("log"),
      "-trace_err", "-error_file", folder.file("errors"),
    ]
    for (key, value) in keys { arguments += ["-key", key, value] }
    if let other { arguments.insert("127.0.0.1:\(other)", at: 0) }
    process = try Child(
      "sipp", arguments, environment: ["TERM": "dumb"], output: folder.file("output"))
  }

  /// Waits until the scenario has logged `word`: `ringing`, `answered`.
  public func wait(for word: String) async throws {
    try await waitUntil("sipp's \"\(word)\"", instead: errors) {
      contents(ofFile: folder.file("log")).contains(word)
    }
  }

  /// Lets the scenario go on, by the INFO request for which it waits.
  public func goOn() throws {
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

  /// Waits until the scenario is at its end; fails when anything else than it says has happened.
  public func end() async throws {
    let status = try await process.status()
    guard status == 0 else { throw Unexpected(description: errors) }
  }

  private var errors: String { contents(ofFile: folder.file("errors")) }

  /// The other side did not keep to the scenario.
  public struct Unexpected: Error, CustomStringConvertible {
    /// sipp's own words.
    public let description: String
  }
}
