/// One JSON object on a line, its fields in the order in which they are added.
///
/// What a terminal would act upon is escaped, so that output is harmless on a screen too.
package struct JSONLine {
  private var fields: [String] = []

  /// An object without fields.
  package init() {}

  package mutating func add(_ key: String, _ text: String?) {
    add(key, raw: text.map(Self.quoted) ?? "null")
  }

  package mutating func add(_ key: String, _ number: Int?) {
    add(key, raw: number.map { String($0) } ?? "null")
  }

  package mutating func add(_ key: String, _ flag: Bool) { add(key, raw: flag ? "true" : "false") }

  package mutating func add(_ key: String, _ objects: [JSONLine]) {
    add(key, raw: "[" + objects.map(\.text).joined(separator: ",") + "]")
  }

  /// The object, without a line end.
  package var text: String { "{" + fields.joined(separator: ",") + "}" }

  private mutating func add(_ key: String, raw: String) {
    fields.append(Self.quoted(key) + ":" + raw)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        default: quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
