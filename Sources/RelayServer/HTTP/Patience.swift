/// How long the relay waits for clients, so that those who send nothing hold nothing.
package struct Patience: Sendable {
  /// For the first request's line and headers.
  package var head: Duration = .seconds(10)
  /// For a body, once its headers are there.
  package var body: Duration = .seconds(10)
  /// For the next request on a connection that is kept alive.
  package var idle: Duration = .seconds(75)
  /// For a client to take in an answer that it did not expect while it still sends.
  package var linger: Duration = .seconds(2)
  /// For a client to take in anything of what was written to it.
  package var stall: Duration = .seconds(30)
  /// For what was begun, when the relay stops.
  package var end: Duration = .seconds(4)
}
