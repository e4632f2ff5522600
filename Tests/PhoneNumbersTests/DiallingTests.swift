import PhoneNumbers
import Telephony
import Testing

@Suite("What is dialled")
struct DiallingTests {
  @Test(
    "External numbers get the outside prefix, as they are dialled from here (R33)",
    arguments: [
      ("FR", "0", "+33388202122", "00388202122"), ("FR", "", "+33388202122", "0388202122"),
      ("FR", "*9", "+33388202122", "*90388202122"), ("FR", "0", "+262262123456", "00262123456"),
      ("RE", "", "+33388202122", "0388202122"), ("FR", "0", "+4930123456", "0004930123456"),
      ("FR", "", "+390612345678", "00390612345678"), ("FR", "", "+13035550100", "0013035550100"),
      ("US", "9", "+33388202122", "901133388202122"), ("US", "9", "+13035550100", "93035550100"),
      ("BR", "0", "+33388202122", "+33388202122"), ("LU", "", "+35226123456", "26123456"),
    ])
  func external(region: String, prefix: String, key: String, dialled: String) throws {
    let plan = NumberPlan(region: region, outsidePrefix: prefix)
    let number = try #require(plan.dialled(PhoneNumber(.complete, key)))
    #expect(number.text == dialled)
    #expect(number.e164 == key)
    #expect(!number.needsConfirmation)
    // What the telephone system shows of it is recognised.
    #expect(plan.caller(dialled).number?.key == key)
  }

  @Test(
    "Extensions and codes are dialled as they are, longer numbers are external",
    arguments: [("1024", "1024"), ("*97", "*97"), ("118712", "0118712"), ("112", "112")])
  func internals(key: String, dialled: String) throws {
    let plan = NumberPlan(outsidePrefix: "0")
    let number = try #require(plan.dialled(PhoneNumber(.extension, key)))
    #expect(number.text == dialled)
    #expect(number.e164 == nil)
    #expect(number.needsConfirmation == key.contains("*"))
  }

  @Test(
    "Typed numbers in any spelling",
    arguments: [
      ("03 88 20 21 22", "00388202122"), ("+33 (0)3.88.20.21.22", "00388202122"),
      ("0388202122", "00388202122"), ("00388202122", "00388202122"),
      ("tel:+33-3-88-20-21-22", "00388202122"), ("sip:1024@pbx.example", "1024"),
      ("1024", "1024"), ("*21*0388202122#", "*21*0388202122#"),
      ("#31#0388202122", "#31#0388202122"),
      ("+49 30 123456", "0004930123456"), ("388202122", "00388202122"),
      ("٠٣٨٨٢٠٢١٢٢", "00388202122"),
    ])
  func typed(text: String, dialled: String) {
    #expect(NumberPlan(outsidePrefix: "0").dialled(typed: text)?.text == dialled)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", " ", "+", "anonymous", "$(reboot)", "0388202122; reboot", "03882021a2", "0388\n202122 x",
      "0388202122\r\nAction: Logoff", "poste 1024", "--help", "{number}", "0388202122 popup",
      "0388202122'",
      String(repeating: "1", count: 33), "*" + String(repeating: "1", count: 32), "+*21#",
      "Dupont 0388202122",
    ])
  func refused(text: String) {
    #expect(NumberPlan().dialled(typed: text) == nil)
  }

  @Test("A number holds nothing but digits, a leading plus, * and #")
  func characters() {
    #expect(DialledNumber("+33388202122")?.text == "+33388202122")
    #expect(DialledNumber("*21#")?.needsConfirmation == true)
    #expect(DialledNumber("0388202122", behind: "*9")?.needsConfirmation == false)
    for text in ["", "+", "0+33", "++33", "03 88", "1\n2", "1;2", "１２"] {
      #expect(DialledNumber(text) == nil)
    }
    #expect(DialledNumber("+33388202122", behind: "0") == nil)
    #expect(DialledNumber("", behind: "0") == nil)
  }
}
