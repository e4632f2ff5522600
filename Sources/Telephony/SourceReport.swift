/// The name of a source of call events, as the operator reads it: `launcher`, `relay`, `pbx`.
public struct SourceID: Hashable, Sendable, ExpressibleByStringLiteral, Codable {
  /// The name.
  public var name: String

  /// A source of this name.
  public init(_ name: String) { self.name = name }
  /// A source of this name.
  public init(stringLiteral name: String) { self.name = name }

  /// The launcher's socket and its spool, which are one source.
  public static let launcher: SourceID = "launcher"
  /// The ERP, which tells of no calls, but knows whose they are.
  public static let erp: SourceID = "erp"
}

/// What a connection tells the window: of calls, if it is a source of them, and of itself.
public enum SourceReport: Hashable, Sendable {
  /// A fact about a call.
  case event(CallEvent)
  /// The connection itself came up or went down.
  case health(SourceID, SourceHealth)
}

/// How a connection is: whether a source can hear of calls.
public enum SourceHealth: Hashable, Sendable {
  case up
  /// Down with a sentence for the operator, and when it tries again (nil: not by itself).
  case down(reason: String, since: Moment, nextTry: Moment?)
  /// Not in use, with the reason (`no station configured`).
  case off(reason: String)
}

/// What the window keeps in touch with. Reports its own outages, never throws.
public protocol Connection: Sendable {
  /// Runs until the task is cancelled, handing each fact to `report` at once.
  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async
}

/// A connection that tells facts about calls, oldest first.
public protocol CallSource: Connection {}
