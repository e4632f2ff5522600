import NumberForms
import PhoneNumbers
import Telephony
import TestSupport
import Testing

@Suite("Hostile and random input")
struct HostileInputTests {
  private let plans = [
    NumberPlan(), NumberPlan(outsidePrefix: "0"), NumberPlan(region: "US", outsidePrefix: "9"),
    NumberPlan(region: "DE", extensionDigits: 0), NumberPlan(region: "IT"),
    NumberPlan(region: "RE"),
  ]

  private func isKey(_ text: String) -> Bool {
    let body = text.hasPrefix("+") ? text.dropFirst() : Substring(text)
    return !body.isEmpty && body.utf8.allSatisfy { "0123456789*#".utf8.contains($0) }
  }

  @Test("Random bytes never trap, and keys are keys", arguments: 0..<4 as Range<UInt64>)
  func randomBytes(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let pieces = [
      "sip:", "tel:", "<", ">", "\"", "'", "\\", "@", ";", "?popup", " popup", "%2B", "%", "+", "0",
      "00", "33", "388202122", "1024", "*", "#", "-", ",", "/", "(0)", " ", "phone-context=", "$",
      "{",
      "/N:S ", "/C:", "--number=", "anonymous", "\u{202E}", "é", "\0", "\n",
    ]
    for round in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        if round % 2 == 0 {
          text += pieces.randomElement(using: &random) ?? ""
        } else {
          let bytes = (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
          text += String(decoding: bytes, as: UTF8.self)
        }
      }
      _ = LauncherWords([text])
      // Each kind of text meets each plan.
      let plan = plans[round / 2 % plans.count]
      let caller = plan.caller(text, name: text)
      if let number = caller.number { #expect(isKey(number.key), "\(text.debugDescription)") }
      #expect(caller.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      for number in plan.numbers(inField: text) {
        #expect(isKey(number.key), "\(text.debugDescription)")
      }
      _ = plan.exceptionPattern(text)
    }
  }

  @Test("A complete number reads back from what is shown of it", arguments: 0..<4 as Range<UInt64>)
  func displayReadsBack(seed: UInt64) {
    var random = SeededNumbers(seed: seed &+ 100)
    var complete = 0
    for _ in 0..<400 {
      let length = Int.random(in: 6...13, using: &random)
      let lead =
        ["0", "00", "+", "+33", "+49", "+1", "+262", ""].randomElement(using: &random) ?? ""
      let digits = (0..<length).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
      for plan in plans {
        guard let number = plan.caller(lead + digits).number, number.kind == .complete else {
          continue
        }
        complete += 1
        #expect(plan.number(number.key) == number, "\(lead + digits) \(plan.region)")
        let shown = plan.display(number)
        #expect(plan.number(shown) == number, "\(lead + digits) \(plan.region) \(shown)")
      }
    }
    #expect(complete > 300)
  }

  @Test("Many threads read at once")
  func threads() async {
    let plan = NumberPlan()
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<500).allSatisfy { index in
            let text = "0388\(100_000 + task * 1000 + index)"
            return plan.number(text)?.key == "+33" + text.dropFirst()
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
