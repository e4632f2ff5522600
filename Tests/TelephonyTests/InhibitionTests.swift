import Telephony
import Testing

@Suite("What keeps a call quiet (R3, R11, R35)")
struct InhibitionTests {
  static let exception = ExceptionNumber(pattern: "1025", list: .own)
  /// Everything that can be said against a call from extension 1025.
  static let strict = PopOptions(
    inhibitUnknown: true, inhibitBusy: true, inhibitInternal: true, minDigits: 6)

  func screen(
    _ options: PopOptions, _ caller: Caller = .customer, kind: CallEvent.Kind = .ring,
    exceptions: [ExceptionNumber] = [], isBusy: Bool = false, age: Int64 = 0
  ) throws -> PopVerdict {
    let call = try #require(CallList([CallEvent(kind, 0, caller)])[first])
    return PopPolicy(options: options, exceptions: exceptions)
      .screen(call, isBusy: isBusy, at: Moment(milliseconds: age))
  }

  @Test("Nothing is kept quiet unless the operator wishes it")
  func defaults() throws {
    for caller in [Caller.customer, .colleague] {
      #expect(try screen(PopOptions(), caller, isBusy: true) == .wait)
    }
    for identity in [Caller.Identity.withheld, .unreplaced(keyword: "$remote"), .text("alice")] {
      #expect(try screen(PopOptions(), Caller(identity: identity), isBusy: true) == .offer)
    }
  }

  @Test("Of several reasons the first is told: old, exception, short, internal, busy, unknown")
  func order() throws {
    var options = Self.strict
    let all = [Self.exception]
    #expect(
      try screen(options, .colleague, exceptions: all, isBusy: true, age: 60_001)
        == .inhibited(.tooOld))
    #expect(
      try screen(options, .colleague, exceptions: all, isBusy: true)
        == .inhibited(.exception(pattern: "1025")))
    #expect(
      try screen(options, .colleague, isBusy: true)
        == .inhibited(.shortNumber(digits: 4, minimum: 6)))
    options.minDigits = 4
    #expect(try screen(options, .colleague, isBusy: true) == .inhibited(.internal))
    options.inhibitInternal = false
    #expect(try screen(options, .colleague, isBusy: true) == .inhibited(.busy))
    #expect(try screen(options, .colleague) == .wait)
    #expect(PopPolicy(options: options).decide(.open, matches: []) == .inhibited(.noMatch))
  }

  @Test("A withheld caller is never looked up, and is kept quiet by a busy line or as unknown")
  func withheld() throws {
    let everybody = ExceptionNumber(pattern: "*", list: .own)
    var options = Self.strict
    #expect(
      try screen(options, .withheld, exceptions: [everybody], isBusy: true) == .inhibited(.busy))
    #expect(try screen(options, .withheld, exceptions: [everybody]) == .inhibited(.noMatch))
    options.inhibitUnknown = false
    #expect(try screen(options, .withheld, exceptions: [everybody]) == .offer)
  }

  @Test("Digits are counted as received", arguments: [(9, true), (10, false), (11, false)])
  func shortNumber(received: Int, isQuiet: Bool) throws {
    let caller = Caller(number: PhoneNumber(.complete, "+33388202122"), digits: received)
    let verdict = try screen(PopOptions(minDigits: 10), caller)
    let short = PopVerdict.inhibited(.shortNumber(digits: received, minimum: 10))
    #expect(verdict == (isQuiet ? short : .wait))
  }

  @Test("Only a ring is ever too old", arguments: [(60_000, false), (60_001, true)])
  func tooOld(age: Int64, isQuiet: Bool) throws {
    #expect(try screen(PopOptions(), age: age) == (isQuiet ? .inhibited(.tooOld) : .wait))
    #expect(try screen(PopOptions(), kind: .request, age: age) != .offer)
    #expect(try screen(PopOptions(), kind: .answer, age: age) == .wait)
    #expect(try screen(PopOptions(spoolAge: 120), age: age) == .wait)
  }

  @Test("Whether the line is busy is asked only when it matters")
  func lazyBusy() throws {
    let call = try #require(CallList([CallEvent(.ring, 0)])[first])
    var asked = 0
    func isBusy() -> Bool {
      asked += 1
      return true
    }
    _ = PopPolicy().screen(call, isBusy: isBusy(), at: call.began)
    #expect(asked == 0)
    let options = PopOptions(inhibitBusy: true)
    _ = PopPolicy(options: options).screen(call, isBusy: isBusy(), at: call.began)
    #expect(asked == 1)
  }

  static func matches(_ strengths: [MatchStrength]) -> [Match] {
    strengths.enumerated().map { index, strength in
      let party = ThirdPartySummary(
        code: "C\(index)", id: Int64(index), kind: .customer, name: "Boulangerie \(index)")
      return Match(party: party, strength: strength, isRemembered: index == 0)
    }
  }

  @Test(
    "A record opens by itself for exactly one third party, surely known",
    arguments: [
      ([.exact], .open, .open), ([.national], .open, .open),
      ([.weak], .offer, .inhibited(.noMatch)), ([], .offer, .inhibited(.noMatch)),
      ([.exact, .exact], .offer, .offer), ([.exact, .weak], .offer, .offer),
      ([.national, .national], .offer, .offer), ([.weak, .weak], .offer, .inhibited(.noMatch)),
    ] as [([MatchStrength], PopVerdict, PopVerdict)])
  func matching(strengths: [MatchStrength], verdict: PopVerdict, strictly: PopVerdict) {
    let matches = Self.matches(strengths)
    let strict = PopPolicy(options: PopOptions(inhibitUnknown: true))
    #expect(PopPolicy().decide(.open, matches: matches) == verdict)
    #expect(strict.decide(.open, matches: matches) == strictly)
    let offered: PopVerdict = strictly == .open ? .offer : strictly
    for wish in [PopWish.nothing, .offer] {
      #expect(PopPolicy().decide(wish, matches: matches) == .offer)
      #expect(strict.decide(wish, matches: matches) == offered)
    }
  }
}
