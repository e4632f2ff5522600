/// Reads rows of separated values, a block of the file at a time: RFC 4180, with the liberties that
/// spreadsheets take.
///
/// A field may stand in quotation marks, then it may hold separators, line breaks and doubled marks;
/// a mark inside an unquoted field is a character like any other, and so is one that is never closed, or
/// closed lines later in the middle of a field. Where a backslash stands before a mark and text behind it, backslashes
/// escape marks in that field, as MySQL and phpMyAdmin write them. LF, CRLF or CR end a row. Empty lines are skipped.
package struct CSVReader {
  /// A row longer than this is no row [bytes].
  static let longestRow = 1 << 20
  /// How much of the file is in memory at a time, at least [bytes].
  static let blockSize = 1 << 18

  let separator: UInt8
  /// Whether each row stands in quotation marks as a whole, as where a program wrote the text of a table into one
  /// column of another: `"Nom;Tél"`.
  private let isWrapped: Bool
  /// What quotation marks are here.
  private let quote: UInt8
  /// How much of the file has been taken into blocks [bytes].
  private(set) var bytesRead: Int
  private let input: InputFile?
  /// From the row that is being read on.
  private var block: [UInt8]
  private var position = 0
  private var start = 0
  private var line = 1
  private var previous: UInt8 = 0

  /// Rows of `block`, then of the rest of `input`.
  package init(
    separator: UInt8, block: [UInt8], input: InputFile? = nil, isWrapped: Bool = false,
    quote: UInt8 = Ascii.quote
  ) {
    self.separator = separator
    self.quote = quote
    self.isWrapped = isWrapped
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
  package mutating func next() throws(StoreError) -> CSVRecord? {
    // Quotation marks of the row that are none, by where they stand in it.
    var strays: Set<Int> = []
    let (line, previous) = (line, previous)
    start = position
    while true {
      switch try row(strays) {
      case .row(let record): return isWrapped ? try unwrapped(record) : record
      case .none: return nil
      case .stray(let mark):
        strays.insert(mark)
        (position, self.line, self.previous) = (start, line, previous)
      }
    }
  }

  private func unwrapped(_ record: CSVRecord) throws(StoreError) -> CSVRecord {
    guard record.count == 1 else { return record }
    var inner = CSVReader(separator: separator, block: record.bytes)
    guard var row = try inner.next() else { return record }
    row.line = record.line
    return row
  }

  private enum Reading {
    case row(CSVRecord)
    case none
    /// The quotation mark there opens nothing.
    case stray(Int)
  }

  private mutating func row(_ strays: Set<Int>) throws(StoreError) -> Reading {
    var record = CSVRecord(line: line)
    if !strays.isEmpty { record.notice = "a quotation mark is never closed: read as a character" }
    var state = State.fieldStart
    var (opening, hasBreak, isEscaping) = (0, false, false)
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
      case (.quoted, quote):
        if !isEscaping || !record.escape(quote) { state = .mark }
      case (.quoted, _):
        hasBreak = hasBreak || isBreak
        record.bytes.append(byte)
      case (.mark, quote):
        record.bytes.append(byte)
        state = .quoted
      case (.fieldStart, quote):
        guard !strays.contains(position - 1 - start) else { continue }
        (opening, hasBreak, state) = (position - 1 - start, false, .quoted)
        isEscaping = false
      case (_, separator):
        record.ends.append(record.bytes.count)
        state = .fieldStart
      // A quotation mark may stand behind blanks; others are trimmed off.
      case (.fieldStart, Ascii.blank): continue
      case (let state, _) where isBreak:
        if record.ends.isEmpty && record.bytes.isEmpty && state == .fieldStart {
          record.line = line
          continue
        }
        record.ends.append(record.bytes.count)
        return .row(record)
      default:
        if state == .mark, byte != Ascii.blank {
          if record.escape(quote) {
            (isEscaping, state) = (true, .quoted)
            record.bytes.append(byte)
            continue
          }
          if hasBreak { return .stray(opening) }
        }
        record.bytes.append(byte)
        state = .plain
        readPlain(&record)
      }
      if record.bytes.count > Self.longestRow {
        return state == .quoted ? .stray(opening) : .row(try skip(record))
      }
    }
    if state == .quoted { return .stray(opening) }
    guard !(record.ends.isEmpty && record.bytes.isEmpty && state == .fieldStart) else {
      return .none
    }
    record.ends.append(record.bytes.count)
    return .row(record)
  }

  /// Takes what is in the block of a field without quotation marks.
  private mutating func readPlain(_ record: inout CSVRecord) {
    let first = position
    while position < block.count {
      let byte = block[position]
      guard byte != separator, byte != Ascii.lf, byte != Ascii.cr else { break }
      position += 1
    }
    guard position > first else { return }
    record.bytes += block[first..<position]
    previous = block[position - 1]
  }

  /// Goes to the end of a line that is too long.
  private mutating func skip(_ record: CSVRecord) throws(StoreError) -> CSVRecord {
    start = position
    while let byte = try nextByte() {
      start = position
      previous = byte
      guard byte != Ascii.lf, byte != Ascii.cr else {
        line += 1
        break
      }
    }
    return CSVRecord(line: record.line, damage: "longer than 1 MiB")
  }

  private mutating func nextByte() throws(StoreError) -> UInt8? {
    if position == block.count {
      guard let input else { return nil }
      let more = try input.read(Self.blockSize)
      bytesRead += more.count
      guard !more.isEmpty else { return nil }
      block.removeFirst(start)
      block += more
      (position, start) = (position - start, 0)
    }
    defer { position += 1 }
    return block[position]
  }
}

/// Bytes with a meaning in CSV.
package enum Ascii {
  static let cr = UInt8(ascii: "\r")
  static let lf = UInt8(ascii: "\n")
  package static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let blank = UInt8(ascii: " ")
  static let backslash = UInt8(ascii: "\\")
}

extension CSVRecord {
  /// The row in so many fields, where it is written with another separator than those above it: two files were joined.
  func parted(_ count: Int) -> CSVRecord {
    guard count > 1 else { return self }
    for separator in CSVSniffer.separators {
      var inner = CSVReader(separator: separator, block: bytes)
      if var row = (try? inner.next()) ?? nil, row.count == count {
        row.line = line
        return row
      }
    }
    return self
  }

  /// Puts a quotation mark in the place of the backslash that escapes it; false where none does.
  fileprivate mutating func escape(_ quote: UInt8) -> Bool {
    guard bytes.count > ends.last ?? 0, bytes.last == Ascii.backslash else { return false }
    bytes[bytes.count - 1] = quote
    return true
  }
}
