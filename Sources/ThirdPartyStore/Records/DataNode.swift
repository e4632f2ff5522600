/// What a file of JSON or XML holds, as both nest it: an object or an element with what is in it, or a text.
struct DataNode {
  /// The member's or element's name; those of a list have the list's.
  var name: String
  var text = ""
  var children: [DataNode] = []
  /// The line on which it begins, from 1; 0 where nobody knows.
  var line = 0

  /// The deepest nesting that is read.
  static let deepest = 64

  /// The first child of this name, in any case.
  func child(_ name: String) -> DataNode? {
    children.first { $0.name.lowercased() == name }
  }

  /// Its own text and all below it.
  var allText: String {
    ([text] + children.map(\.allText)).filter { !$0.isEmpty }.joined(separator: " ")
  }
}
