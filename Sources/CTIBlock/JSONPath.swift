/// The way to a value in a JSON document: names with dots between, indices from 0 in brackets.
///
/// `tel`, `call.from`, `[0].title`, `calls[1].tel`.
public struct JSONPath: Hashable, Sendable {
  private enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
  }

  private var steps: [Step] = []

  /// A path; nil when the text is none.
  public init?(_ text: String) {
    for (position, part) in text.split(separator: ".", omittingEmptySubsequences: false)
      .enumerated()
    {
      let name = part.prefix { $0 != "[" && $0 != "]" }
      guard !name.isEmpty || (position == 0 && !part.isEmpty) else { return nil }
      if !name.isEmpty { steps.append(.member(String(name))) }
      var rest = part[name.endIndex...]
      while !rest.isEmpty {
        guard rest.first == "[", let end = rest.firstIndex(of: "]"),
          let index = Int(rest[..<end].dropFirst()), index >= 0
        else { return nil }
        steps.append(.element(index))
        rest = rest[rest.index(after: end)...]
      }
    }
  }

  /// The value at the end of the way; nil when the way leads nowhere.
  public func value(in document: JSONValue) -> JSONValue? {
    steps.reduce(document) { value, step in
      switch (value, step) {
      case (.object(let members), .member(let name)): members[name]
      case (.array(let elements), .element(let index)):
        elements.indices.contains(index) ? elements[index] : nil
      default: nil
      }
    }
  }
}
