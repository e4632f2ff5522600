/// A `Content-Type` (RFC 9110, section 8.3): `text/xml; charset="iso-8859-1"`.
struct ContentType: Hashable {
  /// Type and subtype in lower case.
  let media: String
  /// The charset, if one is stated.
  let charset: String?

  /// Reads a header's value.
  init(_ text: String) {
    let parts = text.lowercased().split(separator: ";").map { $0.filter { !$0.isWhitespace } }
    media = parts.first ?? ""
    let stated = parts.dropFirst().first { $0.hasPrefix("charset=") }
    let name = stated?.dropFirst("charset=".count).filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
    }
    charset = name.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether it is JSON.
  var isJSON: Bool { media.hasSuffix("/json") || media.hasSuffix("+json") }
  /// Whether it is XML for machines.
  var isXML: Bool {
    media.hasSuffix("/xml") || (media.hasSuffix("+xml") && media != "application/xhtml+xml")
  }
}
