import Glibc
import Logging
package import Telephony

/// What happened to the program that whoever looks after it wants to know: starts and ends, connections, troubles
/// (R55). Numbers are masked, and secrets left out.
///
///     2026-11-29T05:40:12+01:00 notice baresip is up
///     2026-11-29T05:41:03+01:00 warning baresip is down: 127.0.0.1:4444 closed the connection
package struct StateLog: Sendable {
  /// The longest it becomes before it is turned over; the one before is kept [bytes].
  private static let longest: Int64 = 1 << 20

  private let file: LineFile
  private let logger: Logger

  /// A log in the file of this name in a folder, which is made if need be; `wall` says what time it is.
  package init(
    folder: String, name: String = "screenpop.log", secrets: [String],
    longest: Int64 = StateLog.longest, wall: @escaping @Sendable () -> WallTime,
    ended: @escaping @Sendable (String) -> Void
  ) throws(TraceError) {
    Self.make(folder[...])
    let file = try LineFile(
      folder + "/" + name, heading: "# ScreenPop log", bound: .rotates(at: longest), ended: ended)
    self.file = file
    let masks = (numbers: NumberMask(), secrets: SecretMask(secrets))
    logger = Logger(label: "screenpop") { _ in
      Handler { level, message in
        let time = wall()
        file.add(cost: message.utf8.count + 48) {
          let text = masks.numbers.masked(masks.secrets.masked(Array(message.utf8)))
          return Array("\(time.iso8601) \(level) ".utf8) + TraceText.encoded(text)
            + [UInt8(ascii: "\n")]
        }
      }
    }
  }

  /// Notes what is as it should be.
  package func note(_ sentence: String) { logger.notice("\(sentence)") }

  /// Notes what is not.
  package func warn(_ sentence: String) { logger.warning("\(sentence)") }

  /// Waits until everything is written.
  package func drain() async { await file.drain() }

  /// Makes a folder and those above it, for this user alone; whoever opens a file there says why that cannot be.
  private static func make(_ folder: Substring) {
    guard mkdir(String(folder), 0o700) != 0, errno == ENOENT,
      let end = folder.lastIndex(of: "/"), end > folder.startIndex
    else { return }
    make(folder[..<end])
    mkdir(String(folder), 0o700)
  }

  private struct Handler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    let write: @Sendable (Logger.Level, String) -> Void

    init(_ write: @escaping @Sendable (Logger.Level, String) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { write(event.level, event.message.description) }
  }
}
