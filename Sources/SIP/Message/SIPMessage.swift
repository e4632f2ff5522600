import HeaderForms
import TextForms

/// A SIP message as it came (RFC 3261, section 7).
///
///     NOTIFY sip:screenpop@192.0.2.10:40112 SIP/2.0
///     Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK776
///     From: <sip:1024@pbx.example>;tag=a73kszlfl
///     …
///
///     <?xml version="1.0"?><dialog-info …
///
/// Whatever is read of it was written by a stranger: no text of it holds a control character, and a field that breaks the
/// grammar costs itself, not the call.
struct SIPMessage: Hashable {
  /// The first line.
  enum Start: Hashable {
    case request(method: String)
    case status(Int)
  }

  /// The longest message that is read: what a datagram can hold [bytes].
  static let longest = 65_535
  private static let mostFields = 256

  /// The first line.
  let start: Start
  /// Whom a request is for: `sip:1024@192.0.2.10:40112`; nil of a status.
  let target: String?
  /// Whether the body was longer than a message may be, or is not all there, and was left out.
  var isCut = false
  /// What stands after the empty line.
  var body: [UInt8] = []
  /// Names in lower case and in full.
  private let fields: [(name: String, value: String)]

  /// A whole message: a datagram. Nil when it is none.
  init?(_ bytes: [UInt8]) {
    // Line ends before a message are passed over (RFC 3261, section 7.5).
    let bytes = bytes.drop { $0 == 0x0D || $0 == 0x0A }
    guard let end = Self.endOfHead(bytes) else { return nil }
    self.init(head: bytes[..<end])
    let rest = bytes[end...]
    switch contentLength {
    case .absent: body = Array(rest)
    case .bytes(let count) where count <= rest.count: body = Array(rest.prefix(count))
    // Who calls stands in the head.
    case .bytes: isCut = true
    case .unreadable: return nil
    }
  }

  /// A message up to and with its empty line; the body is still to come.
  init?(head: ArraySlice<UInt8>) {
    guard head.count <= Self.longest else { return nil }
    let lines = Self.lines(head)
    guard let first = lines.first, let (start, target) = Self.start(first),
      lines.count <= Self.mostFields
    else { return nil }
    var fields: [(name: String, value: String)] = []
    for line in lines.dropFirst() {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = line[..<colon].lowercased().trimmingBlanks
      let value = String(line[line.utf8.index(after: colon)...]).trimmingBlanks
      fields.append((Self.fullNames[name] ?? name, value))
    }
    self.start = start
    self.target = target
    self.fields = fields
  }

  /// The lines of a head, each with those that continue it.
  ///
  /// A control character is a blank, also a line end that is not CR LF: replies repeat fields of the request, and no line of a
  /// stranger's making must get into one; but a name with such a character in it must not cost the call.
  private static func lines(_ head: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var isContinued = false
    for part in head.split(separator: UInt8(ascii: "\n")) {
      let isWhole = part.last == UInt8(ascii: "\r")
      // A name in an 8-bit encoding must cost neither the message nor its letters.
      let line = withoutControls(PlainText.decoded(isWhole ? part.dropLast() : part))
      defer { isContinued = !isWhole }
      if line.isEmpty { continue }
      if isContinued || line.first == " " || line.first == "\t", !lines.isEmpty {
        lines[lines.count - 1] += " " + line.trimmingBlanks
      } else {
        lines.append(line)
      }
    }
    return lines
  }

  private static func withoutControls(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: isForbidden) else { return line }
    return String(String.UnicodeScalarView(line.unicodeScalars.map { isForbidden($0) ? " " : $0 }))
  }

  /// Where the head ends, its empty line included; nil when there is no such line.
  static func endOfHead(_ bytes: ArraySlice<UInt8>) -> Int? {
    bytes.firstPlace(of: [0x0D, 0x0A, 0x0D, 0x0A])?.upperBound
  }

  /// The value of the first field of this name (in lower case).
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The values of all fields of this name, as they stand.
  func fields(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// The entries of all fields of this name, each a list with commas.
  func entries(_ name: String) -> [String] {
    fields(name).flatMap { HeaderSyntax.split($0, at: ",") }
  }

  /// The number in a field, such as `Expires`; nil when there is none.
  func number(_ name: String) -> Int? {
    // `Retry-After: 120 (the exchange restarts);duration=3600`
    self[name].flatMap { HeaderSyntax.number($0.prefix { ("0"..."9").contains($0) }) }
  }

  /// How long the server wants to be left alone, an hour at most [ms]; nil: it does not say.
  var retryAfter: Int64? {
    number("retry-after").map { Int64(clamping: max(1, min($0, 3_600))) * 1_000 }
  }

  private static func start(_ line: String) -> (Start, target: String?)? {
    let words = line.split(separator: " ", maxSplits: 2)
    if words.first?.uppercased() == "SIP/2.0" {
      guard words.count >= 2, let code = HeaderSyntax.number(words[1]), (100...699).contains(code)
      else { return nil }
      return (.status(code), nil)
    }
    guard words.count == 3, words[2].uppercased() == "SIP/2.0",
      words[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }), words[0].utf8.count <= 32
    else { return nil }
    return (.request(method: String(words[0])), String(words[1]))
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control && scalar != "\t"
  }

  /// RFC 3261, section 7.3.3, and RFC 6665, section 8.4.
  private static let fullNames = [
    "c": "content-type", "e": "content-encoding", "f": "from", "i": "call-id", "k": "supported",
    "l": "content-length", "m": "contact", "o": "event", "t": "to", "u": "allow-events", "v": "via",
  ]

  static func == (a: SIPMessage, b: SIPMessage) -> Bool {
    a.start == b.start && a.target == b.target && a.body == b.body && a.isCut == b.isCut
      && a.fields.elementsEqual(b.fields) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(start)
    hasher.combine(body)
  }
}

extension SIPMessage {
  /// What the message says of its body.
  enum ContentLength: Hashable {
    case absent
    case bytes(Int)
    case unreadable
  }

  /// How long the body is to be.
  var contentLength: ContentLength {
    guard let value = self["content-length"] else { return .absent }
    return HeaderSyntax.number(value).map { .bytes($0) } ?? .unreadable
  }

  /// The sequence number and the method of `CSeq`; nil when it is broken.
  var sequence: (number: Int, method: String)? {
    let words = (self["cseq"] ?? "").split { $0 == " " || $0 == "\t" }
    guard words.count == 2, let number = Int(words[0]), (0...0xFFFF_FFFF).contains(number) else {
      return nil
    }
    return (number, String(words[1]))
  }

  /// The address in `From` or `To`.
  func address(_ name: String) -> SIPAddress? { self[name].flatMap { SIPAddress($0) } }

  /// The topmost `Via`.
  var via: SIPVia? { entries("via").first.flatMap { SIPVia($0) } }
}
