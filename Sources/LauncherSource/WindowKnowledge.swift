public import Telephony

/// What a window can tell those who talk to its socket, besides that it has the call.
public struct WindowKnowledge: Sendable {
  /// Looks the number's owner up, away from the caller's thread, and hands over a name that is sure; nil
  /// when nobody's is.
  public var name: @Sendable (PhoneNumber, _ answer: @escaping @Sendable (String?) -> Void) -> Void
  /// How the sources are, by name: `source.baresip` and such (R45).
  public var sources: @Sendable () -> [String: String]

  /// Told of what was refused: messages that are none, files that are none, other users.
  public var refused: @Sendable (_ sentence: String) -> Void

  /// A window that knows this; without anything said, nothing.
  public init(
    name:
      @escaping @Sendable (PhoneNumber, _ answer: @escaping @Sendable (String?) -> Void) -> Void = {
        $1(nil)
      },
    sources: @escaping @Sendable () -> [String: String] = { [:] },
    refused: @escaping @Sendable (_ sentence: String) -> Void = { _ in }
  ) {
    self.refused = refused
    self.name = name
    self.sources = sources
  }
}
