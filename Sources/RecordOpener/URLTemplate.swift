import TextForms

/// A URL with placeholders, for the desktop's opener: `https://erp.example/party?code={code}`.
public struct URLTemplate: Hashable, Sendable {
  /// The template as it was written.
  public let text: String
  private let template: Template

  /// Checks the template; throws ``OpenError/badTarget(_:)``.
  ///
  /// It needs a scheme (RFC 3986, 3.1) and, unless everybody may get the same page, a placeholder. No
  /// value may choose the host: a name is written by a stranger, and the page that opens must be the one
  /// that was configured.
  public init(_ text: String, needsPlaceholder: Bool = true) throws(OpenError) {
    let shown = text.brief
    guard let colon = text.firstIndex(of: ":"), Self.isScheme(text[..<colon]) else {
      throw .badTarget("\"\(shown)\" is no URL: it must begin with a scheme such as https:")
    }
    if let stray = text.unicodeScalars.first(where: { !Self.mayStand($0) }) {
      throw .badTarget(
        "\"\(shown)\" contains U+\(String(stray.value, radix: 16, uppercase: true)), "
          + "which a URL cannot: write it percent-encoded")
    }
    let template = try Template(text)
    guard !template.placeholders.isEmpty || !needsPlaceholder else {
      throw .badTarget(
        "\"\(shown)\" would open the same page for everybody: add a placeholder, "
          + "one of \(Placeholder.all)")
    }
    let afterScheme = text[text.index(after: colon)...]
    // A browser takes `https:x` and `https:///x` for `https://x` (WHATWG URL Standard, 4.4).
    let isWeb = ["http", "https"].contains(text[..<colon].lowercased())
    if isWeb || afterScheme.hasPrefix("//") {
      let host = (isWeb ? afterScheme.drop { $0 == "/" } : afterScheme.dropFirst(2))
        .prefix { !"/?#".contains($0) }
      guard !host.contains("{") else {
        throw .badTarget("\"\(shown)\" has a placeholder in its host: no value may choose the host")
      }
    }
    self.text = text
    self.template = template
  }

  /// The URL with the values in place, percent-encoded as UTF-8 but for the unreserved characters
  /// (RFC 3986, 2.3): `Dupont & Fils` becomes `Dupont%20%26%20Fils`. The `+` of a number stays as it is
  /// in `tel:` and its like, of which it is a part (RFC 3966, 3).
  public func url(for values: RecordValues) -> String {
    template.filled(with: values) { value in
      let isNumber = keepsPlus && value.hasPrefix("+")
      return isNumber
        ? "+" + PercentCoding.encode(String(value.dropFirst())) : PercentCoding.encode(value)
    }
  }

  /// Whether the scheme is one of telephone numbers.
  private var keepsPlus: Bool {
    ["tel", "callto", "sip", "sips"].contains(text.prefix { $0 != ":" }.lowercased())
  }

  /// The placeholders in it.
  public var placeholders: Set<Placeholder> { template.placeholders }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || isDigit($0)
        || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0)
    }
  }

  /// ASCII that is printable; braces are the template's own.
  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    (0x21...0x7E).contains(scalar.value) && !"\"<>\\^`|".unicodeScalars.contains(scalar)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
