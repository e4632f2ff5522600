import OperatorConfiguration
import Telephony

/// What the window's log tells of a moment: whether a window ran, and which sources were out of reach (R55).
struct LogHistory {
  /// A log turns over at one megabyte.
  private static let longest = 4 << 20
  private var lines: [(at: WallTime, text: Substring)] = []

  /// Reads the log in this file, and the one before it, which ends in `.1`; what cannot be read tells nothing.
  init(path: String) {
    for path in [path + ".1", path] {
      let bytes = (try? TextFile.content(of: path, longest: Self.longest)) ?? []
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, let at = WallTime(iso8601: words[0]) else { continue }
        lines.append((at, words[2]))
      }
    }
  }

  /// When the log begins; nil: there is none.
  var begin: WallTime? { lines.first?.at }

  /// Whether a window ran at a time.
  enum Presence: Hashable {
    case yes, no
    /// One was killed, and may have been gone by then: its last sign of life.
    case uncertain(since: WallTime)
  }

  /// Whether a window ran at that time; nil: the log does not reach so far back.
  ///
  /// Windows that were killed have told no end: their last sign of life is what they wrote last.
  ///
  /// - Parameter isOpen: Whether a window runs now.
  func presence(at time: WallTime, isOpen: Bool) -> Presence? {
    guard let begin, begin <= time else { return nil }
    guard running(upTo: time) > 0 else { return .no }
    guard running(upTo: nil) > (isOpen ? 1 : 0) else { return .yes }
    let later = lines.first { $0.at > time }
    if let later, !Self.starts(later.text) { return .yes }
    return .uncertain(since: lines.last { $0.at <= time }?.at ?? begin)
  }

  /// How many windows have started and not ended; nil: by now.
  private func running(upTo time: WallTime?) -> Int {
    lines.reduce(0) { running, line in
      if let time, line.at > time { return running }
      if Self.starts(line.text) { return running + 1 }
      return line.text == "ScreenPop ends" ? max(0, running - 1) : running
    }
  }

  private static func starts(_ text: Substring) -> Bool {
    text.hasPrefix("ScreenPop ") && text.contains(" starts, station")
  }

  /// The sources that were out of reach at that time, with the reason, and since when.
  func outages(at time: WallTime) -> [(source: String, words: String, since: WallTime)] {
    var down: [(source: String, words: String, since: WallTime)] = []
    for line in lines where line.at <= time {
      if Self.starts(line.text) { down = [] }
      for (verb, isDown) in [(" is down: ", true), (" is up", false)] {
        guard let place = line.text.firstRange(of: verb),
          isDown || place.upperBound == line.text.endIndex
        else { continue }
        let source = String(line.text[..<place.lowerBound])
        let before = down.first { $0.source == source }
        down.removeAll { $0.source == source }
        if isDown {
          down.append((source, String(line.text[place.upperBound...]), before?.since ?? line.at))
        }
        break
      }
    }
    return down
  }
}
