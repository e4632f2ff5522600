import CPhoneNumber
import PhoneNumbers
import Telephony
import Testing

/// Every region of the library: its example numbers, typed as people of the region do.
@Suite("Every region")
struct EveryRegionTests {
  /// Fixed, mobile, and the regions that have them.
  private static func examples() -> [(region: String, e164: String, national: String)] {
    var examples: [(String, String, String)] = []
    for first in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      for second in UInt8(ascii: "A")...UInt8(ascii: "Z") {
        let region = String(decoding: [first, second], as: UTF8.self)
        guard cpn_country_code(region) != 0 else { continue }
        for mobile in [false, true] {
          var number = cpn_number()
          guard cpn_example(region, mobile, &number) else { continue }
          let text = { (style: Int) in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
              let length = cpn_format(&number, Int32(style), buffer.baseAddress, buffer.count)
              return String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
            }
          }
          let e164 = "+" + text(cpn_style_international).filter(\.isNumber)
          examples.append((region, e164, text(cpn_style_national)))
        }
      }
    }
    return examples
  }

  @Test("A number typed in the national ways is the number that E.164 sends")
  func national() {
    let examples = Self.examples()
    #expect(examples.count > 400)
    for (region, e164, national) in examples {
      let plan = NumberPlan(region: region, extensionDigits: 3)
      guard let sent = plan.caller(e164).number, sent.kind == .complete else {
        Issue.record("\(region) \(e164)")
        continue
      }
      let digits = national.filter(\.isNumber)
      for typed in [
        national, digits, national.replacing("-", with: " "), national.replacing(" ", with: "."),
        "Tel. \(national)", "\(national) (x)", e164,
      ] {
        #expect(plan.numbers(inField: typed) == [sent], "\(region) \(typed)")
        // On a party of that country, for a site elsewhere.
        let site = NumberPlan(region: region == "FR" ? "DE" : "FR", extensionDigits: 3)
        // Mobile numbers of Monaco are written as those of France, which are as usual there.
        let isAlike = e164.hasPrefix("+3776") && typed != e164
        #expect(
          site.numbers(inField: typed, region: region) == (isAlike ? [] : [sent]),
          "\(region) \(typed)")
      }
      #expect(plan.caller(digits).number == sent, "\(region) \(digits)")
    }
  }
}
