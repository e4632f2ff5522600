import Telephony
import Testing

@Suite("Words and numbers of the journal")
struct WordsTests {
  @Test(
    "Reasons and their words",
    arguments: [
      (.exception(pattern: "+33800*"), "exception +33800*"),
      (.exception(pattern: ""), "exception "),
      (.exception(pattern: "busy"), "exception busy"), (.busy, "busy"),
      (.shortNumber(digits: 4, minimum: 6), "short number (4 < 6)"), (.internal, "internal"),
      (.noMatch, "no match"), (.tooOld, "too old"), (.outgoing, "outgoing"), (.failed, "failed"),
    ] as [(Reason, String)])
  func reasons(reason: Reason, text: String) {
    #expect(reason.text == text)
    #expect(Reason(text: text) == reason)
  }

  @Test(
    "Words that are no reason",
    arguments: [
      "", "Busy", "busy ", "short number", "short number (4 < 6", "short number (4)",
      "short number (4 < 6 < 8)", "short number (99999999999999999999 < 6)", "exception",
    ])
  func noReason(text: String) {
    #expect(Reason(text: text) == nil)
  }

  @Test("Outcomes are the words that scripts rely on")
  func outcomes() {
    let words = [
      "ringing", "answered", "missed", "rejected", "answered-elsewhere", "inhibited",
    ]
    #expect(Outcome.allCases.map(\.rawValue) == words)
  }

  @Test(
    "Numbers for logs show no more than their ends",
    arguments: [
      ("+33388202122", "+33*****2122"), ("0388202122", "03****2122"), ("+331990012", "+33***0012"),
      ("+33199001", "*********"), ("+123456", "*******"), ("1234567", "*******"), ("1024", "****"),
      ("*97", "***"), ("", ""),
    ])
  func masked(key: String, text: String) {
    #expect(PhoneNumber(.complete, key).masked == text)
  }

  @Test(
    "The digits under which numbers match weakly",
    arguments: [
      (.complete, "+33388202122", "88202122"), (.national, "+33388202122", "88202122"),
      (.fragment, "88202122", "88202122"), (.fragment, "8202122", nil),
      (.extension, "88202122", nil), (.fragment, "#31#8820212", "18820212"), (.fragment, "", nil),
    ] as [(PhoneNumber.Kind, String, String?)])
  func tail(kind: PhoneNumber.Kind, key: String, tail: String?) {
    #expect(PhoneNumber(kind, key).tail == tail)
  }

  @Test("Matches are ranked by how sure they are")
  func strengths() {
    #expect([MatchStrength.weak, .exact, .national].sorted() == [.exact, .national, .weak])
  }

  @Test("Withheld is not unreadable")
  func withheld() {
    #expect(Caller.withheld.isWithheld)
    #expect(Caller(identity: .unreplaced(keyword: "$remote")).isWithheld)
    #expect(!Caller(identity: .text("abc"), text: "abc").isWithheld)
    #expect(!Caller.customer.isWithheld)
    #expect(Caller(identity: .text("abc"), text: "abc").number == nil)
  }
}
