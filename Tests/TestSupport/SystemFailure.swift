import Glibc

/// Something that the operating system refused.
public struct SystemFailure: Error, CustomStringConvertible {
  /// What was tried and what was answered.
  public let description: String

  /// A failed attempt to do what `attempt` says, explained by `code`, or by `errno`.
  public init(_ attempt: String, code: Int32? = nil) {
    description = "cannot \(attempt): \(String(cString: strerror(code ?? errno)))"
  }
}
