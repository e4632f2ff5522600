import CTIBlock

/// Where a webhook has one thing.
///
///     data.user.id                  members of JSON objects, one in the other; or a form's field of this name, or
///                                   data[user][id]
///     members[].extension.number    of an array's elements, the first that has the rest; [0], the first of them
///     msg{}.call_id                 a text that is JSON itself
///     @.extension.number            in the element that the map's `each` has come to; @, the element itself
///     header X-Event                a header
///     query event                   what stands behind the ? of the URL
///     a.first_name + a.last_name    what there is of these, with a blank between
struct FieldPath: Sendable {
  /// A way into the body.
  struct Way: Sendable {
    fileprivate enum Step: Hashable {
      case member(String)
      case anyElement
      case ownText
    }

    /// What a form's field of this name is called.
    let name: String
    fileprivate var steps: [Step]
  }

  /// One of the texts.
  enum Place: Sendable {
    case body(Way)
    case element(Way)
    case header(String)
    case query(String)
  }

  let places: [Place]

  /// A path; nil when the text is none.
  init?(_ text: String) {
    var places: [Place] = []
    for part in text.split(separator: " + ", omittingEmptySubsequences: false) {
      guard let place = Place(String(part)) else { return nil }
      places.append(place)
    }
    self.places = places
  }

  /// Whether it needs an element of an `each`.
  var needsElement: Bool {
    places.contains { if case .element = $0 { true } else { false } }
  }
}

extension FieldPath.Place {
  fileprivate init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    switch (words.first, words.count) {
    case ("header", 2):
      guard !words[1].isEmpty, words[1].utf8.allSatisfy(Self.isNameByte) else { return nil }
      self = .header(String(words[1]))
    case ("query", 2):
      guard !words[1].isEmpty else { return nil }
      self = .query(String(words[1]))
    case ("@", 1): self = .element(FieldPath.Way())
    case (let first?, 1) where first.hasPrefix("@."):
      guard let way = FieldPath.Way(String(first.dropFirst(2))) else { return nil }
      self = .element(way)
    case (let first?, 1):
      guard let way = FieldPath.Way(String(first)) else { return nil }
      self = .body(way)
    default: return nil
    }
  }

  /// Whether the name of a header may hold it (RFC 9110, 5.1).
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
  }
}

extension FieldPath.Way {
  /// The way that leads nowhere else.
  fileprivate init() { (name, steps) = ("", []) }

  /// A way; nil when the text is none.
  init?(_ text: String) {
    name = text
    steps = []
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    for (position, part) in parts.enumerated() {
      var rest = part
      var tail: [Step] = []
      while let last = rest.last, "]}".contains(last),
        let open = rest.lastIndex(of: last == "]" ? "[" : "{")
      {
        let inner = rest[open...].dropFirst().dropLast()
        guard !inner.utf8.contains(where: { "[]{}@ ".utf8.contains($0) }) else { return nil }
        switch (last, inner.isEmpty) {
        case ("]", true): tail.append(.anyElement)
        case ("]", false): tail.append(.member(String(inner)))
        case (_, true): tail.append(.ownText)
        case (_, false): return nil
        }
        rest = rest[..<open]
      }
      guard !rest.utf8.contains(where: { "[]{}@ ".utf8.contains($0) }) else { return nil }
      // A document may be an array itself.
      guard !rest.isEmpty || (position == 0 && !tail.isEmpty) else { return nil }
      if !rest.isEmpty { steps.append(.member(String(rest))) }
      steps += tail.reversed()
    }
  }

  /// Whether it leads to the elements of an array.
  var leadsToElements: Bool { steps.last == .anyElement }

  /// The first text at the end of the way that is not empty.
  func text(in value: JSONValue) -> String? {
    var found: String?
    walk(value, steps[...]) { value in
      found = value.text.flatMap { $0.isEmpty ? nil : $0 }
      return found != nil
    }
    return found
  }

  /// All values at the end of the way, the first `limit` of them.
  func values(in value: JSONValue, limit: Int) -> [JSONValue] {
    var values: [JSONValue] = []
    walk(value, steps[...]) { value in
      values.append(value)
      return values.count == limit
    }
    return values
  }

  /// Visits what is at the end of the way until somebody has enough; whether that was so.
  @discardableResult
  private func walk(
    _ value: JSONValue, _ rest: ArraySlice<Step>, _ visit: (JSONValue) -> Bool
  ) -> Bool {
    guard let step = rest.first else { return visit(value) }
    switch (step, value) {
    case (.member(let name), .object(let members)):
      return members[name].map { walk($0, rest.dropFirst(), visit) } ?? false
    case (.member(let name), .array(let elements)):
      guard let index = Int(name), elements.indices.contains(index) else { return false }
      return walk(elements[index], rest.dropFirst(), visit)
    case (.anyElement, .array(let elements)):
      return elements.contains { walk($0, rest.dropFirst(), visit) }
    // One is sent without its array by what makes JSON of XML, and by a form's plain name.
    case (.anyElement, .object), (.anyElement, .string), (.anyElement, .number):
      return walk(value, rest.dropFirst(), visit)
    case (.ownText, .string(let text)):
      guard let inner = try? JSONValue(Array(text.utf8)) else { return false }
      return walk(inner, rest.dropFirst(), visit)
    // Some releases of a vendor's software spare themselves the text.
    case (.ownText, .object), (.ownText, .array): return walk(value, rest.dropFirst(), visit)
    default: return false
    }
  }
}
