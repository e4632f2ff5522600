package import NIOCore

/// How long the relay waits for clients, so that those who send nothing hold nothing.
package struct Patience: Sendable {
  /// For the first request's line and headers.
  package var head: TimeAmount = .seconds(10)
  /// For a body, once its headers are there.
  package var body: TimeAmount = .seconds(10)
  /// For the next request on a connection that is kept alive.
  package var idle: TimeAmount = .seconds(75)
  /// For a client to take in an answer that it did not expect while it still sends.
  package var linger: TimeAmount = .seconds(2)
}
