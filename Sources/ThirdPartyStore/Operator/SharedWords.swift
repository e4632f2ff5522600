import PhoneNumbers
import Telephony

/// What the files of fellow users say, as far as it can be read.
struct SharedWords: Sendable {
  /// More is nobody's daily work, and no user may fill another's memory.
  static let mostBytes = 262_144
  static let mostLines = 5_000
  static let mostFiles = 1_000

  private(set) var numbers: [PhoneNumber: [PartyReference]] = [:]
  private(set) var ranges: [AttachedRange] = []
  private(set) var choices: [String: [PartyReference: Int]] = [:]
  /// How many users share something.
  private(set) var users = 0
  /// What was left out, and why.
  var faults: [String] = []

  /// How many numbers and ranges are attached.
  var count: Int { numbers.count + ranges.count }

  /// The choice for a number that most have made.
  func choice(for number: PhoneNumber) -> PartyReference? {
    choices[number.key]?.max { a, b in
      (a.value, b.key.code, b.key.sourceKey) < (b.value, a.key.code, a.key.sourceKey)
    }?.key
  }

  /// The narrowest ranges that have the number.
  func ranges(around number: PhoneNumber) -> [AttachedRange] {
    guard !ranges.isEmpty else { return [] }
    let around = Set(NumberPlan.ranges(around: number.key))
    return ranges.filter { around.contains($0.range) }.narrowest
  }

  /// Adds one user's file: rows of CSV, of which each that is not understood is left out.
  mutating func add(_ text: [UInt8]) {
    var reader = CSVReader(
      separator: UInt8(ascii: ","), block: [], input: InputFile(name: "shared", bytes: text))
    var left = Self.mostLines
    users += text.isEmpty ? 0 : 1
    while left > 0, let record = (try? reader.next()) ?? nil {
      left -= 1
      let party = PartyReference(code: record.text(3), sourceKey: record.text(4))
      let (what, key) = (record.text(0), record.text(1))
      guard !party.code.isEmpty, Self.isKey(key) else { continue }
      switch what {
      case "number":
        guard let rank = Int64(record.text(2)), let kind = PhoneNumber.Kind(rank: rank) else {
          continue
        }
        let number = PhoneNumber(kind, key)
        if numbers[number]?.contains(party) != true { numbers[number, default: []].append(party) }
      case "range":
        let entry = AttachedRange(range: NumberRange(prefix: key), party: party)
        if !ranges.contains(entry) { ranges.append(entry) }
      case "choice": choices[key, default: [:]][party, default: 0] += 1
      default: continue
      }
    }
  }

  /// A number as it is kept: digits, with a plus where it has its country.
  private static func isKey(_ text: String) -> Bool {
    let digits = text.hasPrefix("+") ? text.utf8.dropFirst() : text.utf8[...]
    return (1...32).contains(digits.count)
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// A row of a file.
  enum Line {
    case number(PhoneNumber, PartyReference)
    case range(String, PartyReference)
    case choice(String, PartyReference)

    var party: PartyReference {
      switch self {
      case .number(_, let party), .range(_, let party), .choice(_, let party): party
      }
    }

    var text: String {
      let (what, key, kind) =
        switch self {
        case .number(let number, _): ("number", number.key, "\(number.kind.rank)")
        case .range(let prefix, _): ("range", prefix, "")
        case .choice(let key, _): ("choice", key, "")
        }
      return CSVWriter.row([what, key, kind, party.code, party.sourceKey])
    }
  }
}
