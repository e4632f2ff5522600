/// A JSON object on one line, its members in the order in which they are added (RFC 8259).
///
/// Clients that take answers apart by hand rely on the order, which an encoder does not promise. What a
/// terminal would act upon is escaped, so that the text is harmless on a screen too.
package struct JSONLine {
  private var members: [UInt8] = [UInt8(ascii: "{")]

  /// An object without members.
  package init() { members.reserveCapacity(160) }

  /// The whole object, UTF-8, without a line end.
  package var bytes: [UInt8] { members + [UInt8(ascii: "}")] }

  /// The same as a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds a text; nil is `null`.
  package mutating func add(_ name: String, _ text: String?) {
    begin(name)
    if let text { JSONText.append(text, to: &members) } else { members += "null".utf8 }
  }

  /// Adds a whole number; nil is `null`.
  package mutating func add(_ name: String, _ number: (some BinaryInteger)?) {
    begin(name)
    members += (number.map { String($0) } ?? "null").utf8
  }

  /// Adds `true` or `false`.
  package mutating func add(_ name: String, _ flag: Bool) {
    begin(name)
    members += (flag ? "true" : "false").utf8
  }

  /// Adds a list of objects.
  package mutating func add(_ name: String, _ objects: [JSONLine]) {
    begin(name)
    members.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { members.append(UInt8(ascii: ",")) }
      members += object.bytes
    }
    members.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ name: String) {
    if members.count > 1 { members.append(UInt8(ascii: ",")) }
    JSONText.append(name, to: &members)
    members.append(UInt8(ascii: ":"))
  }
}
