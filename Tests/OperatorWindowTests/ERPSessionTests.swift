import Connector
import OperatorWindow
import Telephony
import Testing
import ThirdPartyStore

/// What is due with the ERP, in the words of its way, by a clock that the test moves.
struct ERPSessionTests {
  private var session = ERPSession()
  private var now = Moment(milliseconds: 1_000_000)
  private let start = Moment(milliseconds: 1_000_000)

  /// What the session sends when this comes.
  private mutating func sent(_ news: ERPNews) -> [String] { texts(told(news.text)) }

  private mutating func told(_ words: String) -> [LineStep] {
    Array(words.utf8).withUnsafeBytes { session.receive($0, from: nil, at: now) }
  }

  /// What the session sends when it is woken at the time that it wanted, so long from now [ms].
  private mutating func sent(after pause: Int64) -> [String] {
    #expect(session.nextWake == now + pause)
    now = now + pause
    return texts(session.wake(at: now))
  }

  private func texts(_ steps: [LineStep]) -> [String] {
    steps.compactMap { step in
      if case .send(let bytes, nil) = step { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
  }

  private func health(_ steps: [LineStep]) -> SourceHealth? {
    for case .report(.health(.erp, let health)) in steps { return health }
    return nil
  }

  private mutating func begin() {
    #expect(session.start(at: now).count == 1)
    #expect(texts(session.linked(from: nil, at: now)) == ["look"])
  }

  @Test mutating func theFirstCopyIsAFullOneThenChangesFollow() {
    begin()
    #expect(sent(.due(.full)) == ["copy full"])
    #expect(session.nextWake == nil)
    let steps = told("answered")
    #expect(health(steps) == .up)
    #expect(texts(steps) == ["look"])
    #expect(sent(.later(300_000)) == [])
    #expect(sent(after: 300_000) == ["look"])
    #expect(sent(.due(.changes)) == ["copy changes"])
  }

  @Test mutating func whatIsCopiedAndNotYetDueIsCheckedOnce() {
    begin()
    #expect(sent(.later(240_000)) == ["check"])
    #expect(sent(.answered(refusal: nil)) == ["look"])
    #expect(sent(.later(240_000)) == [])
    #expect(sent(after: 240_000) == ["look"])
    #expect(sent(.later(1)) == [])
  }

  @Test mutating func aFailureIsTriedAgainLessAndLessOften() {
    begin()
    for pause in [5, 10, 20, 40, 60, 60] as [Int64] {
      #expect(sent(.due(.full)) == ["copy full"])
      let down = SourceHealth.down(
        reason: "no route", since: start, nextTry: now + pause * 1000)
      #expect(health(told("failed\nno route")) == down)
      #expect(!session.counts)
      #expect(sent(after: pause * 1000) == ["look"])
    }
    // What is not due is looked at, whether the ERP is back.
    #expect(sent(.later(240_000)) == ["check"])
    #expect(health(told("answered")) == .up)
    #expect(session.counts)
  }

  @Test mutating func aRefusedUserWaitsAQuarterOfAnHour() {
    begin()
    #expect(sent(.later(240_000)) == ["check"])
    #expect(sent(.failed(ERPOutage("no such user", wasRefused: true))) == [])
    #expect(sent(after: 900_000) == ["look"])
  }

  @Test mutating func aStoreThatIsBusyIsLeftForAWhile() {
    begin()
    #expect(sent(.due(.full)) == ["copy full"])
    let steps = told("busy")
    #expect(steps.isEmpty)
    #expect(sent(after: 15_000) == ["look"])
    #expect(sent(.due(.full)) == ["copy full"])
  }

  /// A store that does not note a copy must not be copied into without a pause.
  @Test mutating func betweenTwoCopiesIsASecond() {
    begin()
    #expect(sent(.due(.full)) == ["copy full"])
    #expect(sent(.answered(refusal: nil)) == ["look"])
    #expect(sent(.due(.full)) == [])
    #expect(sent(after: 1_000) == ["look"])
    #expect(sent(.due(.full)) == ["copy full"])
  }

  @Test mutating func whatTheStoreRefusedIsShownThoughTheERPIsWell() {
    begin()
    #expect(sent(.due(.full)) == ["copy full"])
    let refused = SourceHealth.down(reason: "half would go", since: now, nextTry: nil)
    #expect(health(told("answered\nhalf would go")) == refused)
    #expect(session.counts)
  }

  @Test mutating func questionsThatHangEndTheAsking() {
    begin()
    for _ in 0..<3 {
      #expect(session.counts)
      #expect(session.learn("asking", at: now).isEmpty)
    }
    #expect(!session.counts)
    #expect(session.learn("asked", at: now).isEmpty)
    #expect(session.counts)
  }

  /// The next try may be nearer than the next copy, and a copy that begins is not tried before it.
  @Test mutating func aQuestionThatFailsBringsTheNextLookForward() {
    begin()
    #expect(sent(.due(.full)) == ["copy full"])
    #expect(sent(.answered(refusal: nil)) == ["look"])
    #expect(sent(.later(300_000)) == [])
    let failed = ERPQuestionNews.failed(ERPOutage("it is silent")).text
    #expect(health(session.learn(failed, at: now)) != nil)
    #expect(!session.counts)
    #expect(sent(after: 5_000) == ["look"])
    #expect(health(session.learn(failed, at: now)) != nil)
    #expect(sent(.due(.changes)) == [])
    #expect(sent(after: 10_000) == ["look"])
  }

  @Test mutating func withoutAnIntervalOnlyTheWayIsChecked() {
    begin()
    #expect(sent(.later(nil)) == ["check"])
    #expect(sent(.answered(refusal: nil)) == ["look"])
    #expect(sent(.later(nil)) == [])
    #expect(session.nextWake == nil)
  }

  @Test(arguments: [
    ERPNews.due(.full), .due(.changes), .later(1), .later(nil), .answered(refusal: nil),
    .answered(refusal: "a\nb"), .busy, .failed(ERPOutage("c")),
    .failed(ERPOutage("d", wasRefused: true)),
  ]) func newsIsReadAsItIsWritten(news: ERPNews) {
    #expect(ERPNews(news.text) == news)
  }

  @Test(arguments: [
    "", "due", "due it", "later", "later -1", "later 1 2", "later x", "busy 1", "failed", "look",
  ]) func otherWordsAreNoNews(words: String) {
    #expect(ERPNews(words) == nil)
  }
}
