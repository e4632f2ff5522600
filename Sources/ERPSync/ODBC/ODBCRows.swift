import CODBC
import TextForms
import ThirdPartyStore

/// The rows of an answer, one at a time, as text.
///
/// Text is read as SQL_C_CHAR in pieces, which the drivers cut in the middle of characters: bytes are
/// joined first and read afterwards. Text that is not UTF-8 is read as Windows-1252, and counted.
final class ODBCRows: ERPRows {
  /// A value is cut at this length [bytes]: nothing that is copied is as long.
  static let longestValue = 65_536

  /// The names of the columns, in small letters.
  let columns: [String]
  /// How many values were not UTF-8.
  private(set) var foreignValues = 0

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
    var name = [SQLCHAR](repeating: 0, count: 256)
    for column in 0..<max(0, count) {
      let code = SQLDescribeCol(
        statement.raw, SQLUSMALLINT(clamping: Int(clamping: column) + 1), &name,
        SQLSMALLINT(clamping: name.count), nil, nil, nil, nil,
        nil)
      guard ODBC.succeeds(code) else {
        throw ODBCFailure(statement.diagnostics(), hiding: secret)
      }
      names.append(ODBC.line(name.prefix { $0 != 0 }).lowercased())
    }
    columns = names
  }

  /// The next row, a value for each column and nil for NULL; nil at the end.
  func next() throws(ERPError) -> [String?]? {
    let code = SQLFetch(statement.raw)
    guard code != SQLRETURN(SQL_NO_DATA) else { return nil }
    guard ODBC.succeeds(code) else { throw failure }
    var row: [String?] = []
    row.reserveCapacity(columns.count)
    for column in columns.indices {
      row.append(try value(SQLUSMALLINT(clamping: Int(clamping: column) + 1)))
    }
    return row
  }

  private var failure: ERPError {
    ODBCFailure(statement.diagnostics(), hiding: secret).asking(place, timeLimit)
  }

  private func value(_ column: SQLUSMALLINT) throws(ERPError) -> String? {
    var long: [UInt8] = []
    while true {
      var length: SQLLEN = 0
      let code = SQLGetData(
        statement.raw, column, SQLSMALLINT(SQL_C_CHAR), &block, SQLLEN(clamping: block.count),
        &length)
      if code == SQLRETURN(SQL_NO_DATA) { return text(long[...]) }
      guard ODBC.succeeds(code) else { throw failure }
      if length == SQLLEN(SQL_NULL_DATA) { return nil }
      let isWhole =
        code == SQLRETURN(SQL_SUCCESS) && length >= 0 && length < SQLLEN(clamping: block.count)
      if isWhole && long.isEmpty { return text(block[..<Int(clamping: length)]) }
      long += isWhole ? block[..<Int(clamping: length)] : block.prefix { $0 != 0 }
      if isWhole || long.count >= Self.longestValue { return text(long.prefix(Self.longestValue)) }
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    if bytes.count == Self.longestValue {
      // Cut in the middle of a character.
      return String(decoding: bytes, as: UTF8.self)
    }
    foreignValues += 1
    return Windows1252.decode(bytes)
  }
}
