/// Which fields hold parts of the numbers in others.
extension ImportHeader {
  /// Of each field of numbers, that in which a part of them stands: one that says of which, else the one right before.
  static func parts(
    _ words: [HeaderWords], of isNumber: (Int) -> Bool, _ isPart: (HeaderWords) -> Bool
  ) -> [Int?] {
    let parts = words.indices.filter { !isNumber($0) && isPart(words[$0]) }
    guard !parts.isEmpty else { return words.map { _ in nil } }
    return words.indices.map { field in
      guard isNumber(field) else { return nil }
      let stem = words[field].partStem
      let own = parts.filter { words[$0].partStem == stem }
      if own.count == 1 || (!stem.isEmpty && !own.isEmpty) { return own[0] }
      // `Landesvorwahl;Ortsvorwahl;Rufnummer`: the last one before it, with nothing else between.
      guard let last = parts.last(where: { $0 < field }), words[last].partStem.isEmpty,
        ((last + 1)..<field).allSatisfy({ words[$0].isArea || words[$0].isCallingCode })
      else { return nil }
      return last
    }
  }

  /// Whether all that stands in the row is of one table within the one of the row above, as headers say in brackets:
  /// `Number (Phone Numbers)`, `Is Primary (Phone Numbers)`. Or it is a value and its kind.
  func isInner(_ record: CSVRecord) -> Bool {
    let kinds = values.map { labels[$0] }
    let isOfValues = texts.indices.allSatisfy { field in
      record.text(field).isEmpty || values.contains(field) || kinds.contains(field)
    }
    if !values.isEmpty, isOfValues { return true }
    var tables = Set<Substring>()
    for field in texts.indices where !record.text(field).isEmpty {
      guard texts[field].last == ")", let start = texts[field].lastIndex(of: "(") else {
        return false
      }
      tables.insert(texts[field][start...])
    }
    // Beside others that are not.
    return tables.count == 1 && texts.contains { !$0.isEmpty && !$0.hasSuffix(tables.first ?? "") }
      && texts.count { $0.hasSuffix(tables.first ?? "") } > 1
  }

  /// Of each field of numbers, the fields right behind it in which they go on: who has a spreadsheet cut texts into
  /// columns cuts numbers as well, and the new columns have no header.
  static func tails(
    _ columns: [ImportColumn?], _ texts: [String], _ rows: ArraySlice<CSVRecord>
  ) -> [Int: Range<Int>] {
    var tails: [Int: Range<Int>] = [:]
    for field in columns.indices where columns[field]?.isNumber == true {
      let end = texts[(field + 1)...].firstIndex { !$0.isEmpty } ?? texts.endIndex
      let all = field..<end
      guard all.count > 1,
        rows.allSatisfy({ row in
          all.allSatisfy { row.text($0).utf8.allSatisfy { (0x30...0x39).contains($0) } }
        }),
        areNumbers(rows.lazy.map { $0.text(all) }), !areNumbers(rows.lazy.map { $0.text(field) })
      else { continue }
      tails[field] = all.dropFirst()
    }
    return tails
  }
}

extension CSVRecord {
  /// The texts of these fields, those that there are.
  func text(_ fields: Range<Int>) -> String {
    fields.map { text($0) }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
