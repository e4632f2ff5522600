/// A request to a CTI server, ready to be sent.
public struct CTIRequest: Hashable, Sendable {
  /// `GET`, `POST`, `PUT` or `DELETE`.
  public var method: String
  /// The absolute address, without user and password.
  public var url: String
  /// The headers of the description, the content type and the authorization.
  public var headers: [CTIHeader]
  /// The body, encoded; nil: none.
  public var body: String?
}

/// Where the value stands in an XML answer.
public struct XMLPlace: Hashable, Sendable {
  /// Names of elements, the value's own last: the end of the way to it, or all of it after a `/`.
  public var path: [String]
  /// Whether `path` begins at the root.
  public var isAbsolute: Bool
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

/// Where an answer holds number and event.
public enum CTIAnswerForm: Hashable, Sendable {
  /// In a JSON value; without a place for the event, every call rings.
  case json(number: JSONPath, event: JSONPath?)
  /// In an XML document; without a place for the event, every call rings.
  case xml(number: XMLPlace, event: XMLPlace?)
}
