/// Where the value stands in an XML answer.
public struct XMLPlace: Hashable, Sendable {
  /// Names of elements, the value's own last: the end of the way to it, or all of it after a `/`.
  public var path: [String]
  /// Whether `path` begins at the root.
  var isAbsolute: Bool
  /// The attribute that holds it; nil: it is the element's text.
  public var attribute: String?

  /// A place: `tel`, `call/tel`, `/answer/call/tel`; nil when the path names no element.
  public init?(path text: String, attribute: String? = nil) {
    isAbsolute = text.hasPrefix("/")
    path = text.drop { $0 == "/" }.split(separator: "/", omittingEmptySubsequences: false)
      .map(\.trimmedBlanks)
    self.attribute = attribute
    guard !path.isEmpty, path.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) })
    else { return nil }
  }

  /// Whether this is the way to the value; names count without their namespace's prefix.
  public func matches(_ way: [String]) -> Bool {
    let isLongEnough = isAbsolute ? way.count == path.count : way.count >= path.count
    return isLongEnough && zip(way.suffix(path.count), path).allSatisfy(Self.isSame)
  }

  /// Whether the name in a document is the one that was asked for.
  public static func isSame(_ name: String, _ asked: String) -> Bool {
    name == asked || name.split(separator: ":").last.map(String.init) == asked
  }
}
