import PhoneNumbers
import Telephony
import Testing

@Suite("Number plans")
struct PlanTests {
  @Test(
    "An outside-line prefix is stripped, and its absence does no harm (R33)",
    arguments: [
      ("0", "00388202122", "+33388202122"), ("0", "0388202122", "+33388202122"),
      ("0", "0033388202122", "+33388202122"), ("0", "00033388202122", "+33388202122"),
      ("0", "+33388202122", "+33388202122"), ("0", "33388202122", "+33388202122"),
      ("0", "004930123456", "+4930123456"), ("0", "0004930123456", "+4930123456"),
      ("9", "90388202122", "+33388202122"), ("9", "0388202122", "+33388202122"),
      ("9", "90033388202122", "+33388202122"), ("0", "0,0388202122", "+33388202122"),
      ("0", "9-0388202122", "+33388202122"), ("0,", "00388202122", "+33388202122"),
    ])
  func outsidePrefix(prefix: String, raw: String, key: String) {
    let plan = NumberPlan(outsidePrefix: prefix)
    #expect(plan.caller(raw).number == PhoneNumber(.complete, key))
    #expect(plan.caller("1024").number == PhoneNumber(.extension, "1024"))
  }

  @Test(
    "A number is asked for under so many keys beside its own",
    arguments: [
      ("+33388202122", 0), ("+496990009123", 11), ("+390655500127", RelatedKey.mostAsked),
    ])
  func relatedKeys(key: String, count: Int) {
    #expect(RelatedKey.asked(by: PhoneNumber(.complete, key)).count == count)
  }

  @Test(
    "Overseas numbers have one normal form in every spelling",
    arguments: [
      ("262123456", "+262262123456"), ("692123456", "+262692123456"),
      ("269601234", "+262269601234"), ("590123456", "+590590123456"),
      ("594123456", "+594594123456"), ("596501234", "+596596501234"),
      ("693123456", "+262693123456"), ("596123456", "+596596123456"),
      ("690123456", "+590690123456"), ("696123456", "+596696123456"),
      ("388202122", "+33388202122"), ("800123456", "+33800123456"), ("612345678", "+33612345678"),
      ("639981234", "+33639981234"),
    ])
  func overseas(significant: String, key: String) {
    for region in ["FR", "RE"] {
      let plan = NumberPlan(region: region)
      for spelling in [
        "0" + significant, "+33" + significant, "0033" + significant, "+262" + significant, key,
      ] {
        #expect(plan.caller(spelling).number == PhoneNumber(.complete, key), "\(spelling)")
      }
    }
  }

  @Test(
    "Other countries' numbers, from home and from elsewhere",
    arguments: [
      ("DE", "030 123456", "+4930123456"), ("FR", "+49 (0)30 123456", "+4930123456"),
      ("FR", "004930123456", "+4930123456"), ("FR", "4930123456", "+4930123456"),
      ("DE", "+33388202122", "+33388202122"), ("DE", "33388202122", "+33388202122"),
      ("IT", "06 1234 5678", "+390612345678"), ("FR", "+39 06 1234 5678", "+390612345678"),
      ("FR", "+39 (0)6 12345678", "+390612345678"), ("GB", "020 7946 0000", "+442079460000"),
      ("uk", "+44 (0)20 7946 0000", "+442079460000"), ("US", "(303) 555-0100", "+13035550100"),
      ("US", "1-303-555-0100", "+13035550100"), ("US", "9-1-303-555-0100", "+13035550100"),
      ("US", "01133388202122", "+33388202122"), ("BE", "02 555 12 12", "+3225551212"),
      ("CH", "044 668 18 00", "+41446681800"), ("LU", "26 12 34 56", "+35226123456"),
      ("FR", "+352 26 12 34 56", "+35226123456"), ("ES", "912 34 56 78", "+34912345678"),
    ])
  func countries(region: String, raw: String, key: String) {
    #expect(NumberPlan(region: region).caller(raw).number == PhoneNumber(.complete, key))
  }

  @Test(
    "A number of another country without its plus is that, also where any length is possible",
    arguments: [
      ("IT", "33199003161", "+33199003161"), ("IT", "12125550123", "+12125550123"),
      ("IT", "442079460123", "+442079460123"), ("IT", "390612345678", "+390612345678"),
      ("IN", "33199003161", "+33199003161"), ("IN", "12125550123", "+12125550123"),
      ("BR", "33199003161", "+33199003161"), ("MX", "12125550123", "+12125550123"),
      ("AR", "33199003161", "+33199003161"), ("AU", "442079460123", "+442079460123"),
      ("JP", "33199003161", "+33199003161"), ("LU", "33199003161", "+33199003161"),
      ("LU", "493023125012", "+493023125012"), ("CH", "493023125012", "+493023125012"),
      ("DE", "33199003161", "+33199003161"), ("DE", "493023125012", "+493023125012"),
      ("AT", "12125550123", "+12125550123"),
    ])
  func withoutPlus(region: String, raw: String, key: String) {
    #expect(NumberPlan(region: region).caller(raw).number == PhoneNumber(.complete, key))
  }

  @Test(
    "Two zeros are written for a plus, also where they are not dialled",
    arguments: [
      ("AU", "0033199003161", "+33199003161"),
      ("JP", "0033199003161", "+33199003161"),
      ("US", "0033199003161", "+33199003161"), ("US", "0012125550123", "+12125550123"),
      // What Australia dials is no number of North America.
      ("AU", "0011442079460123", "+442079460123"), ("AU", "0011352123456", "+352123456"),
      ("BR", "00551123456789", "+551123456789"),
      ("RU", "0074951234567", "+74951234567"),
      // One, before the own country's code.
      ("IN", "0919876543210", "+919876543210"), ("FR", "033199003161", "+33199003161"),
      // They go before what is dialled behind 001 to 009, or behind them and a carrier's code.
      ("TH", "006621234567", "+6621234567"), ("BR", "0031201234567", "+31201234567"),
      // What others dial to get here.
      ("GB", "011442079460123", "+442079460123"), ("FR", "01133199003161", "+33199003161"),
    ])
  func twoZeros(region: String, raw: String, key: String) {
    let plan = NumberPlan(region: region)
    #expect(plan.caller(raw).number == PhoneNumber(.complete, key))
    #expect(plan.numbers(inField: raw).map(\.key) == [key])
  }

  @Test(
    "What is dialled before a number to hide the own one, or to show it, is no part of it",
    arguments: [
      ("GB", "141 020 7946 0123", "+442079460123"), ("GB", "147002079460123", "+442079460123"),
      ("GB", "1410033199003161", "+33199003161"),
      ("JP", "18401033199003161", "+33199003161"), ("IE", "1420033199003161", "+33199003161"),
      ("ES", "067 912345678", "+34912345678"), ("ES", "067912345678", "+34912345678"),
    ])
  func restriction(region: String, raw: String, key: String) {
    #expect(NumberPlan(region: region).caller(raw).number?.key == key)
  }

  @Test(
    "A number that was passed twice is one",
    arguments: [
      ("FR", "01990031610199003161", "+33199003161"),
      ("US", "21255501232125550123", "+12125550123"),
      ("FR", "0033199003161" + "0033199003161", "+33199003161"),
    ])
  func twice(region: String, raw: String, key: String) {
    #expect(NumberPlan(region: region).caller(raw).number == PhoneNumber(.complete, key))
  }

  @Test(
    "A plus before what is dialled for it, or before what has no country, is read as what it stands before",
    arguments: [
      // Brazil dials a carrier's code behind two zeros.
      ("BR", "+0033199003161", "+33199003161"), ("AU", "+0011442079460123", "+442079460123"),
      ("IN", "+910033199003161", "~+33199003161"), ("IN", "+91919876543210", "~+919876543210"),
      ("JP", "+81010442079460123", "~+442079460123"),
      // No range of the country before which the plus would stand is assigned, and one of here is.
      ("MX", "+639981234", "639981234"), ("PL", "+536491234", "536491234"),
      ("GB", "+442639981234", "+442639981234"),
      // It says that a country is written, and none is.
      ("RU", "+8 (495) 123-45-67", "+74951234567"),
      ("US", "+(212) 555-0123", "~+12125550123"), ("FR", "+0199003161", "+33199003161"),
      // The digit that a separator sets off is dialled for an outside line, whatever else both may be.
      ("IN", "0,03225550123", "+913225550123"),
    ])
  func misplacedPlus(region: String, raw: String, key: String) {
    let number = NumberPlan(region: region).caller(raw).number
    #expect(number.map { ($0.kind == .national ? "~" : "") + $0.key } == key)
  }

  @Test("A national number to which no range is assigned does not say its country")
  func possible() {
    #expect(
      NumberPlan(region: "ES").caller("199003161").number == PhoneNumber(.national, "+34199003161"))
  }

  @Test(
    "The first group of a number may be an area or a country",
    arguments: [
      ("BR", "90 212 555 01 23", "+902125550123"), ("CH", "44-2079460123", "+442079460123"),
      ("IN", "44 20 7946 0123", "+442079460123"), ("IT", "32 25550123", "+3225550123"),
      ("DE", "9876/11223344", "~+49987611223344"), ("LU", "33 1 99 00 31 61", "+33199003161"),
      // Pairs say nothing.
      ("IT", "32 25 55 01 23", "+393225550123"),
    ])
  func firstGroup(region: String, text: String, key: String) {
    let plan = NumberPlan(region: region)
    for number in [plan.caller(text).number, plan.number(text)] {
      #expect(number.map { ($0.kind == .national ? "~" : "") + $0.key } == key)
    }
  }

  @Test("A separator that is not behind a country's code says that no plus was lost")
  func parted() {
    let plan = NumberPlan(region: "DE")
    #expect(plan.caller("17012345678").number?.kind == .fragment)
    #expect(plan.caller("170/12345678").number?.kind == .national)
    let american = PhoneNumber(.complete, "+12125550123")
    for text in ["1 212 555 0123", "1212-555-0123"] {
      #expect(NumberPlan(region: "FR").caller(text).number == american)
    }
    // Grouped as where it would be of.
    let plans = [NumberPlan(), NumberPlan(region: "DE")]
    for plan in plans {
      #expect(plan.caller("322 555 01 23").number == PhoneNumber(.complete, "+3225550123"))
      #expect(plan.caller("322 555 0123").number == PhoneNumber(.fragment, "3225550123"))
    }
    for region in ["FR", "AU", "CO"] {
      #expect(NumberPlan(region: region).caller("1-212-555-0123").number == american)
    }
  }

  @Test(
    "Of two numbers that the digits may be, neither is meant for sure",
    arguments: [
      // A German mobile without its zero, or a number of North Dakota; of Lower Saxony, or with the country's code.
      ("DE", "17012345678"), ("DE", "4921234567"),
      // Behind 9 for an outside line, or of India.
      ("US", "912125550123"),
      // Of Hesse without its zero, or of New Zealand.
      ("DE", "6421234567"),
      // As long as a number of the plan, or one of another country.
      ("IT", "4312345678"), ("LU", "3225551212"),
    ])
  func twoReadings(region: String, raw: String) {
    #expect(NumberPlan(region: region).caller(raw).number == PhoneNumber(.fragment, raw))
  }

  @Test("The zero of home behind a country's code is not dialled where the country writes none")
  func zeroOfHome() {
    for (raw, key) in [
      ("+34 (0) 912 34 56 78", "+34912345678"), ("0034(0)912345678", "+34912345678"),
      ("+1 (0) 212-555-0123", "+12125550123"),
      ("+44 (0) 20 7946 0123", "+442079460123"),
    ] {
      let number = PhoneNumber(.complete, key)
      #expect(NumberPlan().caller(raw).number == number)
      #expect(NumberPlan(region: "DE").numbers(inField: raw) == [number])
    }
  }

  @Test("A number without its area, or Italy's without its zero, is no whole one")
  func local() {
    for (region, digits) in [("IN", "23456789"), ("BR", "35550123"), ("IT", "123456")] {
      let number = PhoneNumber(.fragment, digits)
      #expect(NumberPlan(region: region).caller(digits).number == number)
      #expect(NumberPlan(region: region).numbers(inField: digits) == [number])
    }
  }

  @Test("A line or a count before a caller's number is no part of it")
  func count() {
    for raw in ["(2) 0199003161", "File 2 - 0199003161", "2. 01 99 00 31 61"] {
      #expect(NumberPlan().caller(raw).number == PhoneNumber(.complete, "+33199003161"))
    }
  }

  @Test("A number that is only possible goes behind one of a range that is assigned")
  func valid() {
    let plan = NumberPlan(region: "PL")
    #expect(plan.caller("9225550123").number == PhoneNumber(.national, "+48225550123"))
    // A zero that was dialled once.
    #expect(plan.caller("0225550123").number == PhoneNumber(.complete, "+48225550123"))
  }

  @Test(
    "What an exchange puts before every number",
    arguments: [
      ("+330033199003161", "+33199003161"), ("+3333199003161", "+33199003161"),
      ("+330049301234567", "+49301234567"), ("7193#0199003161", "+33199003161"),
      ("99#33199003161", "+33199003161"), ("12*0199003161", "+33199003161"),
    ])
  func beforeEveryNumber(raw: String, key: String) {
    #expect(NumberPlan().caller(raw).number == PhoneNumber(.national, key))
  }

  @Test("A party's own region reads its national numbers, and knows no outside-line prefix")
  func partyRegion() {
    let plan = NumberPlan(outsidePrefix: "0")
    #expect(plan.number("030 123456", region: "DE")?.key == "+4930123456")
    #expect(plan.number("030 123456", region: "de")?.key == "+4930123456")
    #expect(plan.number("0388202122", region: "XX")?.key == "+33388202122")
    #expect(plan.number("0388202122", region: "")?.key == "+33388202122")
    #expect(plan.number("00388202122", region: "FR")?.key == "+33388202122")
  }

  @Test("The length of extensions is the site's", arguments: [(3, "1024"), (5, "123456")])
  func extensionLength(digits: Int, text: String) {
    #expect(
      NumberPlan(extensionDigits: digits).caller(text).number?.kind != .extension || digits == 3)
    #expect(NumberPlan(extensionDigits: 6).caller(text).number?.kind == .extension)
  }

  @Test(
    "What the operator reads",
    arguments: [
      ("+33388202122", "03 88 20 21 22"), ("+33639981234", "06 39 98 12 34"),
      ("+4930123456", "+49 30 123456"), ("+13035550100", "+1 303-555-0100"),
      ("+262262123456", "0262 12 34 56"), ("+33800123456", "0 800 12 34 56"),
    ])
  func display(key: String, text: String) {
    let plan = NumberPlan()
    #expect(plan.display(PhoneNumber(.complete, key)) == text)
    #expect(plan.display(PhoneNumber(.extension, "1024")) == "1024")
    #expect(plan.display(PhoneNumber(.fragment, "88202122")) == "88202122")
  }

  @Test("Regions are checked", arguments: [("FR", true), ("uk", true), ("XX", false), ("", false)])
  func regions(region: String, known: Bool) {
    #expect(NumberPlan.knows(region: region) == known)
  }

  @Test("An unknown region still reads international numbers")
  func unknownRegion() {
    let plan = NumberPlan(region: "XX")
    #expect(plan.caller("+33388202122").number?.key == "+33388202122")
    #expect(plan.caller("0388202122").number == PhoneNumber(.fragment, "0388202122"))
  }

  @Test(
    "Exception patterns stand on the normal form (R36)",
    arguments: [
      ("0388202122", "+33388202122"), ("+33 3 88 20 21 22", "+33388202122"), ("1024", "1024"),
      ("0800*", "+33800*"), ("08 00 *", "+33800*"), ("+33800*", "+33800*"),
      ("0033800*", "+33800*"), ("10??", "10??"), ("*97", "*97"), ("*2122", "*2122"),
      ("03 88 20 21 ??", "+333882021??"), ("0262*", "+262262*"), ("0596*", "+596596*"),
      ("0639981*", "+33639981*"), ("06*", "+336*"), ("0*", "+33*"), ("*", nil), ("??", nil),
      ("", nil), ("abc", nil), ("0800 SAVON", nil), ("08*;rm", nil), ("n/c", nil), ("+*", nil),
      ("0388202122 popup*", nil), (String(repeating: "1*", count: 40), nil),
    ] as [(String, String?)])
  func exceptionPatterns(text: String, pattern: String?) {
    #expect(NumberPlan().exceptionPattern(text) == pattern)
  }

  @Test("The pattern of a prefix holds for the numbers that it means")
  func patternsHold() throws {
    let plan = NumberPlan()
    for (text, number) in [
      ("0800*", "0800123456"), ("0262*", "0262123456"), ("0388??????", "+33388202122"),
    ] {
      let pattern = try #require(plan.exceptionPattern(text))
      let entry = ExceptionNumber(pattern: pattern, list: .own)
      #expect(entry.holds(for: try #require(plan.number(number)), collaborator: nil))
    }
  }
}
