import Synchronization
package import Telephony

/// What passed between this program and its peers, written to a file as it comes and goes, to be looked at and to be
/// played again (R55).
///
///     # ScreenPop trace 1
///     0.000 screenpop ! begin 1795920931123 3600 0.1.0
///     0.000 screenpop ! option station = "1024"
///     0.412 baresip ! linked 127.0.0.1:40112
///     0.413 baresip > 42:{"command":"about","token":"about"},
///     7.905 baresip < 301:{"event":true,"class":"call","type":"CALL_INCOMING",…},
///
/// A line is the time since the beginning [s], the source, what came in (`<`), went out (`>`) or happened (`!`), and
/// the bytes. Numbers are masked unless asked for, secrets always. Whoever notes something never waits: a thread
/// of its own writes, and when it cannot, the trace ends, with a sentence, and nothing else.
package final class Trace: Sendable {
  /// What a line tells.
  package enum Mark: Sendable {
    /// A whole message came.
    case received
    /// A piece of a stream came, which may end within a word.
    case piece
    /// Something was sent.
    case sent
    /// Something happened.
    case event
  }

  /// The first line.
  static let heading = "# ScreenPop trace 1"
  /// The longest a trace becomes [bytes].
  private static let longest: Int64 = 64 << 20
  /// The most that is kept back of a stream until the rest of a word has come [bytes].
  private static let longestTail = 4096

  private let file: LineFile
  private let start: Moment
  private let numbers: NumberMask?
  private let secrets: SecretMask
  /// Ends of pieces in the middle of a word, by source; of the file's thread alone.
  private let tails = Mutex<[SourceID: [UInt8]]>([:])

  /// A trace that begins now.
  ///
  /// - Parameters:
  ///   - secrets: What must not stand in it.
  ///   - fields: The names of fields in addresses that hold secrets.
  ///   - options: What a replay has to know, as lines of a configuration file.
  ///   - ended: Told, on any thread, why it ends before the program.
  package init(
    _ path: String, showsNumbers: Bool, secrets: [String], fields: [String] = ["token"],
    options: [String], release: String,
    at now: Moment, _ wall: WallTime, longest: Int64 = Trace.longest,
    ended: @escaping @Sendable (String) -> Void
  ) throws(TraceError) {
    start = now
    numbers = showsNumbers ? nil : NumberMask()
    self.secrets = SecretMask(secrets, fields: fields)
    file = try LineFile(path, heading: Self.heading, bound: .ends(at: longest), ended: ended)
    let begin = "begin \(wall.milliseconds) \(wall.offset) \(release) at \(wall.iso8601)"
    file.add(cost: begin.utf8.count) {
      TraceLine(time: 0, source: Self.own, mark: .event, bytes: Array(begin.utf8)).text
    }
    for option in options { note(Self.own, "option " + option, at: now) }
  }

  /// The program's own lines.
  package static let own: SourceID = "screenpop"

  /// Notes what passed.
  package func note(_ mark: Mark, _ source: SourceID, _ bytes: [UInt8], at now: Moment) {
    let time = now - start
    file.add(cost: bytes.count + 64) { self.lines(mark, source, bytes, time) }
  }

  /// Notes what happened.
  package func note(_ source: SourceID, _ event: String, at now: Moment) {
    note(.event, source, Array(event.utf8), at: now)
  }

  /// Notes how a source is.
  package func note(_ source: SourceID, _ health: SourceHealth, at now: Moment) {
    switch health {
    case .up: note(source, "up", at: now)
    case .down(let reason, _, _): note(source, "down " + reason, at: now)
    case .off(let reason): note(source, "off " + reason, at: now)
    }
  }

  /// Waits until everything is written.
  package func drain() async { await file.drain() }

  // MARK: - On the file's thread

  private func lines(
    _ mark: Mark, _ source: SourceID, _ bytes: [UInt8], _ time: Int64
  ) -> [UInt8] {
    var text: [UInt8] = []
    let lost = file.drainLost()
    if lost > 0 {
      text += line(Self.own, .event, Array("lost \(lost) lines: the disk was too slow".utf8), time)
    }
    let tail = tails.withLock { $0.removeValue(forKey: source) } ?? []
    guard mark == .piece else {
      if !tail.isEmpty, mark != .sent {
        text += line(source, .received, tail, time)
      } else if !tail.isEmpty {
        tails.withLock { $0[source] = tail }
      }
      return text + line(source, mark, bytes, time)
    }
    // A number or a word that the next piece goes on with is masked only as a whole.
    let all = tail + bytes
    let boundary = all.lastIndex { "\n}>\"".utf8.contains($0) || $0 == UInt8(ascii: ",") }
    let end = boundary.map { $0 + 1 } ?? 0
    guard all.count - end <= Self.longestTail else {
      return text + line(source, .received, all, time)
    }
    if end < all.count { tails.withLock { $0[source] = Array(all[end...]) } }
    return end == 0 ? text : text + line(source, .received, Array(all[..<end]), time)
  }

  private func line(
    _ source: SourceID, _ mark: Mark, _ bytes: [UInt8], _ time: Int64
  ) -> [UInt8] {
    let hidden = secrets.masked(bytes)
    return TraceLine(
      time: time, source: source, mark: mark, bytes: numbers?.masked(hidden) ?? hidden
    ).text
  }
}
