/// An element of a document by its local name, and what stands in it: for protocols whose words are the same in each of
/// their namespaces.
///
/// A document that declares entities or types of its own is refused, and nothing outside it is ever fetched.
package struct XMLBranch: Hashable {
  /// The name without a prefix.
  package var name: String
  /// The text in it, without what its children have; without blanks around it.
  package var text = ""
  /// What stands in it.
  package var children: [XMLBranch] = []

  /// What stands in the document; nil when it is no XML, or a dangerous one.
  package static func read(_ body: [UInt8]) -> XMLBranch? { XMLBranchReader.read(body) }

  /// The first child of this name.
  package subscript(name: String) -> XMLBranch? { children.first { $0.name == name } }

  /// The text of the first child of this name; nil without one, or when it is empty.
  package func value(_ name: String) -> String? {
    self[name].flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// The first element of this name at any depth, this one too.
  package func first(_ name: String) -> XMLBranch? {
    if self.name == name { return self }
    for child in children {
      if let found = child.first(name) { return found }
    }
    return nil
  }

  /// All elements of this name at any depth.
  package func all(_ name: String) -> [XMLBranch] {
    (self.name == name ? [self] : []) + children.flatMap { $0.all(name) }
  }

  /// The first text that there is, in this element or deeper: of a choice, the one that was made.
  package var anyText: String? {
    if !text.isEmpty { return text }
    for child in children {
      if let text = child.anyText { return text }
    }
    return nil
  }
}
