/// Reads rows of separated values, a block of the file at a time: RFC 4180, with the liberties that
/// spreadsheets take.
///
/// A field may stand in quotation marks, then it may hold separators, line breaks and doubled marks;
/// a mark inside an unquoted field is a character like any other. LF, CRLF or CR end a row. Empty
/// lines are skipped.
struct CSVReader {
  /// A row longer than this is no row: a quotation mark was never closed [bytes].
  static let longestRow = 1 << 20
  /// How much of the file is in memory at a time [bytes].
  static let blockSize = 1 << 18

  let separator: UInt8
  /// How much of the file has been taken into blocks [bytes].
  private(set) var bytesRead: Int
  private let input: InputFile?
  private var block: [UInt8]
  private var position = 0
  private var line = 1
  private var previous: UInt8 = 0
  private var isFinished = false

  /// Rows of `block`, then of the rest of `input`.
  init(separator: UInt8, block: [UInt8], input: InputFile? = nil) {
    self.separator = separator
    self.block = block
    self.input = input
    bytesRead = block.count
  }

  private enum State {
    case fieldStart
    case plain
    case quoted
    /// After a quotation mark inside a quoted field: doubled, or the end of the quoted part.
    case mark
  }

  /// The next row that is not empty, nil after the last.
  mutating func next() throws(StoreError) -> CSVRecord? {
    guard !isFinished else { return nil }
    var record = CSVRecord(line: line)
    var state = State.fieldStart
    while let byte = try nextByte() {
      let followsReturn = previous == Ascii.cr
      previous = byte
      if byte == Ascii.lf && followsReturn {
        // The second half of a CRLF: the row ended at its first, unless it stands in quotes.
        if state == .quoted { record.bytes.append(byte) }
        continue
      }
      let isBreak = byte == Ascii.lf || byte == Ascii.cr
      if isBreak { line += 1 }
      switch (state, byte) {
      case (.quoted, Ascii.quote): state = .mark
      case (.quoted, _): record.bytes.append(byte)
      case (.mark, Ascii.quote):
        record.bytes.append(byte)
        state = .quoted
      case (.fieldStart, Ascii.quote): state = .quoted
      case (_, separator):
        record.ends.append(record.bytes.count)
        state = .fieldStart
      case (let state, _) where isBreak:
        if record.ends.isEmpty && record.bytes.isEmpty && state == .fieldStart {
          record.line = line
          continue
        }
        record.ends.append(record.bytes.count)
        return record
      default:
        record.bytes.append(byte)
        state = .plain
      }
      if record.bytes.count > Self.longestRow {
        return broken(record, "longer than 1 MiB; is a quotation mark never closed?")
      }
    }
    isFinished = true
    if state == .quoted { return broken(record, "a quotation mark is never closed") }
    guard !(record.ends.isEmpty && record.bytes.isEmpty && state == .fieldStart) else { return nil }
    record.ends.append(record.bytes.count)
    return record
  }

  private mutating func broken(_ record: CSVRecord, _ why: String) -> CSVRecord {
    isFinished = true
    return CSVRecord(line: record.line, damage: "\(why); nothing after it was read")
  }

  private mutating func nextByte() throws(StoreError) -> UInt8? {
    if position == block.count {
      guard let input else { return nil }
      block = try input.read(Self.blockSize)
      position = 0
      bytesRead += block.count
      guard !block.isEmpty else { return nil }
    }
    defer { position += 1 }
    return block[position]
  }
}

/// Bytes with a meaning in CSV.
enum Ascii {
  static let cr = UInt8(ascii: "\r")
  static let lf = UInt8(ascii: "\n")
  static let quote = UInt8(ascii: "\"")
}
