import TestSupport

/// Somebody who answers every call: sipp's own scenario `uas`.
struct SipCallee {
  /// Where it listens.
  let port: UInt16
  private let sipp: Child

  /// Starts to listen.
  init() throws {
    port = try LoopbackPort.free()
    sipp = try Child(
      "sipp",
      [
        "-sn", "uas", "-i", "127.0.0.1", "-p", "\(port)", "-mp", "\(try LoopbackPort.free())",
        "-nostdin",
      ], environment: ["TERM": "dumb"])
  }
}
