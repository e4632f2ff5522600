/// Finds out how a CSV file is written, from its first block.
enum CSVSniffer {
  private static let separators = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]

  /// Reads the header line in the first block of a file, and returns it with a reader that stands behind
  /// it. The separator is the one under which most headers are recognised. Throws `badInput`.
  static func open(
    _ input: InputFile, block: [UInt8]
  ) throws(StoreError) -> (ImportHeader, CSVReader) {
    let block = withoutSeparatorLine(block)
    var best = (separator: separators[0], recognised: 0)
    for separator in separators {
      // Of the first block only: a header line that does not end in it is none.
      var trial = CSVReader(separator: separator, block: block)
      guard let record = try trial.next(), record.damage == nil else { continue }
      let recognised = ImportHeader(record).recognised
      if recognised > best.recognised { best = (separator, recognised) }
    }
    var reader = CSVReader(separator: best.separator, block: block, input: input)
    let header = best.recognised > 0 ? try reader.next().map { ImportHeader($0) } : nil
    let expected = ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")
    guard let header, header.has(.name) || header.has(.code) else {
      throw StoreError(
        .badInput,
        "\(input.name) has no header line with a column code or name; known columns: \(expected)")
    }
    return (header, reader)
  }

  /// Excel's own first line, `sep=;`, is made an empty one, which keeps the lines' numbers.
  private static func withoutSeparatorLine(_ block: [UInt8]) -> [UInt8] {
    guard block.count > 5, block.starts(with: "sep=".utf8), [Ascii.cr, Ascii.lf].contains(block[5])
    else { return block }
    return Array(block.dropFirst(5))
  }
}
