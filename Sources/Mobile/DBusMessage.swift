/// A message of the D-Bus, as far as it is needed here.
package struct DBusMessage: Hashable {
  /// What it is.
  enum Kind: UInt8 {
    case call = 1
    case answer, failure, signal
  }

  /// The fields of its head.
  private enum Field: Int64 {
    case path = 1
    case interface, member, error, answers, destination, sender, signature
  }

  /// The bytes of a head without its fields.
  static let headLength = 16
  /// The longest message that is read [bytes].
  static let longest = 1 << 20

  var kind: Kind
  var serial: Int64 = 0
  /// The object that tells, or is told.
  var path = ""
  var interface = ""
  var member = ""
  /// The name of a failure.
  var error = ""
  /// The call that is answered.
  var answers: Int64?
  var destination = ""
  /// Who sends it, by the bus's own name for him.
  var sender = ""
  var body: [DBusValue] = []

  /// A message without content.
  init(_ kind: Kind) { self.kind = kind }

  /// Reads a whole message; nil when it is none, or of a kind that nobody knows.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.headLength, let kind = Kind(rawValue: bytes[1]) else { return nil }
    let isLittle = bytes[0] == UInt8(ascii: "l")
    self.init(kind)
    do throws(DBusDecoder.Fault) {
      var head = DBusDecoder(bytes, isLittle: isLittle, from: 4)
      let values = try head.values("uua(yv)")
      serial = values[1].number ?? 0
      var signature = ""
      for field in values[2].list.map(\.list) where field.count == 2 {
        guard let key = field[0].number.flatMap({ Field(rawValue: $0) }) else { continue }
        let text = field[1].text ?? ""
        switch key {
        case .path: path = text
        case .interface: interface = text
        case .member: member = text
        case .error: error = text
        case .answers: answers = field[1].number
        case .destination: destination = text
        case .sender: sender = text
        case .signature: signature = text
        }
      }
      let length = Int(clamping: values[0].number ?? 0)
      guard length <= bytes.count else { return nil }
      var content = DBusDecoder(Array(bytes[(bytes.count - length)...]), isLittle: isLittle)
      body = try content.values(signature)
    } catch {
      return nil
    }
  }

  // MARK: - Calls

  /// What a call is given.
  enum Argument: Hashable {
    case text(String)
    /// `a{sv}` of texts.
    case options([String: String])

    var signature: String {
      switch self {
      case .text: "s"
      case .options: "a{sv}"
      }
    }
  }

  /// A call as it is sent.
  static func call(
    _ serial: Int, to destination: String, _ path: String, _ interface: String, _ member: String,
    _ arguments: [Argument] = []
  ) -> [UInt8] {
    var body = Encoder()
    for argument in arguments {
      switch argument {
      case .text(let text): body.text(text)
      case .options(let options): body.options(options)
      }
    }
    var fields = Encoder()
    let texts: [(UInt8, String, String)] = [
      (1, "o", path), (2, "s", interface), (3, "s", member), (6, "s", destination),
    ]
    for (code, type, text) in texts {
      fields.align(8)
      fields.bytes.append(code)
      fields.signature(type)
      fields.text(text)
    }
    if !arguments.isEmpty {
      fields.align(8)
      fields.bytes.append(8)
      fields.signature("g")
      fields.signature(arguments.map(\.signature).joined())
    }
    var message = Encoder()
    message.bytes = [UInt8(ascii: "l"), Kind.call.rawValue, 0, 1]
    message.number(body.bytes.count)
    message.number(serial)
    message.number(fields.bytes.count)
    message.bytes += fields.bytes
    message.align(8)
    return message.bytes + body.bytes
  }

  /// Writes values, the low byte of a number first.
  private struct Encoder {
    var bytes: [UInt8] = []

    mutating func align(_ boundary: Int) {
      while !bytes.count.isMultiple(of: boundary) { bytes.append(0) }
    }

    mutating func number(_ number: Int) {
      align(4)
      let number = UInt32(clamping: number)
      bytes += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    mutating func text(_ text: String) {
      number(text.utf8.count)
      bytes += Array(text.utf8) + [0]
    }

    mutating func signature(_ text: String) {
      bytes.append(UInt8(clamping: text.utf8.count))
      bytes += Array(text.utf8) + [0]
    }

    mutating func options(_ options: [String: String]) {
      var content = Encoder()
      // The content begins on a boundary of 8 in the message, too.
      for (key, value) in options.sorted(by: { $0.key < $1.key }) {
        content.align(8)
        content.text(key)
        content.signature("s")
        content.text(value)
      }
      number(content.bytes.count)
      align(8)
      bytes += content.bytes
    }
  }
}
