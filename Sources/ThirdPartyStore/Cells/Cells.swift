import GRDB
import GRDBSQLite
import Telephony

/// The cells of the row at which a statement stands, the first of which is 0: the one place that reads what
/// stands in a file of the store.
///
/// A file may hold anything anywhere, whatever its columns were declared to be, so that every reading throws
/// ``WrongCell``: another kind of value, a text that is no UTF-8 or has a NUL in it, a number that arithmetic
/// could leave the range of Int64 with.
struct Cells {
  private let raw: SQLiteStatement

  /// The cells of the row at which this statement stands.
  init(_ raw: SQLiteStatement) { self.raw = raw }

  /// What numbers may be: so far from the ends of Int64 that sums and differences of some need no care.
  static let numbers: ClosedRange<Int64> = -(1 << 53)...(1 << 53)
  /// What the numbers of rows, and counts of them, may be.
  static let counts: ClosedRange<Int64> = 0...(1 << 53)

  /// Whether the cell is NULL.
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

  /// A text.
  func text(_ column: Int32) throws(WrongCell) -> String {
    guard sqlite3_column_type(raw, column) == SQLITE_TEXT else {
      throw wrong(column, content(column))
    }
    // The bytes first: they are counted in the text that this makes UTF-8.
    let start = sqlite3_column_text(raw, column)
    let bytes = UnsafeBufferPointer(
      start: start, count: Int(clamping: sqlite3_column_bytes(raw, column)))
    guard start != nil else { throw wrong(column, "a text for which there is no memory") }
    guard !bytes.contains(0) else { throw wrong(column, "a text with a NUL in it") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw wrong(column, "a text that is no UTF-8")
    }
    return text
  }

  /// A text, or nil for NULL.
  func textOrNil(_ column: Int32) throws(WrongCell) -> String? {
    isNull(column) ? nil : try text(column)
  }

  /// A whole number in a range.
  func number(
    _ column: Int32, in range: ClosedRange<Int64> = numbers
  ) throws(WrongCell) -> Int64 {
    let number = try integer(column)
    guard range.contains(number) else { throw wrong(column, "the number \(number)") }
    return number
  }

  /// A whole number in a range, or nil for NULL.
  func numberOrNil(
    _ column: Int32, in range: ClosedRange<Int64> = numbers
  ) throws(WrongCell) -> Int64? {
    isNull(column) ? nil : try number(column, in: range)
  }

  /// Yes or no.
  func flag(_ column: Int32) throws(WrongCell) -> Bool { try number(column, in: 0...1) == 1 }

  /// The kind of a number, as ``PhoneNumber/Kind/rank`` writes it.
  func kind(_ column: Int32) throws(WrongCell) -> PhoneNumber.Kind {
    let rank = try number(column)
    guard let kind = PhoneNumber.Kind(rank: rank) else { throw wrong(column, "the number \(rank)") }
    return kind
  }

  /// What is kept under a key of the third parties' numbers.
  func kept(_ column: Int32) throws(WrongCell) -> StoredKey.Kind {
    let rank = try number(column)
    guard let kind = StoredKey.Kind(rawValue: rank) else {
      throw wrong(column, "the number \(rank)")
    }
    return kind
  }

  /// A time and its zone, in two columns. Any numbers will do: a clock may have been set to anything, and
  /// ``WallTime`` keeps to what a calendar can show.
  func time(_ column: Int32, zone: Int32) throws(WrongCell) -> WallTime {
    WallTime(
      milliseconds: try integer(column), offset: Int(clamping: try integer(zone)))
  }

  /// A time in UTC, or nil for NULL.
  func timeOrNil(_ column: Int32) throws(WrongCell) -> WallTime? {
    isNull(column) ? nil : WallTime(milliseconds: try integer(column))
  }

  private func integer(_ column: Int32) throws(WrongCell) -> Int64 {
    guard sqlite3_column_type(raw, column) == SQLITE_INTEGER else {
      throw wrong(column, content(column))
    }
    return sqlite3_column_int64(raw, column)
  }

  private func content(_ column: Int32) -> String {
    switch sqlite3_column_type(raw, column) {
    case SQLITE_NULL: "NULL"
    case SQLITE_INTEGER: "a number"
    case SQLITE_FLOAT: "a number that is not whole"
    case SQLITE_BLOB: "a blob"
    default: "a text"
    }
  }

  private func wrong(_ column: Int32, _ content: String) -> WrongCell {
    let name = sqlite3_column_name(raw, column).map { String(cString: $0) }
    return WrongCell(column: name ?? "column \(column)", content: content)
  }
}
