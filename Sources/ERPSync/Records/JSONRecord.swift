import CTIBlock
import TextForms

/// One record as JSON: `{"No": 7, "Name": "Dupont SA", "Address": {"City": "Colmar"}}`.
struct JSONRecord {
  private let document: JSONValue
  private let members: [String: JSONValue]

  /// The record; nil when the value is no object.
  init?(_ value: JSONValue) {
    guard case .object(let members) = value else { return nil }
    (document, self.members) = (value, members)
  }

  /// The names of its fields.
  var names: [String] { members.keys.sorted() }

  /// The text of a field, or of one inside another, `Address.City`; those of a list with `; ` between, and what holds
  /// others as JSON, as a database would give it; nil: there is none.
  func text(_ name: String) -> String? {
    switch members[name] ?? JSONPath(name)?.value(in: document) {
    case nil, .null?: nil
    case .array(let elements)? where elements.allSatisfy { $0.text != nil }: Self.list(elements)
    case let value?: value.text ?? value.json
    }
  }

  private static func list(_ elements: [JSONValue]) -> String? {
    let texts = elements.compactMap(\.text).filter { !$0.isEmpty }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }
}

extension JSONValue {
  /// As it may have been written, but for the order of members and for blanks.
  fileprivate var json: String {
    switch self {
    case .object(let members):
      let written = members.sorted { $0.key < $1.key }
        .map { "\(JSONValue.string($0.key).json):\($0.value.json)" }
      return "{\(written.joined(separator: ","))}"
    case .array(let elements): return "[\(elements.map(\.json).joined(separator: ","))]"
    case .string(let text): return "\"\(JSONText.inside(text))\""
    case .number(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case .null: return "null"
    }
  }
}
