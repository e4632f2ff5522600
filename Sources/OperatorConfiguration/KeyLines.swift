/// In which line each name of a TOML document stands: `port` below `[asterisk]` is `asterisk.port`.
///
/// The parser gives no positions for what it understood, so the text is walked once more: only names,
/// strings, brackets and comments matter, and the document is known to be well formed.
struct KeyLines {
  private var lines: [String: Int] = [:]
  /// In which line the first character of each value that is a string stands.
  private var textLines: [String: Int] = [:]
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// Walks the document.
  init(_ text: String) {
    bytes = Array(text.utf8)
    var table = ""
    while skipBlanks() {
      if current == UInt8(ascii: "[") {
        while current == UInt8(ascii: "[") || isSpace { index += 1 }
        table = path(below: "")
        skipLine()
      } else {
        let name = path(below: table)
        skipValue(of: name)
      }
    }
  }

  /// The first line in which the name stands, from 1; nil when it was written with escapes.
  subscript(name: String) -> Int? { lines[name] }

  /// The line in which the name's text begins, from 1; nil when its value is no text.
  func text(of name: String) -> Int? { textLines[name] }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }
  private var isSpace: Bool { current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") }

  private mutating func note(_ name: String) {
    if lines[name] == nil { lines[name] = line }
  }

  /// Goes to the next name or table; false at the end of the text.
  private mutating func skipBlanks() -> Bool {
    while let byte = current {
      switch byte {
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"): step()
      default: return true
      }
    }
    return false
  }

  /// Notes and gives a dotted name below a table, without quotes; each part of it is a name, too.
  private mutating func path(below table: String) -> String {
    var path = table
    while true {
      path += (path.isEmpty ? "" : ".") + name()
      note(path)
      while isSpace { index += 1 }
      guard current == UInt8(ascii: ".") else { return path }
      index += 1
      while isSpace { index += 1 }
    }
  }

  /// One part of a name, without its quotes.
  private mutating func name() -> String {
    let start = index
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      skipString()
      return String(decoding: bytes[start..<index].dropFirst().dropLast(), as: UTF8.self)
    }
    while let byte = current, !" \t.=]\n".utf8.contains(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// Goes past a value and the line on which it ends.
  private mutating func skipValue(of name: String) {
    var depth = 0
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let start = skipString()
        if depth == 0, textLines[name] == nil { textLines[name] = start }
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "\n") where depth <= 0:
        return
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        step()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        step()
      default: step()
      }
    }
  }

  /// Goes past a string of any of the four kinds (TOML 1.0, String); the line in which its text begins,
  /// to which a line end behind three quotes does not belong.
  @discardableResult
  private mutating func skipString() -> Int {
    let quote = bytes[index]
    let isLong = bytes[index...].prefix(3) == [quote, quote, quote]
    index += isLong ? 3 : 1
    let isBroken =
      isLong
      && (bytes[index...].starts(with: "\n".utf8) || bytes[index...].starts(with: "\r\n".utf8))
    let start = isBroken ? line + 1 : line
    while let byte = current {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        step()
        step()
      } else if byte == quote, !isLong || bytes[index...].prefix(3) == [quote, quote, quote] {
        index += isLong ? 3 : 1
        // A long string may end in one or two quotes of its own.
        while isLong, current == quote { index += 1 }
        return start
      } else {
        step()
      }
    }
    return start
  }

  /// Goes to the end of the line.
  private mutating func skipLine() {
    while let byte = current, byte != UInt8(ascii: "\n") { index += 1 }
  }

  private mutating func step() {
    if current == UInt8(ascii: "\n") { line += 1 }
    index += 1
  }
}
