/// An element of a message, by its local name: each edition of ECMA-323 has a namespace of its own, and the same words.
package struct CSTAElement: Hashable {
  /// The name without a prefix.
  package var name: String
  /// The text in it, without what its children have; without blanks around it.
  package var text = ""
  /// What stands in it.
  package var children: [CSTAElement] = []

  /// The first child of this name.
  subscript(name: String) -> CSTAElement? { children.first { $0.name == name } }

  /// The text of the first child of this name; nil without one, or when it is empty.
  func value(_ name: String) -> String? {
    self[name].flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// The first element of this name at any depth, this one too.
  func first(_ name: String) -> CSTAElement? {
    if self.name == name { return self }
    for child in children {
      if let found = child.first(name) { return found }
    }
    return nil
  }

  /// All elements of this name at any depth.
  func all(_ name: String) -> [CSTAElement] {
    (self.name == name ? [self] : []) + children.flatMap { $0.all(name) }
  }

  /// The first text that there is, in this element or deeper: of a choice, the one that was made.
  var anyText: String? {
    if !text.isEmpty { return text }
    for child in children {
      if let text = child.anyText { return text }
    }
    return nil
  }
}
