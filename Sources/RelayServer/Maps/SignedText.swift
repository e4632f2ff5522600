import NIOHTTP1

/// What a vendor's signature is a code of: a text in which braces stand for parts of the request.
///
///     {body}                                          the body as it came, unless a map says otherwise
///     v0:{header X-Zm-Request-Timestamp}:{body}       Zoom: the header's value, then the body
///     {url}{form}                                     Twilio: the whole URL, then the names and values of the body's form
///     {url}?{form}.{header X-Plivo-Signature-V3-Nonce}  Plivo, for a POST to a URL without a query
struct SignedText: Sendable {
  fileprivate enum Part: Sendable {
    case text([UInt8])
    case body
    /// The URL that the vendor was given: what the request asks for, behind the map's own beginning.
    case url
    /// The fields of the body's form in the order of their names, each name with its value behind it.
    case form
    case header(String)
  }

  private let parts: [Part]
  /// How the vendor's URL begins, up to the path: a proxy before the relay may have another name.
  private let beginning: [UInt8]

  /// What `text` says; nil when it is none, or one without the body's or the form's bytes, which would be a code of nothing.
  init?(_ text: String, beginning: String) {
    var (parts, rest) = ([Part](), text[...])
    while let brace = rest.firstIndex(of: "{") {
      guard let end = rest[brace...].firstIndex(of: "}") else { return nil }
      parts.append(.text(Array(rest[..<brace].utf8)))
      switch rest[brace...].dropFirst().prefix(while: { $0 != "}" }) {
      case "body": parts.append(.body)
      case "url": parts.append(.url)
      case "form": parts.append(.form)
      case let place:
        guard let places = FieldPath(String(place))?.places, places.count == 1,
          case .header(let name) = places[0]
        else { return nil }
        parts.append(.header(name))
      }
      rest = rest[rest.index(after: end)...]
    }
    self.parts = parts + [.text(Array(rest.utf8))]
    self.beginning = Array(beginning.utf8)
    guard parts.contains(where: \.isOfTheBody) else { return nil }
  }

  /// Whether it needs to know how the vendor's URL begins.
  var needsURL: Bool {
    parts.contains { if case .url = $0 { true } else { false } }
  }

  /// The bytes that are signed; nil when a header of them is not there, or twice.
  func bytes(of head: HTTPRequestHead, _ body: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let text): bytes += text
      case .body: bytes += body
      case .url: bytes += beginning + Array(head.uri.utf8)
      case .form: bytes += Self.sorted(FormField.all(in: body))
      case .header(let name):
        let values = head.headers[name]
        guard values.count == 1, let value = values.first else { return nil }
        bytes += Array(value.utf8)
      }
    }
    return bytes
  }

  private static func sorted(_ form: [FormField]) -> [UInt8] {
    form.map { (name: $0.name, value: $0.value.decoded(.blank).bytes) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
      .flatMap { $0.name + $0.value }
  }
}

extension SignedText.Part {
  fileprivate var isOfTheBody: Bool {
    switch self {
    case .body, .form: true
    case .text, .url, .header: false
    }
  }
}
