import Telephony
import TextForms

/// What the answers of a server say of how it is heard: one that answers may have no such station, or mean
/// something else.
extension PollCounts {
  /// More questions than these are not due to a stream that has yet to begin.
  private static let patience = 5
  /// The most words of one kind that are named.
  private static let mostWords = 5

  /// Takes in that a question was answered; `isStreamed`: whether a stream brings calls meanwhile.
  mutating func note(_ answer: RESTAnswer, isOffered: Bool, isStreamed: Bool) {
    answers += 1
    if answer.call != nil { calls += 1 }
    if let words = answer.strange {
      numberless += 1
      latestNumberless = words
    }
    if isOffered, !isStreamed { unstreamed += 1 }
  }

  /// Takes in that the stream brought something.
  mutating func streamCame() {
    unstreamed = 0
    streamTrouble = nil
  }

  /// What was noticed, and what it costs.
  func symptoms(interval: Duration) -> [Symptom] {
    [withoutNumber, withoutStream(interval), unread].compactMap { $0 } + strangeWords
  }

  private var withoutNumber: Symptom? {
    guard numberless > 0, calls + pushed == 0 else { return nil }
    return Symptom(
      .note,
      "The server answers, but no answer has held a number so far; the latest says: \(latestNumberless)",
      advice:
        "Have the station called once and look again; if this stays, check the station, and where "
        + "the answer holds the number.")
  }

  private func withoutStream(_ interval: Duration) -> Symptom? {
    guard unstreamed > Self.patience || streamTrouble != nil else { return nil }
    let why = streamTrouble.map { " (\($0))" } ?? ""
    return Symptom(
      .note,
      "The server offers to tell of calls at once, and that does not come through\(why): calls come up by "
        + "the questions, up to \(interval.components.seconds) s late, and one that is shorter never does.",
      advice: "Look for a proxy between that keeps answers back, and at the server's log.")
  }

  private var unread: Symptom? {
    guard unreadable > 0 else { return nil }
    return Symptom(
      .mend, "\(unreadable) events of the server could not be read: those calls did not come up.",
      advice: "Is it a relay of the same version? Look at what stands between.")
  }

  private var strangeWords: [Symptom] {
    unknownWords.sorted { $0.key < $1.key }.prefix(Self.mostWords).map { word, count in
      Symptom(
        .note, "The event “\(word)” is known to nobody; it came \(count.counted("time")).",
        advice: "Such calls are shown and open nothing: say in [cti] words what it means.")
    }
      + unreplacedKeywords.sorted { $0.key < $1.key }.prefix(Self.mostWords).map { keyword, count in
        Symptom(
          .mend, "“\(keyword)” came \(count.counted("time")) instead of a number.",
          advice: "The telephone software does not know this variable: look its name up.")
      }
  }
}
