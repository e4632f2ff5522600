import Telephony
package import ThirdPartyStore

/// What an ``ERPSession`` wants done, in the words that a trace keeps.
package enum ERPOrder: Hashable, Sendable {
  /// See in the store what is due.
  case look
  /// See whether the ERP answers at all.
  case check
  /// Copy so much.
  case copy(PartyCopy.Extent)

  /// As it is sent.
  package var text: String {
    switch self {
    case .look: "look"
    case .check: "check"
    case .copy(.full): "copy full"
    case .copy(.changes): "copy changes"
    }
  }

  /// The order of a ``text``; nil: it is none.
  package init?(_ text: String) {
    let all: [ERPOrder] = [.look, .check, .copy(.full), .copy(.changes)]
    guard let order = all.first(where: { $0.text == text }) else { return nil }
    self = order
  }
}

/// Why the ERP is of no use, in a sentence, and whether it refused its user.
package struct ERPOutage: Hashable, Sendable {
  /// What the operator reads.
  package var sentence: String
  /// Whether another try would look like guessing.
  package var wasRefused: Bool

  /// An outage; see the properties.
  package init(_ sentence: String, wasRefused: Bool = false) {
    self.sentence = sentence
    self.wasRefused = wasRefused
  }

  fileprivate var words: (head: String, sentence: String) {
    (wasRefused ? "refused" : "failed", sentence)
  }

  fileprivate init?(_ head: Substring, _ sentence: Substring) {
    guard head == "failed" || head == "refused" else { return nil }
    self.init(String(sentence), wasRefused: head == "refused")
  }
}

/// What became of an ``ERPOrder``, in the words that a trace keeps: the first line, then a sentence if there is one.
package enum ERPNews: Hashable, Sendable {
  /// Copy so much now.
  case due(PartyCopy.Extent)
  /// Nothing is due for so long [ms]; nil: nothing ever is.
  case later(Int64?)
  /// The ERP has answered; the sentence says why what it brought was not taken.
  case answered(refusal: String?)
  /// Another program has the store: it may bring what is due here.
  case busy
  /// The ERP, or the store, was of no use.
  case failed(ERPOutage)

  /// As it comes.
  package var text: String {
    switch self {
    case .due(.full): "due full"
    case .due(.changes): "due changes"
    case .later(let pause): pause.map { "later \($0)" } ?? "never"
    case .answered(let refusal): refusal.map { "answered\n\($0)" } ?? "answered"
    case .busy: "busy"
    case .failed(let outage): "\(outage.words.head)\n\(outage.words.sentence)"
    }
  }

  /// The news of a ``text``; nil: it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split(separator: " ")
    switch (words.first, words.count) {
    case ("due", 2):
      guard let order = ERPOrder("copy \(words[1])"), case .copy(let extent) = order else {
        return nil
      }
      self = .due(extent)
    case ("later", 2):
      guard let pause = Int64(words[1]), pause >= 0 else { return nil }
      self = .later(min(pause, Self.longestPause))
    case ("never", 1): self = .later(nil)
    case ("answered", 1): self = .answered(refusal: parts.count == 2 ? String(parts[1]) : nil)
    case ("busy", 1): self = .busy
    default:
      guard parts.count == 2, let outage = ERPOutage(parts[0], parts[1]) else { return nil }
      self = .failed(outage)
    }
  }

  /// Longer than any schedule [ms].
  private static let longestPause: Int64 = 400 * WallTime.day
}

/// What becomes of a question for a number, as an ``ERPSession`` learns it.
package enum ERPQuestionNews: Hashable, Sendable {
  /// One goes out.
  case asking
  /// One has its answer, however late.
  case asked
  /// One failed, or nobody waits for it any more.
  case failed(ERPOutage)

  /// As a trace keeps it, on one line.
  package var text: String {
    switch self {
    case .asking: "asking"
    case .asked: "asked"
    case .failed(let outage): "question \(outage.words.head) \(outage.words.sentence)"
    }
  }

  /// The news of a ``text``; nil: it is none.
  package init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 2)
    switch (words.first, words.count) {
    case ("asking", 1): self = .asking
    case ("asked", 1): self = .asked
    case ("question", 3):
      guard let outage = ERPOutage(words[1], words[2]) else { return nil }
      self = .failed(outage)
    default: return nil
    }
  }
}
