import CTIBlock

/// A form as the tree that the brackets in its names describe, as PHP and Rack write and read them.
///
///     data[from]=…             {"data": {"from": …}}
///     user[]=…&user[]=…        {"user": [… , …]}; so does the same name twice
///     legs[0][user]=…          {"legs": [{"user": …}]}
///
/// A name that is not built so, or that has more than seven brackets, stands for itself.
struct FormTree {
  private static let deepest = 8

  private final class Branch {
    var text: String?
    var names: [String: Int] = [:]
    var branches: [Branch] = []
    /// Whether all that is below has a place and no name.
    var isArray = true

    /// The branch of this name; an empty one is the next of an array. A text that came before is its first.
    func branch(_ name: Substring) -> Branch {
      if let first = text {
        text = nil
        grow().text = first
      }
      if name.isEmpty { return grow() }
      isArray = isArray && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
      if let known = names[String(name)] { return branches[known] }
      names[String(name)] = branches.count
      return grow()
    }

    private func grow() -> Branch {
      let branch = Branch()
      branches.append(branch)
      return branch
    }

    var value: JSONValue {
      if branches.isEmpty { return .string(text ?? "") }
      if isArray { return .array(branches.map(\.value)) }
      return .object(names.mapValues { branches[$0].value })
    }
  }

  /// What was read.
  let value: JSONValue

  /// Reads a form.
  ///
  /// - Parameter plus: What an unencoded plus of a value stands for.
  init(_ fields: [FormField], _ plus: FormText.Plus) {
    let root = Branch()
    root.isArray = false
    for field in fields {
      var branch = root
      for name in Self.names(String(decoding: field.name, as: UTF8.self)) {
        branch = branch.branch(name)
      }
      // The same name once more.
      if branch.text != nil || !branch.branches.isEmpty { branch = branch.branch("") }
      branch.text = String(decoding: field.value.decoded(plus).bytes, as: UTF8.self)
    }
    value = root.value
  }

  private static func names(_ text: String) -> [Substring] {
    guard let open = text.firstIndex(of: "["), open > text.startIndex else { return [text[...]] }
    var names = [text[..<open]]
    var rest = text[open...]
    while rest.first == "[", names.count < deepest, let end = rest.firstIndex(of: "]") {
      names.append(rest[..<end].dropFirst())
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty ? names : [text[...]]
  }
}
