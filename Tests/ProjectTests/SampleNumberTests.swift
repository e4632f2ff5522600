import Testing

/// No number in the project belongs to anybody: French ones come from the ranges that are kept free for
/// fiction, others are known by name here.
struct SampleNumberTests {
  /// The ranges that ARCEP's numbering plan keeps for audiovisual works (decision 2018-0881, 2.5.12),
  /// without their trunk 0, each with four digits to follow.
  static let fictionRanges = ["19900", "26191", "35301", "46571", "53649", "63998"]
  /// What the German agency keeps for films and books (Bundesnetzagentur, "Drama numbers"), by its beginnings.
  static let germanRanges = ["+496990009", "+498999998", "+493023125", "+4917604069"]
  /// The number that documents and drawings of the project share: 03 88 20 21 22.
  static let house = "388202122"

  /// The others, by why they are needed. One more must fit under one of these reasons, or bring its own.
  static let others: [String: Set<String>] = [
    "Neighbours of sample numbers, which must not match them, or only weakly": [
      "+33388202123", "+33388202197", "+33388202610", "+33188202122", "+33399004567",
      "+33388202100", "+33388202101",
    ],
    "Numbering plans without a range for fiction: freephone, mobile, the French overseas": [
      "+33800123456", "+33801123456", "+33612345678", "+33699000000", "+33262000000",
      "+33262123456", "+262262123456", "+262692123456", "+262269601234", "+590590123456",
      "+594594123456", "+596596501234", "+590690123456", "+596696123456",
    ],
    "The same overseas numbers under another code of the plan, as telephones write them too": [
      "+33269601234", "+33590123456", "+33594123456", "+33596501234", "+33692123456",
      "+262596501234",
    ],
    "Other countries: counted up, kept for fiction there, or libphonenumber's own examples": [
      "+4930123456", "+49301234567", "+4915112345678", "+390612345678", "+442079460000",
      "+442079460123",
      "+13035550100", "+3225551212", "+41446681800", "+352123456", "+35226123456", "+34912345678",
      "+351212345678", "+352121212", "+31201234567", "+34612345678", "+34912345679", "+431900090",
      "+43190009123", "+436641234567", "+491711234567", "+491711234568", "+493012034567",
      "+4930123457", "+49301234568", "+12125550123", "+12125550124", "+12125550125", "+31612345678",
      "+35226123457", "+352621123456", "+48225550123", "+48600123456", "+12125550127",
      "+31201234568", "+3221234567", "+3223456789", "+3223456790", "+32475123456", "+390612345679",
      "+4940123456", "+541141234567", "+5491123456789", "+551112345678", "+551123456789",
      "+5511912345678", "+5521912345678", "+912223456789", "+912223456790", "+919876543210",
      "+919876543211", "+911123456789", "+74951234567", "+74951234568", "+4930123458",
      "+6621234567", "+6621234568", "+902125550123", "+3225550123", "+393225550123",
      "+913225550123",
      "+48225550124",
    ],
    "What fields can be read as besides, or pieces of their numbers": [
      "+123456789012345", "+33201234567", "+33446681800", "+33603882021", "+33655500127",
      "+43158858", "+4319000", "+43190009", "+43190019123", "+43699000912", "+49301234",
      "+493012340401234", "+4930900090", "+493320390009", "+49401234", "+494069012", "+4969900",
      "+496990008", "+496990008123", "+49699000810", "+4930123", "+49301230", "+493012345",
      "+91919876543210",
      "+4319000812", "+4319000912", "+4319000914", "+496990019123", "+498999997123", "+4991230176",
      "+33201234568", "+33225550123", "+33475123456", "+33578006084", "+33612345679",
      "+3522612345657", "+3906123456782", "+3906123456789", "+480225550123", "+32475123420",
      "+33475123420",
    ],
    "Plans that add or drop digits, of which none has a range for fiction: 5550-01XX, counted up": [
      "+3903495550127", "+390555500127", "+390655500127", "+390655500128", "+393495550127",
      "+393495550128", "+39655500127", "+39655500128", "+5215555500127", "+525555500127",
      "+525555500128", "+541155500125", "+541155500126", "+541155500127", "+5491155500125",
      "+5491155500126", "+5491155500127", "+5491255500125", "+551155500123", "+551155500124",
      "+551185550124", "+5511955500123", "+5511955500124", "+551198550124", "+5511985550124",
      "+5511985550125", "+5521955500123", "+5521985550124",
    ],
    "Of public reports of what people typed, or next to them": [
      "+31201234567", "+33201234567", "+496990009120", "+496990009123", "+496990009126",
      "+493023125012", "+5511955500123", "+551155500123", "+5491155500126", "+5491155500125",
      "+541155500125", "+5215555500127", "+525555500127", "+33655500127", "+390655500127",
      "+39655500127", "+4917604069012", "+393495550127", "+4969900091", "+4969900090",
      "+49699000910", "+496990009", "+33388202124", "+33388202125", "+49699000911", "+49699000947",
      "+431531230", "+33690009010", "+49987611223344", "+221301990031",
    ],
    "Words on a telephone's keys, which their owners have in every advertisement": [
      "+18003569377", "+18664947227", "+18004478376", "+18004684285", "+18006427676",
    ],
    "No number: all digits in their order": [
      "+33123456789", "+31123456789", "+44123456789", "+901234567890", "+262693123456",
      "+596596123456",
    ],
    "No number: words on a telephone's keys, which networks pass on for a withheld one": [
      "+266696687", "+86282452253", "+7378742833", "+8656696", "+2562533",
    ],
  ]

  @Test func everyNumberIsInvented() {
    let known = Self.others.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    for file in Project.files where file.path != "Tests/ProjectTests/SampleNumberTests.swift" {
      for line in file.lines where line.text.utf8.count(where: { isDigit($0) }) >= 8 {
        for number in Self.numbers(in: String(line.text)) where !Self.isFree(number) {
          #expect(
            known.contains(number),
            "\(file.path):\(line.number): \(number) may be somebody's: take one of the fiction ranges"
          )
        }
      }
    }
  }

  @Test(arguments: [
    ("ring 03 88 20 21 22 now", ["+33388202122"]),
    ("0033.1.99.00.45.67 or +33 (0)1 99 00 45 67", ["+33199004567", "+33199004567"]),
    ("tel=+4930123456&x", ["+4930123456"]),
    ("0388202122 0199004567", ["+33388202122", "+33199004567"]),
    ("2026-11-22T12:44:22 1024 0x0388202122ab", []),
  ])
  func numbersAreFound(text: String, expected: [String]) {
    #expect(Self.numbers(in: text) == expected)
  }

  private static func isFree(_ number: String) -> Bool {
    // Also under a wrong country code or none: a test's spelling of the same number.
    number.hasSuffix(house) || germanRanges.contains(where: number.hasPrefix)
      || fictionRanges.contains { range in
        number.dropLast(4).hasSuffix(range)
      }
  }

  // Not made anew for each line.
  nonisolated(unsafe) private static let french =
    /(?:\+33|0033|33|0)[ .\-]?(?:\(0\))?[ .\-]?(?<first>[1-9])(?<rest>(?:[ .\-]?[0-9]{2}){4})/
  nonisolated(unsafe) private static let foreign = /\+(?!33)[1-9](?:[ .\-]?[0-9]){6,14}/

  /// What reads as a French number, or as one with a country code, in normal form.
  static func numbers(in line: String) -> [String] {
    let text = String(line.map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 })
    var found: [(at: String.Index, number: String)] = []
    for match in text.matches(of: french) where stands(alone: match.range, in: text) {
      found.append(
        (match.range.lowerBound, "+33\(match.first)" + match.rest.filter { $0.isNumber }))
    }
    for match in text.matches(of: foreign) where stands(alone: match.range, in: text) {
      found.append((match.range.lowerBound, "+" + match.output.filter { $0.isNumber }))
    }
    return found.sorted { $0.at < $1.at }.map(\.number)
  }

  /// Whether the range is not a part of something longer: `0x0388202122ab` is no number.
  private static func stands(alone range: Range<String.Index>, in text: String) -> Bool {
    if let before = text[..<range.lowerBound].last, before.isNumber { return false }
    guard let after = text[range.upperBound...].first else { return true }
    return !after.isNumber && !after.isLetter
  }
}

private func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
