import NumberForms
import Testing

@Suite("Words about a call")
struct EventWordTests {
  @Test(
    "Words seen in the field",
    arguments: [
      (
        EventWord.ring,
        "ring ringing incoming incoming_call newCall call_created offering alerting early setup S"
      ),
      (
        .answer,
        "answer answered established connected active up confirmed C ANSWER "
          + "call_answered call_established"
      ),
      (
        .end(reason: nil),
        "hangup end ended terminated disconnected call_ended release E Call-Ended "
          + "call_terminated"
      ),
      (.end(reason: "missed"), "missed cancelled canceled missed_call call_remote_canceled"),
      (.end(reason: "rejected"), "rejected"),
      (.end(reason: "elsewhere"), "elsewhere answered-elsewhere"),
      (.end(reason: "failed"), "failed"),
      (.request, "request popup pop demand screenpop POPUP"),
      (.other("hold"), "hold"), (.other("busy"), "busy"), (.other("outgoing"), "outgoing"),
    ])
  func meanings(meaning: EventWord, words: String) {
    for word in words.split(separator: " ") {
      #expect(EventWord(String(word)) == meaning, "\(word)")
    }
  }

  /// The relay writes it down, and takes what is read otherwise for nobody's.
  @Test(
    "A word is read again as the same",
    arguments: [
      "ri\u{2028}ng", "ri\u{202E}ng", "answered" + String(repeating: "-", count: 40) + "x", "hold",
      "hold\u{2028}on", "\u{1}hang\u{0}up", String(repeating: "e\u{301}", count: 80),
    ])
  func readAgain(text: String) {
    let word = EventWord(text)
    #expect(EventWord(word.word) == word)
  }

  @Test("An empty word is a ring")
  func empty() {
    #expect(EventWord("") == .ring)
    #expect(EventWord(" ") == .ring)
  }

  @Test("Our own words read back as themselves", arguments: ["ring", "answer", "end", "request"])
  func canonical(word: String) {
    #expect(EventWord(word).word == word)
  }

  @Test("A stranger's word is shortened and harmless")
  func hostile() {
    let word = EventWord("\u{1B}[2J" + String(repeating: "x", count: 10_000)).word
    #expect(word.count == 32)
    #expect(!word.unicodeScalars.contains("\u{1B}"))
  }

  @Test(
    "Reasons of an end",
    arguments: [
      ("missed", "missed"), ("Cancelled", "missed"), ("rejected", "rejected"),
      ("answered-elsewhere", "elsewhere"), ("failed", "failed"), ("normal", nil), ("", nil),
    ] as [(String, String?)])
  func reasons(word: String, reason: String?) {
    #expect(EventWord.endReason(word) == reason)
  }
}
