import Testing

/// No value out of a file, a database or the spool ends the program (R54): what reads them converts by functions that
/// throw, answer nil or clamp, and never by one that traps.
struct OutsideDataTests {
  /// Who reads what others have written.
  static let readers = [
    "ThirdPartyStore", "ERPSync", "CallWire", "CTIBlock", "OperatorConfiguration", "Doctor",
    "RelayServer", "PhoneNumbers", "NumberForms", "Connector", "LauncherSource", "CTIPoll",
    "Asterisk", "Baresip", "CSTA", "Mobile",
    "FreeSwitch", "FritzBox", "SIP", "XMLForms", "OperatorWindow",
    "WebAccess",
    "CommandOutput",
    "screenpop",
  ]

  /// Conversions that have none of the safe forms and cannot trap, each with its reason.
  static let safe: Set<Substring> = [
    // Four bits index sixteen digits, six bits sixty-four.
    "hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]",
    "base64Digits[Int(bits >> (18 - 6 * UInt32(digit)) & 63)]",
    // Texts, which give nil; the words around them stand on another line.
    "let index = Int(rest[..<end].dropFirst()), index >= 0",
    ".map { Int64(Substring($0)) }",
    // A text whose digits were looked at, and which gives nil.
    "parts.count == 2, Int(parts[1]) != port", "return Int(digits)",
    "significant.isEmpty ? 0 : UInt32(significant).map",
    "let to = Int(last.dropFirst()), to > from, to - from < Self.longestRange",
    // Within bounds that stand in the same line.
    "said.isFinite ? Int(max(0, min(said, Double(Self.longestAge)))) : 0",
    // Pauses and limits, which are ours.
    "/ .milliseconds(1))", "/ .seconds(1))",
    // Constants of the system.
    "CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)",
  ]

  // Not made anew for each line.
  nonisolated(unsafe) private static let conversion =
    /\b(?:U?Int(?:8|16|32|64)?|CInt|CLong|off_t|time_t|SQL[A-Z]+)\(/
  nonisolated(unsafe) private static let unwrapping = /[A-Za-z0-9_\])]!(?:[^=]|$)/

  private static func files(_ folders: [String]) -> [Project.File] {
    folders.flatMap { Project.swiftFiles(in: "Sources/" + $0) }
  }

  /// Lines of code, comments left out.
  private static func code(_ file: Project.File) -> [(number: Int, text: Substring)] {
    file.lines.filter { !$0.text.drop { $0 == " " }.hasPrefix("//") }
  }

  /// `Int(x)` and its like trap when `x` does not fit, which a search cannot know: so the forms that say what
  /// happens then are the only ones. A text in the parentheses gives nil, which the line takes care of.
  @Test(arguments: readers)
  func conversionsSayWhatBecomesOfAValueThatDoesNotFit(folder: String) {
    for file in Self.files([folder]) {
      for line in Self.code(file) {
        for match in line.text.matches(of: Self.conversion) {
          let rest = line.text[match.range.upperBound...]
          guard !Self.isSafe(rest), !Self.takesNil(line.text),
            !Self.safe.contains(where: { line.text.contains($0) })
          else { continue }
          Issue.record("\(file.path):\(line.number) may trap: \(line.text)")
        }
      }
    }
  }

  /// Whether what follows the parenthesis says so, or is a constant.
  private static func isSafe(_ rest: Substring) -> Bool {
    let labels = [
      "clamping:", "exactly:", "truncatingIfNeeded:", "bitPattern:", "ascii:", "age:", "event:",
    ]
    return labels.contains { rest.hasPrefix($0) }
      || rest.prefixMatch(of: /[A-Z_][A-Z_0-9]*(?:\.rawValue)?\)|-?[0-9]|\)/) != nil
  }

  private static func takesNil(_ line: Substring) -> Bool {
    ["flatMap", "compactMap", "if let", "guard let", ", let ", "??", "radix:"].contains {
      line.contains($0)
    }
  }

  /// The cells of a store's files have one reader; GRDB's own traps on a wrong one, or takes it for another.
  @Test func aStoresCellsHaveOneReader() {
    let words = [
      "row[", ".fetchOne(", ".fetchAll(", ".fetchSet(", "sqlite3_column_", "sqlite3_value_",
      "fromDatabaseValue",
    ]
    for file in Self.files(["ThirdPartyStore"]) where !file.path.hasSuffix("/Cells.swift") {
      for line in Self.code(file) {
        for word in words where line.text.contains(word) {
          // What SQL hands to the functions of SearchText and StrictTables, where a wrong value is NULL.
          if word == "fromDatabaseValue", line.text.contains("String.fromDatabaseValue(values[0])")
          {
            continue
          }
          // A row of what an export writes.
          if word == "row[", line.text.contains("row[column]") || line.text.contains("?? row[$0]") {
            continue
          }
          Issue.record("\(file.path):\(line.number) reads cells by \(word)")
        }
      }
    }
  }

  /// The values of an ERP's answer are texts, cut at a length, and have one reader.
  @Test func anERPsValuesHaveOneReader() {
    for file in Self.files(["ERPSync"]) where !file.path.hasSuffix("/ODBCRows.swift") {
      for line in Self.code(file) where line.text.contains("SQLGetData(") {
        Issue.record("\(file.path):\(line.number) reads values of an answer")
      }
    }
  }

  /// The parser of TOML ends the process over some texts.
  @Test func tomlIsMadeHarmlessFirst() {
    var doors = 0
    for file in Project.swiftFiles(in: "Sources") {
      for line in Self.code(file) where line.text.contains("TOMLTable(string:") {
        doors += 1
        if line.text.contains("TOMLTable(string: TOMLText.harmless(") { continue }
        Issue.record("\(file.path):\(line.number) gives the parser a text as it comes")
      }
    }
    #expect(doors > 0)
  }

  /// What is taken as being there may not be.
  @Test func nothingIsUnwrappedByForce() {
    for file in Project.swiftFiles(in: "Sources") {
      for line in Self.code(file) where line.text.utf8.contains(UInt8(ascii: "!")) {
        if !line.text.contains("\""), line.text.contains(Self.unwrapping) {
          Issue.record("\(file.path):\(line.number) unwraps by force: \(line.text)")
        }
      }
    }
  }

  /// Arithmetic that wraps round is meant where it stands: a hash, and the time in a name.
  @Test func arithmeticThatWrapsRoundIsMeant() {
    let meant = ["ImportRow.swift", "MessageID.swift"]
    for file in Project.swiftFiles(in: "Sources") {
      for line in Self.code(file) where line.text.utf8.contains(UInt8(ascii: "&")) {
        if line.text.contains(/&[+*-]/), !meant.contains(where: { file.path.hasSuffix("/" + $0) }) {
          Issue.record("\(file.path):\(line.number) wraps round: \(line.text)")
        }
      }
    }
  }
}
