import Glibc
import Synchronization
import TestSupport

/// A database server's process, which can be ended without notice and started again.
final class ServerProcess: Sendable {
  private let words: [String]
  private let environment: [String: String]
  private let log: String
  private let ready: String
  private let child = Mutex<Child?>(nil)

  /// Starts the program, the first of the words, and waits until its log says that it is `ready`.
  init(_ words: [String], environment: [String: String], log: String, ready: String) async throws {
    self.words = words
    self.environment = environment
    self.log = log
    self.ready = ready
    try await start()
  }

  /// Starts it again.
  func start() async throws {
    let child = try Child(
      words[0], Array(words.dropFirst()), environment: environment, output: log)
    self.child.withLock { $0 = child }
    try await waitUntil(words[0], instead: contents(ofFile: log)) {
      contents(ofFile: log).contains(ready)
    }
  }

  /// Sends a signal to the process, and to what it started in its group.
  func signal(_ number: Int32) { child.withLock { $0 }?.signal(number) }

  /// Ends it by this signal, and waits until it is gone.
  func end(by number: Int32) async throws {
    signal(number)
    try await child.withLock { $0 }?.status()
  }
}
