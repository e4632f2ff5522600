/// One header of a request.
public struct CTIHeader: Hashable, Sendable {
  /// The name, a token of RFC 9110, section 5.6.2.
  public var name: String
  /// The value: visible characters and blanks.
  public var value: String

  /// A header; the caller answers for the characters.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Headers that belong to the connection, and are none of a description's.
  private static let reserved: Set<String> = [
    "connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  /// The headers of a text: `Name: value`, separated by line ends or `;`.
  ///
  /// A `;` separates only where another `Name:` follows it, because values hold it too
  /// (`Accept: text/xml;q=0.9; X-Key: 1` are two headers).
  static func list(_ text: String, problem: (String) -> Void) -> [CTIHeader] {
    lines(text).compactMap { line in
      guard let header = CTIHeader(line: line) else {
        problem("\"\(line)\" is no header: write Name: value")
        return nil
      }
      guard !reserved.contains(header.name.lowercased()) else {
        problem("\(header.name) is set by the connection: remove it")
        return nil
      }
      return header
    }
  }

  private init?(line: String) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    name = line[..<colon].trimmedBlanks
    value = line[line.index(after: colon)...].trimmedBlanks
    guard Self.isToken(name),
      value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\u{7F}" })
    else { return nil }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).flatMap { line in
      line.split(separator: ";").reduce(into: [String]()) { headers, part in
        if headers.isEmpty || beginsHeader(part) {
          headers.append(String(part))
        } else {
          headers[headers.count - 1] += ";" + part
        }
      }
    }.map(\.trimmedBlanks).filter { !$0.isEmpty }
  }

  private static func beginsHeader(_ text: Substring) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return text.trimmedBlanks.isEmpty }
    return isToken(text[..<colon].trimmedBlanks)
      && !text[text.index(after: colon)...].hasPrefix("//")
  }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
