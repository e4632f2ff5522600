/// Finds out how a CSV file is written, from its first block.
enum CSVSniffer {
  private static let separators = [";", ",", "\t", "|"].map { UInt8(ascii: $0) }
  /// Lines above the headers, as reports have them: at most so many rows.
  private static let mostTitles = 20

  /// Reads the header line in the first block of a file, and returns it with a reader that stands behind
  /// it. The separator is the one under which most headers are recognised. Throws `badInput`.
  static func open(
    _ input: InputFile, block: [UInt8], map: ImportMap = ImportMap()
  ) throws(StoreError) -> (ImportHeader, CSVReader) {
    let block = withoutSeparatorLine(block)
    var best: (separator: UInt8, titles: Int, header: ImportHeader)?
    for separator in separators {
      guard let found = try header(in: block, separator, map) else { continue }
      if found.header.rank > best?.header.rank ?? 0 {
        best = (separator, found.titles, found.header)
      }
    }
    guard let best, best.header.isUsable else { throw refusal(input, best?.header, block) }
    guard !map.missing(from: best.header.texts) else {
      throw StoreError(
        .badInput, "\(input.name) has no such header as --map names; \(told(best.header.texts))")
    }
    var reader = CSVReader(separator: best.separator, block: block, input: input)
    for _ in 0...best.titles { _ = try reader.next() }
    return (best.header, reader)
  }

  /// The row that is most of a header line, of the first block only: one that does not end in it is none.
  private static func header(
    in block: [UInt8], _ separator: UInt8, _ map: ImportMap
  ) throws(StoreError) -> (titles: Int, header: ImportHeader)? {
    var trial = CSVReader(separator: separator, block: block)
    var best: (titles: Int, header: ImportHeader)?
    for titles in 0..<mostTitles {
      guard let record = try trial.next() else { break }
      let header = ImportHeader(record, map: map)
      if header.rank > best?.header.rank ?? 0 { best = (titles, header) }
      if header.isComplete { break }
    }
    return best
  }

  private static func refusal(
    _ input: InputFile, _ header: ImportHeader?, _ block: [UInt8]
  ) -> StoreError {
    let known = "known columns: " + ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")
    guard let header else {
      let first = String(
        decoding: block.prefix { $0 != Ascii.lf && $0 != Ascii.cr }.prefix(200), as: UTF8.self)
      return StoreError(
        .badInput,
        "\(input.name) has no header line with a column code or name; it begins with \"\(first)\"; \(known)"
      )
    }
    let lack =
      header.hasNumbers
      ? "no column says whose numbers they are" : "no column of numbers is understood"
    return StoreError(
      .badInput,
      "\(input.name): \(lack); \(told(header.texts)); name one by hand, --map 'HEADER=phone'; \(known)"
    )
  }

  private static func told(_ headers: [String]) -> String {
    let shown = headers.filter { !$0.isEmpty }.prefix(60).map { "\"\($0.prefix(60))\"" }
    return "its headers are \(shown.joined(separator: ", "))"
  }

  /// Excel's own first line, `sep=;`, is made an empty one, which keeps the lines' numbers.
  private static func withoutSeparatorLine(_ block: [UInt8]) -> [UInt8] {
    guard block.count > 5, block.starts(with: "sep=".utf8), [Ascii.cr, Ascii.lf].contains(block[5])
    else { return block }
    return Array(block.dropFirst(5))
  }
}

extension ImportHeader {
  /// Whether it says who, and has numbers.
  fileprivate var isComplete: Bool { hasNumbers && hasIdentity }

  /// How much of a header line it is: complete ones before all others.
  fileprivate var rank: Int { recognised + (isComplete ? 1_000 : 0) }
}
