import CODBC
import TextForms

/// A handle of ODBC, freed with its object.
final class ODBCHandle {
  /// What the handle stands for.
  enum Kind {
    case environment, connection, statement

    fileprivate var code: SQLSMALLINT {
      switch self {
      case .environment: SQLSMALLINT(SQL_HANDLE_ENV)
      case .connection: SQLSMALLINT(SQL_HANDLE_DBC)
      case .statement: SQLSMALLINT(SQL_HANDLE_STMT)
      }
    }
  }

  private let kind: Kind
  /// Keeps what the handle belongs to.
  private let parent: ODBCHandle?
  let raw: SQLHANDLE?

  /// A new handle; nil when ODBC has none, which happens when memory is short.
  init?(_ kind: Kind, in parent: ODBCHandle? = nil) {
    var raw: SQLHANDLE?
    guard ODBC.succeeds(SQLAllocHandle(kind.code, parent?.raw, &raw)) else { return nil }
    self.kind = kind
    self.parent = parent
    self.raw = raw
  }

  deinit { SQLFreeHandle(kind.code, raw) }

  /// What the last function had to say, the first first.
  func diagnostics() -> [ODBCDiagnostic] {
    var diagnostics: [ODBCDiagnostic] = []
    var state = [SQLCHAR](repeating: 0, count: 6)
    var text = [SQLCHAR](repeating: 0, count: 2048)
    var native: SQLINTEGER = 0
    var length: SQLSMALLINT = 0
    // A driver that never comes to an end says nothing that matters after the first few.
    for record in SQLSMALLINT(1)...8 {
      let code = SQLGetDiagRec(
        self.kind.code, raw, record, &state, &native, &text, SQLSMALLINT(clamping: text.count),
        &length)
      guard ODBC.succeeds(code) else { break }
      diagnostics.append(
        ODBCDiagnostic(
          state: String(decoding: state.prefix(5), as: UTF8.self),
          text: ODBC.line(text.prefix { $0 != 0 })))
    }
    return diagnostics
  }
}

/// What ODBC has to say of a failure.
struct ODBCDiagnostic: Hashable {
  /// SQLSTATE, five characters.
  var state: String
  /// The driver's words on one line, without the names of the layers in front.
  var text: String
}

/// Small things that all of the ODBC layer needs.
enum ODBC {
  /// Whether a return code tells of success.
  static func succeeds(_ code: SQLRETURN) -> Bool {
    code == SQLRETURN(SQL_SUCCESS) || code == SQLRETURN(SQL_SUCCESS_WITH_INFO)
  }

  /// A number in the place of a pointer, as attributes want it.
  static func pointer(_ value: Int) -> SQLPOINTER? { UnsafeMutableRawPointer(bitPattern: value) }

  /// Text of a driver on one line: `[unixODBC][Driver]FATAL:  no` is `FATAL: no`.
  static func line(_ bytes: some Sequence<UInt8>) -> String {
    var rest = String(decoding: Array(bytes), as: UTF8.self)[...]
    while rest.first == "[", let end = rest.firstIndex(of: "]") {
      rest = rest[rest.index(after: end)...].drop { $0 == " " }
    }
    return PlainText.cleaned(String(rest), limit: 300)
  }
}
