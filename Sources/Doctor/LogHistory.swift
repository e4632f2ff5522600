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

  /// Whether a window ran at that time; nil: the log does not reach so far back. Windows that were killed have told
  /// no end, and count as running.
  func wasRunning(at time: WallTime) -> Bool? {
    guard let begin, begin <= time else { return nil }
    var running = 0
    for line in lines where line.at <= time {
      if line.text.hasPrefix("ScreenPop "), line.text.contains(" starts, station") { running += 1 }
      if line.text == "ScreenPop ends" { running = max(0, running - 1) }
    }
    return running > 0
  }

  /// The sources that were out of reach at that time, with the reason, and since when.
  func outages(at time: WallTime) -> [(source: String, words: String, since: WallTime)] {
    var down: [(source: String, words: String, since: WallTime)] = []
    for line in lines where line.at <= time {
      if line.text.hasPrefix("ScreenPop "), line.text.contains(" starts, station") { down = [] }
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
