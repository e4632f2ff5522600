/// One field of `key=value&key=value`.
struct FormField {
  /// Decoded.
  let name: [UInt8]
  let value: FormText

  /// All fields of a query or a form body.
  static func all(in bytes: some Collection<UInt8>) -> [FormField] {
    Array(bytes).split(separator: UInt8(ascii: "&")).map { field in
      let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      return FormField(
        name: FormText(field[..<end]).decoded(.blank).bytes,
        value: FormText(field[end...].dropFirst()))
    }
  }
}
