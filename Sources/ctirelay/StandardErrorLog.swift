import Dispatch
import Glibc
import Logging
import Synchronization

/// The log on standard error. Who reads it may be slow, or stop: then lines are left out, and the relay goes on.
struct StandardErrorLog: LogHandler {
  /// What waits for a reader at most [bytes].
  private static let most = 1 << 18
  /// How long the relay's end waits for a reader [ms].
  private static let farewell = 500

  private struct State {
    var waiting: [UInt8] = []
    var isWriting = false
    var leftOut = 0
  }

  private static let state = Mutex(State())
  private static let writer = DispatchQueue(label: "log")

  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  private let label: String

  /// The log of what is at least as grave as `level`.
  init(label: String, level: Logger.Level) {
    self.label = label
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let words = values.map { " \($0.key)=\($0.value)" }.joined()
    Self.add("\(Self.time()) \(event.level) \(label):\(words) \(event.message)\n")
  }

  /// Waits for a moment until everything is written.
  static func drain() {
    let isDone = DispatchSemaphore(value: 0)
    writer.async { isDone.signal() }
    _ = isDone.wait(timeout: .now() + .milliseconds(farewell))
  }

  private static func add(_ line: String) {
    let begins = state.withLock { state in
      guard state.waiting.count < most else {
        state.leftOut += 1
        return false
      }
      if state.leftOut > 0 {
        state.waiting += "\(time()) \(state.leftOut) lines were left out: nobody read them\n".utf8
        state.leftOut = 0
      }
      state.waiting += line.utf8
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if begins { writer.async { write() } }
  }

  /// Writes what waits, for as long as the reader takes; a reader that has gone gets no more of it.
  private static func write() {
    while true {
      var bytes = state.withLock { state in
        defer { state.waiting = [] }
        state.isWriting = !state.waiting.isEmpty
        return state.waiting[...]
      }
      guard !bytes.isEmpty else { return }
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 || errno == EINTR else { break }
        bytes = bytes.dropFirst(max(0, count))
      }
    }
  }

  /// `2026-11-29T05:40:12+0100`.
  private static func time() -> String {
    var now = Glibc.time(nil)
    // The zone of the machine may have changed since the program started.
    tzset()
    var local = tm()
    localtime_r(&now, &local)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S%z", &local)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
