import PhoneNumbers
import Telephony
import Testing

@Suite("Phone fields of an ERP")
struct PhoneFieldTests {
  private let plan = NumberPlan()

  @Test(
    "One number with what people write around it",
    arguments: [
      "03 88 20 21 22", "  03 88 20 21 22 ", "Tél. 03 88 20 21 22", "tel: 0388202122",
      "Tél.:03.88.20.21.22", "03/88/20/21/22", "0388 202 122", "03 88 20 21 22 poste 12",
      "03 88 20 21 22 (bureau)", "(bureau) 03 88 20 21 22", "bureau 3 : 03 88 20 21 22",
      "'0388202122", "O3 88 2O 21 22", "o388202122", "03 88 20 21 22 ou 1024", "03 88 20 21 22/23",
      "+33 (0)3 88 20 21 22", "(+33) 3 88 20 21 22", "\u{202A}+33388202122\u{202C}",
      "03\u{A0}88\u{202F}20\u{A0}21\u{A0}22", "03–88–20–21–22", "0388202122 / 0388202122",
      "voir C00123, 0388202122", "0388202122;", "sip:0388202122@host", "03 88 20 21 22, le matin",
    ])
  func one(text: String) {
    let expected = PhoneNumber(.complete, "+33388202122")
    #expect(plan.numbers(inField: text) == [expected])
    #expect(plan.number(text) == expected)
  }

  @Test(
    "Several numbers, in order",
    arguments: [
      "03 88 20 21 22 / 06 39 98 00 11", "03 88 20 21 22 ou 06 39 98 00 11",
      "03 88 20 21 22 / 06 39 98 00 11 (portable)", "0388202122/0639980011",
      "0388202122;0639980011", "0388202122, 0639980011", "0388202122 0639980011",
      "03 88 20 21 22 - 06 39 98 00 11", "03 88 20 21 22\n06 39 98 00 11",
      "03 88 20 21 22 06 39 98 00 11", "+33 3 88 20 21 22 +33 6 39 98 00 11",
      "Tél 0388202122 Port 0639980011", "03/88/20/21/22 et 06/39/98/00/11",
    ])
  func several(text: String) {
    #expect(plan.numbers(inField: text).map(\.key) == ["+33388202122", "+33639980011"])
    #expect(plan.number(text) == nil)
  }

  @Test(
    "Extensions count alone",
    arguments: [("1025", "1025"), ("poste 1025", "1025"), ("Poste: 1025", "1025"), ("*97", "*97")])
  func extensions(text: String, key: String) {
    #expect(plan.numbers(inField: text) == [PhoneNumber(.extension, key)])
  }

  @Test(
    "No number",
    arguments: [
      "", " ", "n/c", "néant", "voir compta", "0800 SAVON", "1-800-FLOWERS", "C00123", "chambre 12",
      "-", "///", "(((", String(repeating: "1 ", count: 400),
      String(repeating: "0388202122 ", count: 200),
    ])
  func none(text: String) {
    #expect(plan.numbers(inField: text).filter { $0.kind == .complete }.isEmpty)
    #expect(plan.number(text) == nil)
  }

  @Test("National numbers of the party's region")
  func region() {
    #expect(
      plan.numbers(inField: "Tel. 030 123456 / 0151 12345678", region: "DE").map(\.key)
        == ["+4930123456", "+4915112345678"])
  }
}
