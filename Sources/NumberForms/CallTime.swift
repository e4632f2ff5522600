// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The date and the time of a call, which some telephones and logs write beside the caller.
///
///     14:32 0199003161   2024-11-29T14:32:05Z 0199003161   29/11 14:32 Dupont 0199003161
///
/// A time of the day is one as it stands, and so is a date with its century; what else looks like a date counts beside
/// a time only.
struct CallTime {
  /// What is left.
  let rest: Bytes
  /// Whether a time of the day stood there.
  let hadTime: Bool

  private enum Word {
    case time
    case date
    /// It may be one.
    case shortDate
    case other
  }

  /// Nil when neither stands there, or nothing else.
  init?(_ bytes: Bytes) {
    let words = bytes.split(whereSeparator: { $0.isBlank })
    guard words.count > 1, words.count <= Self.mostWords else { return nil }
    let kinds = words.map { word in
      Self.kind(of: word.trimmed { "[](),;:".utf8.contains($0) })
    }
    hadTime = kinds.contains(.time)
    guard hadTime || kinds.contains(.date) else { return nil }
    var rest: [UInt8] = []
    for index in words.indices {
      let before = index > 0 ? kinds[index - 1] : .other
      let after = index + 1 < kinds.count ? kinds[index + 1] : .other
      switch kinds[index] {
      case .time, .date: continue
      case .shortDate where before == .time || after == .time: continue
      case .other where before == .time && Self.isHalf(words[index]): continue
      default:
        if !rest.isEmpty { rest.append(0x20) }
        rest += words[index]
      }
    }
    guard !rest.isEmpty else { return nil }
    self.rest = rest[...]
  }

  /// Whether a day with its month and its century is a word of the text: `05/12/2021 14`, `2021-12-05`.
  static func hasDate(_ bytes: Bytes) -> Bool {
    bytes.split(whereSeparator: { $0.isBlank }).contains { isDate($0) == .date }
  }

  /// Whether what is left is a caller: a number, or a word for none.
  var isCaller: Bool {
    guard let digits = DialCharacters.cleaned(rest) else { return Unwrapping.isNobody(rest) }
    return hadTime || digits.utf8.count { $0.isDigit } > 5
  }

  private static let mostWords = 32

  private static func isHalf(_ word: Bytes) -> Bool { word.spells("am") || word.spells("pm") }

  private static func kind(of word: Bytes) -> Word {
    guard word.first?.isDigit == true else { return .other }
    if isTime(word) { return .time }
    if case (let date, let time?) = word.cut(at: UInt8(ascii: "T")), isDate(date) == .date,
      isTime(time.prefix(5))
    {
      return .time
    }
    return isDate(word)
  }

  /// `14:32`, `8:05:59`.
  private static func isTime(_ word: Bytes) -> Bool {
    let groups = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(groups.count), groups[0].count < 3,
      let hour = WrittenDate.number(groups[0]), hour <= 24
    else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 2 && (WrittenDate.number($0) ?? 60) < 60 }
  }

  private static func isDate(_ word: Bytes) -> Word {
    if WrittenDate.isWhole(word) { return .date }
    guard let mark = word.first(where: { "/.-".utf8.contains($0) }) else { return .other }
    let groups = word.split(separator: mark, omittingEmptySubsequences: false)
    let values = groups.filter { $0.count < 3 }.compactMap(WrittenDate.number)
    guard (2...3).contains(groups.count), values.count == groups.count,
      groups.count == 3 || values.allSatisfy({ (1...31).contains($0) })
    else { return .other }
    return values.contains { (1...12).contains($0) } ? .shortDate : .other
  }
}
