/// Takes values out of bytes by a signature (D-Bus specification, "Marshaling"); nothing of a peer's is trusted.
struct DBusDecoder {
  /// Not what its signature says.
  struct Fault: Error {}

  /// The deepest nesting of values, and the most values of a message.
  private static let deepest = 32
  private static let mostValues = 20_000

  private let bytes: [UInt8]
  private let isLittle: Bool
  private var place: Int
  private var values = 0

  /// A decoder of bytes that begin on a boundary of 8.
  init(_ bytes: [UInt8], isLittle: Bool, from place: Int = 0) {
    (self.bytes, self.isLittle, self.place) = (bytes, isLittle, place)
  }

  /// The values of a whole signature.
  mutating func values(_ signature: String) throws(Fault) -> [DBusValue] {
    var types = Array(signature.utf8)[...]
    var values: [DBusValue] = []
    while !types.isEmpty { values.append(try value(&types, depth: 0)) }
    return values
  }

  /// The value of the first type of a signature, which it is taken out of.
  private mutating func value(_ types: inout ArraySlice<UInt8>, depth: Int) throws(Fault)
    -> DBusValue
  {
    values += 1
    guard depth < Self.deepest, values <= Self.mostValues, let type = types.popFirst() else {
      throw Fault()
    }
    switch type {
    case UInt8(ascii: "y"): return .number(Int64(clamping: try unsigned(1)))
    case UInt8(ascii: "n"):
      return .number(Int64(clamping: Int16(truncatingIfNeeded: try unsigned(2))))
    case UInt8(ascii: "q"): return .number(Int64(clamping: try unsigned(2)))
    case UInt8(ascii: "i"):
      return .number(Int64(clamping: Int32(truncatingIfNeeded: try unsigned(4))))
    case UInt8(ascii: "u"), UInt8(ascii: "b"), UInt8(ascii: "h"):
      return .number(Int64(clamping: try unsigned(4)))
    case UInt8(ascii: "x"), UInt8(ascii: "t"), UInt8(ascii: "d"):
      return .number(Int64(clamping: try unsigned(8)))
    case UInt8(ascii: "s"), UInt8(ascii: "o"):
      return .text(try text(Int(clamping: try unsigned(4))))
    case UInt8(ascii: "g"): return .text(try text(Int(clamping: try unsigned(1))))
    case UInt8(ascii: "v"):
      var inner = Array(try text(Int(clamping: try unsigned(1))).utf8)[...]
      let value = try value(&inner, depth: depth + 1)
      guard inner.isEmpty else { throw Fault() }
      return value
    case UInt8(ascii: "("):
      try align(8)
      var members: [DBusValue] = []
      while types.first != UInt8(ascii: ")") {
        members.append(try value(&types, depth: depth + 1))
      }
      types.removeFirst()
      return .list(members)
    case UInt8(ascii: "a"): return try array(&types, depth: depth)
    default: throw Fault()
    }
  }

  private mutating func array(_ types: inout ArraySlice<UInt8>, depth: Int) throws(Fault)
    -> DBusValue
  {
    let length = Int(clamping: try unsigned(4))
    let element = types
    try skip(&types, depth: depth)
    let isDictionary = element.first == UInt8(ascii: "{")
    try align(Self.alignment(element.first ?? 0))
    let end = place + length
    guard length <= bytes.count, end <= bytes.count else { throw Fault() }
    var list: [DBusValue] = []
    var entries: [String: DBusValue] = [:]
    while place < end {
      let start = place
      if isDictionary {
        try align(8)
        var pair = element.dropFirst()
        let key = try value(&pair, depth: depth + 1)
        entries[key.text ?? ""] = try value(&pair, depth: depth + 1)
      } else {
        var one = element
        list.append(try value(&one, depth: depth + 1))
      }
      guard place > start else { throw Fault() }
    }
    guard place == end else { throw Fault() }
    return isDictionary ? .dictionary(entries) : .list(list)
  }

  /// Passes over one whole type.
  private func skip(_ types: inout ArraySlice<UInt8>, depth: Int) throws(Fault) {
    guard depth < Self.deepest, let type = types.popFirst() else { throw Fault() }
    switch type {
    case UInt8(ascii: "a"): try skip(&types, depth: depth + 1)
    case UInt8(ascii: "("), UInt8(ascii: "{"):
      let end = type == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
      while types.first != end { try skip(&types, depth: depth + 1) }
      types.removeFirst()
    case UInt8(ascii: ")"), UInt8(ascii: "}"): throw Fault()
    default: break
    }
  }

  private static func alignment(_ type: UInt8) -> Int {
    switch type {
    case UInt8(ascii: "n"), UInt8(ascii: "q"): 2
    case UInt8(ascii: "x"), UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "("),
      UInt8(ascii: "{"):
      8
    case UInt8(ascii: "y"), UInt8(ascii: "g"), UInt8(ascii: "v"): 1
    default: 4
    }
  }

  private mutating func align(_ boundary: Int) throws(Fault) {
    place += (boundary - place % boundary) % boundary
    guard place <= bytes.count else { throw Fault() }
  }

  /// An unsigned number of so many bytes, on its boundary.
  private mutating func unsigned(_ size: Int) throws(Fault) -> UInt64 {
    try align(size)
    guard place + size <= bytes.count else { throw Fault() }
    let digits = bytes[place..<(place + size)]
    place += size
    let number = { (number: UInt64, byte: UInt8) in number << 8 | UInt64(clamping: byte) }
    return isLittle ? digits.reversed().reduce(0, number) : digits.reduce(0, number)
  }

  private mutating func text(_ length: Int) throws(Fault) -> String {
    guard length < bytes.count, place + length < bytes.count else { throw Fault() }
    defer { place += length + 1 }
    return String(decoding: bytes[place..<(place + length)], as: UTF8.self)
  }
}
