import TextForms

/// Finds out how a CSV file is written, from its first block.
enum CSVSniffer {
  static let separators = [";", ",", "\t", "|"].map { UInt8(ascii: $0) }
  private static let rareSeparators = ["^", "~", "\u{1F}", "\u{1}"].map { UInt8(ascii: $0) }
  /// Lines above the headers, as reports have them: at most so many rows, or so many before a gap, as on a sheet of
  /// its own.
  private static let (mostTitles, mostBeforeGap) = (20, 500)
  /// The rows by which a column is judged.
  private static let mostRows = 50

  /// Reads the header line in the first block of a file, and returns it with a reader that stands behind
  /// it. The separator is the one under which most headers are recognised. Throws `badInput`.
  static func open(
    _ input: InputFile, block: [UInt8], map: ImportMap = ImportMap()
  ) throws(StoreError) -> (ImportHeader, CSVReader) {
    let (block, named) = withoutSeparatorLine(block)
    let quote = quote(of: block)
    var best: (separator: UInt8, isWrapped: Bool, titles: Int, header: ImportHeader)?
    // The one that the file names may be another than it has.
    let ways =
      (named.map { [([$0], false)] } ?? [])
      + [(separators, false), (rareSeparators, false), (separators, true)]
    // All that do not occur make the same single column of it.
    var isColumnRead = false
    for (separators, isWrapped) in ways where best?.header.isUsable != true {
      if isWrapped { isColumnRead = false }
      for separator in separators {
        let isAbsent = !block.contains(separator)
        if isAbsent, isColumnRead { continue }
        isColumnRead = isColumnRead || isAbsent
        let trial = CSVReader(
          separator: separator, block: block, isWrapped: isWrapped, quote: quote)
        guard let found = try header(trial, map) else { continue }
        if found.header.rank > best?.header.rank ?? 0 {
          best = (separator, isWrapped, found.titles, found.header)
        }
      }
    }
    guard let best, best.header.isUsable else {
      if best == nil, map == ImportMap(),
        let bare = try unwritten(block, input, named.map { [$0] } ?? separators)
      {
        return bare
      }
      if block.count < CSVReader.blockSize, let upright = try SidewaysTable.upright(block, map) {
        return try open(InputFile(name: input.name, bytes: []), block: upright, map: map)
      }
      throw refusal(input, best?.header, block)
    }
    guard !map.missing(from: best.header.texts) else {
      throw StoreError(
        .badInput, "\(input.name) has no such header as --map names; \(told(best.header.texts))")
    }
    var reader = CSVReader(
      separator: best.separator, block: block, input: input, isWrapped: best.isWrapped,
      quote: quote)
    for _ in 0...best.titles { _ = try reader.next() }
    return (best.header, reader)
  }

  /// The quotation marks of the file: some programs write apostrophes, around each field of the first line.
  private static func quote(of block: [UInt8]) -> UInt8 {
    let line = block.drop { $0 <= 0x20 }.prefix { $0 != Ascii.cr && $0 != Ascii.lf }
    let fields = line.split { (separators + rareSeparators).contains($0) }
    let isQuoted =
      fields.count > 1
      && fields.allSatisfy {
        $0.count > 1 && $0.first == Ascii.apostrophe && $0.last == Ascii.apostrophe
      }
    return isQuoted ? Ascii.apostrophe : Ascii.quote
  }

  /// A reader of rows that have no headers above them, where it is plain what they are.
  private static func unwritten(
    _ block: [UInt8], _ input: InputFile, _ separators: [UInt8]
  ) throws(StoreError) -> (ImportHeader, CSVReader)? {
    for separator in separators {
      var trial = CSVReader(separator: separator, block: block)
      let rows = try trial.some(mostRows)
      guard let header = ImportHeader.unwritten(over: rows) else { continue }
      return (header, CSVReader(separator: separator, block: block, input: input))
    }
    return nil
  }

  /// The row that is most of a header line, of the first block only: one that does not end in it is none.
  private static func header(
    _ reader: CSVReader, _ map: ImportMap
  ) throws(StoreError) -> (titles: Int, header: ImportHeader)? {
    var trial = reader
    var best: (titles: Int, header: ImportHeader)?
    var line = 0
    for titles in 0..<mostBeforeGap {
      guard best?.header.isUsable != true || titles < mostTitles, let record = try trial.next()
      else { break }
      let isBehindGap = record.line > line + 1
      line = record.line
      guard titles < mostTitles || isBehindGap else { continue }
      var header = ImportHeader(record, map: map)
      if let refined = best?.header.refined(by: header, map: map), refined.isUsable {
        return (titles, refined)
      }
      if header.isUnsettled {
        var rows = trial
        header = header.settled(by: try rows.some(mostRows))
      }
      if header.isUsable {
        var rows = trial
        if let first = try rows.next(), first.count == header.texts.count + 1 {
          header = header.shifted(for: try [first] + rows.some(mostRows)) ?? header
        }
      }
      // Above headers there may be some for groups of them: `Client;;Téléphone;;`.
      let isBehindOne = best?.header.isUsable == true
      if header.rank > best?.header.rank ?? 0 { best = (titles, header) }
      if isBehindOne || header.isWhole { break }
    }
    return best
  }

  private static func refusal(
    _ input: InputFile, _ header: ImportHeader?, _ block: [UInt8]
  ) -> StoreError {
    let known = "known columns: " + ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")
    if block[...].firstPlace(of: Array("sip:".utf8)) != nil {
      return StoreError(
        .badInput,
        "\(input.name) has no header line, and addresses of SIP in it, as the lists of softphones: export it as vCard, or write names and numbers into a CSV"
      )
    }
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
      "\(input.name): \(lack); \(told(header.texts)); name one by hand, --map 'HEADER=\(header.hasNumbers ? "name" : "phone")'; \(known)"
    )
  }

  private static func told(_ headers: [String]) -> String {
    let shown = headers.filter { !$0.isEmpty }.prefix(60).map { "\"\($0.prefix(60))\"" }
    return "its headers are \(shown.joined(separator: ", "))"
  }

  /// Excel's own first line, `sep=;`, is made an empty one, which keeps the lines' numbers; and the separator that
  /// it names, where there is one.
  private static func withoutSeparatorLine(_ block: [UInt8]) -> ([UInt8], UInt8?) {
    let line = block.prefix { $0 != Ascii.cr && $0 != Ascii.lf }
    let text = line.filter { $0 != Ascii.quote }
    guard line.count < block.count, (5...8).contains(line.count),
      String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return (block, nil) }
    let marks = text.dropFirst(4).filter { $0 != Ascii.blank }
    let rest = Array(block[line.endIndex...])
    guard let separator = marks.first else { return (rest, nil) }
    // Other programs write further separators behind it.
    let isOne = marks.dropFirst().allSatisfy { $0 == separator || $0 == UInt8(ascii: ";") }
    return (rest, isOne && separator < 0x80 ? separator : nil)
  }
}

extension CSVReader {
  /// Some of the next rows.
  fileprivate mutating func some(_ count: Int) throws(StoreError) -> ArraySlice<CSVRecord> {
    var rows: [CSVRecord] = []
    while rows.count < count, let row = try next() { rows.append(row) }
    return rows[...]
  }
}

extension ImportHeader {
  /// Whether each field has a header of its own: no line below it is another header, whatever stands there.
  fileprivate var isWhole: Bool {
    recognised > 1 && texts.count > 2 && Set(texts).count == texts.count
      && texts.allSatisfy { $0.contains(where: \.isLetter) && !$0.hasTelephone }
  }

  /// How much of a header line it is: those that can be used before all others.
  fileprivate var rank: Int { recognised + (isUsable ? 1_000 : 0) }
}
