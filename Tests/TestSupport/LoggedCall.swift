import Foundation

/// One line of `screenpop log --json`.
public struct LoggedCall: Decodable, Hashable, Sendable {
  /// When the call began, in ISO 8601 with a zone.
  public let at: String
  /// The normal form; nil for a withheld caller.
  public let number: String?
  /// The third party's name and code; nil for an unknown caller.
  public let name: String?
  public let code: String?
  /// What became of the call, and why.
  public let outcome: String
  public let reason: String?
  /// Time from the answer to the end [s].
  public let duration: Int?

  /// The calls that `log --json` printed, oldest first; throws when a line is no such object.
  public static func calls(in output: String) throws -> [LoggedCall] {
    try output.split(separator: "\n").map {
      try JSONDecoder().decode(LoggedCall.self, from: Data($0.utf8))
    }
  }
}
