/// A value of a JSON document (RFC 8259), as CTI servers write it.
///
/// What they write is not always JSON: the form that the sample documents show,
/// `{ 'tel' ;'0388202122' , 'event' :'ring'}`, is read as well, and so are numbers with leading zeros,
/// because they are numbers of telephones: `{"tel":0388202122}`. That is why a number keeps its
/// spelling, and why a library's reader does not serve.
public indirect enum JSONValue: Hashable, Sendable {
  /// Of two members of one name, the last.
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  /// As it was written.
  case number(String)
  case bool(Bool)
  case null

  /// The deepest nesting that is read.
  public static let deepest = 64

  /// Reads a document, an object or an array; throws what is wrong with it, and where.
  public init(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The text of a string, a number or a truth value; empty for null, nil for what holds others.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null: ""
    case .object, .array: nil
    }
  }
}

/// Why bytes are no JSON document.
public struct JSONFault: Error, Hashable, Sendable {
  /// Where [bytes from the beginning].
  public var offset: Int
  /// What was expected there: `a name`, `the end`.
  public var expected: String
}
