/// What a CTI server may cost.
public struct PollLimits: Hashable, Sendable {
  /// The longest time from the question to the whole answer.
  public var request: Duration
  /// The largest answer [bytes].
  public var body: Int
  /// How many times an answer may send on to another address.
  public var redirects: Int
  /// The longest silence on a relay's stream, which sends a comment every 15 s.
  public var silence: Duration

  /// The limits of R25 and R29 unless others are given.
  public init(
    request: Duration = .seconds(5), body: Int = 1_000_000, redirects: Int = 5,
    silence: Duration = .seconds(40)
  ) {
    self.request = request
    self.body = body
    self.redirects = redirects
    self.silence = silence
  }

  /// The time limit as a sentence says it [s].
  var requestSeconds: Int { max(1, Int(request / .seconds(1))) }
}
