/// What failed last: a failure that goes on is not said anew for each call.
struct LatestFailure<Failure: Equatable & Sendable>: Sendable {
  private var latest: Failure?

  /// Notes what failed, nil: nothing did; whether it is to be said.
  mutating func isNews(_ failure: Failure?) -> Bool {
    defer { latest = failure }
    return failure != nil && failure != latest
  }
}
