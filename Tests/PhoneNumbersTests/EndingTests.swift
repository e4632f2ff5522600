import PhoneNumbers
import Telephony
import Testing

/// Fields that hold more numbers than are written out, numbers side by side, and numbers typed as at home.
struct EndingTests {
  private let plan = NumberPlan()

  @Test(
    "Endings are numbers of their own",
    arguments: [
      ("", "03 88 20 21 22/23", ["+33388202122", "+33388202123"]),
      ("", "03 88 20 21 22 / 24", ["+33388202122", "+33388202124"]),
      (
        "", "03.88.20.21.22 à 25", ["+33388202122", "+33388202123", "+33388202124", "+33388202125"]
      ),
      ("", "03 88 20 21 22 / 1024", ["+33388202122"]),
      ("DE", "069/90009-10/11", ["+496990009" + "10", "+4969900091" + "1"]),
      ("DE", "069 90009-0 / -47", ["+4969900090", "+49699000947"]),
      ("AT", "01 / 53123-0", ["+431531230"]),
      ("", "+49 69 90009-10/-11", ["+49699000910", "+49699000911"]),
    ])
  func endings(region: String, text: String, keys: [String]) {
    let found = plan.numbers(inField: text, region: region.isEmpty ? nil : region)
    #expect(found.map(\.key) == keys)
    #expect(found.allSatisfy { $0.kind == .complete })
  }

  @Test(
    "Numbers side by side are parted where each is whole",
    arguments: [
      ("DE", "069 900 09 123 0176 040 69 012", ["496990009123", "4917604069012"]),
      ("", "+49 69 900 09 126 06 39 98 00 11", ["496990009126", "33639980011"]),
      ("IT", "06 5550 0127 349 555 0127", ["390655500127", "393495550127"]),
    ])
  func sideBySide(region: String, text: String, digits: [String]) {
    let found = plan.numbers(inField: text, region: region.isEmpty ? nil : region)
    #expect(found.map { $0.key.filter { $0 != "+" } } == digits)
  }

  @Test("A number of this region on a party abroad, typed as at home, is found weakly")
  func atHome() {
    for region in ["DE", "CH", "LU"] {
      let found = plan.numbers(inField: "06 39 98 00 11", region: region)
      #expect(found.contains(PhoneNumber(.fragment, "33639980011")), "\(region)")
    }
    #expect(plan.numbers(inField: "044 668 18 00", region: "CH").map(\.key) == ["+41446681800"])
  }

  @Test(
    "What number plans add or drop is the same line",
    arguments: [
      ("+5511955500123", "+551155500123"), ("+541155500125", "+5491155500125"),
      ("+525555500127", "+5215555500127"), ("+39655500127", "+390655500127"),
    ])
  func alternates(key: String, other: String) {
    #expect(PhoneNumber(.complete, key).alternates == [other])
    #expect(PhoneNumber(.complete, other).alternates == [key])
    #expect(PhoneNumber(.complete, "+33388202122").alternates.isEmpty)
  }

  @Test("A direct number of an open plan belongs to the switchboards that it may have")
  func switchboards() {
    let direct = PhoneNumber(.complete, "+496990009123")
    #expect(direct.switchboards.contains("+4969900090"))
    #expect(PhoneNumber(.complete, "+33388202122").switchboards.isEmpty)
  }
}
