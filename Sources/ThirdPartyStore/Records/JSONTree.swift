import FoundationEssentials
import TextForms

/// Reads a file of JSON: one value, or one a line.
enum JSONTree {
  /// What the text holds; nil when it is no JSON.
  static func read(_ bytes: [UInt8]) -> DataNode? {
    guard let value = value(bytes[...]) else { return lines(bytes) }
    return node(value, "item")
  }

  /// The cards of jCard (RFC 7095) as lines of vCard 4; nil when there is none.
  static func cards(_ bytes: [UInt8]) -> [UInt8]? {
    guard let value = value(bytes[...]), case .list(let list) = value else { return nil }
    let cards = Self.isCard(value) ? [value] : list.filter(isCard)
    return cards.isEmpty ? nil : Array(cards.map(card).joined().utf8)
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> Value? {
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let text = isText ? Data(bytes) : Data(Windows1252.decode(bytes).utf8)
    return try? JSONDecoder().decode(Value.self, from: text)
  }

  private static func lines(_ bytes: [UInt8]) -> DataNode? {
    var root = DataNode(name: "")
    for (line, text) in bytes.split(separator: Ascii.lf, omittingEmptySubsequences: false)
      .enumerated() where !text.allSatisfy({ $0 <= 0x20 })
    {
      guard let value = value(text), case .object = value else { return nil }
      var item = node(value, "item")
      item.line = line + 1
      root.children.append(item)
    }
    return root.children.isEmpty ? nil : root
  }

  private static func node(_ value: Value, _ name: String, depth: Int = 0) -> DataNode {
    var node = DataNode(name: name)
    guard depth < DataNode.deepest else { return node }
    switch value {
    case .text(let text): node.text = text
    case .list(let items):
      node.children = items.map { Self.node($0, name, depth: depth + 1) }
    case .object(let members):
      // MongoDB says the type of a value: `{"$numberLong": "33…"}`.
      if members.count == 1, let only = members.first, only.key.hasPrefix("$") {
        return Self.node(only.value, name, depth: depth + 1)
      }
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        // The items of a list stand in the list's place.
        if case .list(let items) = member {
          node.children += items.map { Self.node($0, key, depth: depth + 1) }
        } else {
          node.children.append(Self.node(member, key, depth: depth + 1))
        }
      }
    case .nothing: break
    }
    return node
  }

  private static func isCard(_ value: Value) -> Bool {
    guard case .list(let parts) = value, parts.count == 2, case .text(let mark) = parts[0],
      case .list = parts[1]
    else { return false }
    return mark.lowercased() == "vcard"
  }

  private static func card(_ value: Value) -> String {
    guard case .list(let parts) = value, case .list(let properties) = parts[1] else { return "" }
    var card = CardText()
    for property in properties {
      guard case .list(let fields) = property, fields.count > 3, case .text(let name) = fields[0],
        case .object(let parameters) = fields[1], case .text(let type) = fields[2]
      else { continue }
      card.add(
        name, types: (parameters["type"] ?? .nothing).texts, isURI: type == "uri",
        parts: fields[3].parts)
    }
    return card.text
  }

  private enum Value: Decodable {
    case nothing
    case text(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      if decoder.codingPath.count > DataNode.deepest {
        self = .nothing
        return
      }
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .nothing
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let flag = try? container.decode(Bool.self) {
        self = .text(flag ? "true" : "false")
      } else if let number = try? container.decode(Decimal.self) {
        self = .text(number.description)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }

    var texts: [String] {
      switch self {
      case .text(let text): [text]
      case .list(let values): values.flatMap(\.texts)
      case .nothing, .object: []
      }
    }

    /// The components of a structured value; each may be a list.
    var parts: [String] {
      guard case .list(let values) = self else { return texts }
      return values.map { $0.texts.joined(separator: " ") }
    }
  }
}
