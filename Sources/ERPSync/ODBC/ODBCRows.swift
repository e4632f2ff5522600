import CODBC
import TextForms
import ThirdPartyStore

/// The rows of an answer, one at a time, as text.
///
/// Text is read as SQL_C_CHAR in pieces, which the drivers cut in the middle of characters: bytes are
/// joined first and read afterwards. Text that is not UTF-8 is read as Windows-1252, and counted. Bytes of a binary
/// column are text if they can be; drivers would give their digits.
final class ODBCRows: ERPRows {
  /// A value is cut at this length [bytes]: nothing that is copied is as long.
  static let longestValue = 65_536

  /// The names of the columns, in small letters.
  let columns: [String]
  /// How many values were not UTF-8.
  private(set) var foreignValues = 0

  /// What the type of a column says of its values.
  private enum Kind {
    case plain
    case bytes
    /// Numbers of which no more than seven digits are kept.
    case rounded
  }

  private let kinds: [Kind]
  private let statement: ODBCHandle
  private let place: String
  private let timeLimit: Int
  private let secret: String?
  private var block = [UInt8](repeating: 0, count: 4096)

  init(
    _ statement: ODBCHandle, place: String, timeLimit: Int, hiding secret: String?
  ) throws(ODBCFailure) {
    self.statement = statement
    self.place = place
    self.timeLimit = timeLimit
    self.secret = secret
    var count: SQLSMALLINT = 0
    guard ODBC.succeeds(SQLNumResultCols(statement.raw, &count)) else {
      throw ODBCFailure(statement.diagnostics(), hiding: secret)
    }
    var names: [String] = []
    var kinds: [Kind] = []
    var name = [SQLCHAR](repeating: 0, count: 256)
    for column in 0..<max(0, count) {
      var type: SQLSMALLINT = 0
      let code = SQLDescribeCol(
        statement.raw, SQLUSMALLINT(clamping: Int(clamping: column) + 1), &name,
        SQLSMALLINT(clamping: name.count), nil, &type, nil, nil,
        nil)
      guard ODBC.succeeds(code) else {
        throw ODBCFailure(statement.diagnostics(), hiding: secret)
      }
      names.append(ODBC.line(name.prefix { $0 != 0 }).lowercased())
      kinds.append(Self.kind(Int32(clamping: type)))
    }
    columns = names
    self.kinds = kinds
  }

  private static func kind(_ type: Int32) -> Kind {
    switch type {
    case SQL_BINARY, SQL_VARBINARY, SQL_LONGVARBINARY: .bytes
    case SQL_REAL: .rounded
    default: .plain
    }
  }

  /// The next row, a value for each column and nil for NULL; nil at the end.
  func next() throws(ERPError) -> [String?]? {
    let code = SQLFetch(statement.raw)
    guard code != SQLRETURN(SQL_NO_DATA) else { return nil }
    guard ODBC.succeeds(code) else { throw failure }
    var row: [String?] = []
    row.reserveCapacity(columns.count)
    for column in columns.indices {
      let kind = kinds[column]
      let value = try value(SQLUSMALLINT(clamping: column + 1), isBytes: kind == .bytes)
      row.append(kind == .rounded ? value.map(Self.rounded) : value)
    }
    return row
  }

  private var failure: ERPError {
    ODBCFailure(statement.diagnostics(), hiding: secret).asking(place, timeLimit)
  }

  /// With the digits alone that are right: `199001000`, of which the last were made up, is `1.99001E+8`.
  private static func rounded(_ number: String) -> String {
    let digits = number.prefix { ("0"..."9").contains($0) }
    guard digits.utf8.count > 7, let first = digits.first else { return number }
    return "\(first).\(digits.dropFirst().prefix(5))E+\(digits.utf8.count - 1)"
  }

  private func value(_ column: SQLUSMALLINT, isBytes: Bool) throws(ERPError) -> String? {
    let type = isBytes ? SQLSMALLINT(SQL_C_BINARY) : SQLSMALLINT(SQL_C_CHAR)
    var long: [UInt8] = []
    while true {
      var length: SQLLEN = 0
      let code = SQLGetData(
        statement.raw, column, type, &block, SQLLEN(clamping: block.count), &length)
      if code == SQLRETURN(SQL_NO_DATA) { return text(long[...], isBytes) }
      guard ODBC.succeeds(code) else { throw failure }
      if length == SQLLEN(SQL_NULL_DATA) { return nil }
      let isWhole =
        code == SQLRETURN(SQL_SUCCESS) && length >= 0 && length < SQLLEN(clamping: block.count)
      if isWhole && long.isEmpty { return text(block[..<Int(clamping: length)], isBytes) }
      long += isWhole ? block[..<Int(clamping: length)] : block.prefix { isBytes || $0 != 0 }
      if isWhole || long.count >= Self.longestValue {
        return text(long.prefix(Self.longestValue), isBytes)
      }
    }
  }

  /// The bytes of `X'4D617578'`; nil where it is none.
  private static func literal(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = Array(text.dropFirst(2).dropLast())
    guard text.last == UInt8(ascii: "'"), digits.count > 1, digits.count.isMultiple(of: 2) else {
      return nil
    }
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
    return bytes.count * 2 == digits.count ? bytes : nil
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ isBytes: Bool) -> String {
    if isBytes, bytes.count > 1, bytes.contains(where: { $0 < 0x09 }) {
      // Text that was filled up with zeros, else a key or a picture.
      let bare = bytes.filter { $0 != 0 }
      return bare.isEmpty || bare.contains { $0 < 0x09 }
        ? bytes.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
        : text(bare[...], false)
    }
    // SQLite's driver writes bytes as SQL does, and says of no column that it holds them.
    if bytes.starts(with: "X'".utf8), let literal = Self.literal(bytes) {
      return text(literal[...], true)
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    if bytes.count == Self.longestValue {
      // Cut in the middle of a character.
      return String(decoding: bytes, as: UTF8.self)
    }
    foreignValues += 1
    return Windows1252.decode(bytes)
  }
}
