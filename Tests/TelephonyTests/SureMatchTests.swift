import Telephony
import Testing

/// Who is named where a doubt cannot be said, as on a telephone's display (R51).
struct SureMatchTests {
  private static func match(
    _ name: String, _ strength: MatchStrength = .exact, isRemembered: Bool = false
  ) -> Match {
    Match(
      party: ThirdPartySummary(
        code: name, id: 1, kind: .customer, name: name, zip: "", city: ""),
      strength: strength, isRemembered: isRemembered)
  }

  static let found: [([Match], String?)] = [
    ([], nil), ([match("A")], "A"), ([match("A", .national)], "A"), ([match("A", .range)], "A"),
    ([match("A", .weak)], nil), ([match("A"), match("B")], nil),
    ([match("A"), match("B", .national)], nil), ([match("A"), match("B", .weak)], "A"),
    ([match("A", isRemembered: true), match("B")], "A"),
    ([match("A", .weak, isRemembered: true), match("B", .weak)], "A"),
  ]

  @Test(arguments: found)
  func onlyWhoAloneHasTheNumberOrWasChosen(_ matches: [Match], _ name: String?) {
    #expect(matches.sure?.party.name == name)
  }
}
