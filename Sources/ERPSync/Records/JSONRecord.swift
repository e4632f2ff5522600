import CTIBlock

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

  /// The text of a field, or of one inside another, `Address.City`; those of a list with `; ` between; nil: there is
  /// none.
  func text(_ name: String) -> String? {
    let value = members[name] ?? JSONPath(name)?.value(in: document)
    if case .array(let elements) = value {
      let texts = elements.compactMap(\.text).filter { !$0.isEmpty }
      return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }
    if case .null = value { return nil }
    return value?.text
  }
}
