/// Days in figures, as people and logs write them.
package enum WrittenDate {
  /// Whether it is a day with its month and its century, in whatever order: `05/12/2021`, `2021-12-05`, `11.29.2024`.
  package static func isWhole(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 10, let mark = text.first(where: { "/.-".utf8.contains($0) }) else {
      return false
    }
    let groups = text.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.count == 3, groups[1].count < 3, let year = groups.first(where: { $0.count == 4 }),
      year.starts(with: "19".utf8) || year.starts(with: "20".utf8), number(year) != nil
    else { return false }
    let others = groups.filter { $0.count < 3 }.compactMap(number)
    return others.count == 2 && others.allSatisfy { (1...31).contains($0) }
      && others.contains { $0 < 13 }
  }

  /// The value of a few digits; nil where there is anything else.
  package static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int(clamping: $1 - 0x30) }
  }
}
