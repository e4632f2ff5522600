import Telephony
import Testing

@Suite("Exception numbers (R36)")
struct ExceptionNumberTests {
  @Test(
    "Patterns on the normal form",
    arguments: [
      ("+33388202122", "+33388202122", true), ("+33388202122", "+33388202123", false),
      ("+33388202122", "+333882021220", false), ("+33800*", "+33800123456", true),
      ("+33800*", "+33801123456", false), ("+33800*", "+33800", true), ("*", "+33388202122", true),
      ("*2122", "+33388202122", true), ("*2122", "+33388202123", false),
      ("+33*2122", "+33388202122", true), ("+33*20*22", "+33388202122", true),
      ("+33*20*23", "+33388202122", false), ("+3338820212?", "+33388202122", true),
      ("+3338820212?", "+3338820212", false), ("+33388202122?", "+33388202122", false),
      ("+33?8820*", "+33388202122", true), ("+33**22", "+33388202122", true),
      ("?33388202122", "+33388202122", true), ("", "+33388202122", false),
      ("+33*", "+49301234567", false), ("388202122", "+33388202122", false),
    ])
  func patterns(pattern: String, key: String, holds: Bool) {
    let entry = ExceptionNumber(pattern: pattern, list: .own)
    #expect(entry.holds(for: PhoneNumber(.complete, key), collaborator: nil) == holds)
  }

  @Test(
    "Extensions, and feature codes that are written with a star themselves",
    arguments: [
      ("1024", "1024", true), ("10??", "1024", true), ("10??", "10245", false),
      ("10*", "1024", true), ("*97", "*97", true), ("**610", "**610", true),
      ("*97", "+33388202197", false), ("*97", "1097", false), ("**610", "+33388202610", false),
      ("*97", "**97", false), ("?97", "*97", true), ("*21*", "*21*1024", true),
    ])
  func extensions(pattern: String, key: String, holds: Bool) {
    let entry = ExceptionNumber(pattern: pattern, list: .own)
    #expect(entry.holds(for: PhoneNumber(.extension, key), collaborator: nil) == holds)
  }

  @Test(
    "Everybody's entries, and those of one collaborator",
    arguments: [
      (nil, nil, true), (nil, "DUP", true), ("DUP", "DUP", true), ("DUP", "MAR", false),
      ("DUP", nil, false),
    ] as [(String?, String?, Bool)])
  func collaborators(of entry: String?, at desk: String?, holds: Bool) throws {
    let call = try #require(CallList([CallEvent(.ring, 0)])[first])
    for list in [ExceptionNumber.List.own, .machine] {
      let exception = ExceptionNumber(pattern: "+33388*", collaborator: entry, list: list)
      let policy = PopPolicy(exceptions: [exception], collaborator: desk)
      let quiet = PopVerdict.inhibited(.exception(pattern: "+33388*"))
      #expect(policy.screen(call, isBusy: false, at: call.began) == (holds ? quiet : .wait))
    }
  }

  @Test("A number that lost its trunk prefix has the same normal form")
  func national() {
    let entry = ExceptionNumber(pattern: "+33388202122", list: .own)
    #expect(entry.holds(for: PhoneNumber(.national, "+33388202122"), collaborator: nil))
  }

  @Test("Many stars take no more than a product of the lengths")
  func manyStars() {
    let pattern = String(repeating: "*1", count: 2_000) + "2"
    let entry = ExceptionNumber(pattern: pattern, list: .own)
    let number = PhoneNumber(.extension, String(repeating: "1", count: 4_000))
    #expect(!entry.holds(for: number, collaborator: nil))
  }
}
