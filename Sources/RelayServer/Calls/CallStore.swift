/// Where the relay keeps the one value of each station.
protocol CallStore: Sendable {
  /// Takes a report in, and tells those who listen.
  func take(_ report: CallReport) async throws(StoreOutage)

  /// The station's call, nil when there is none.
  ///
  /// - Parameter once: Whether the value counts as handed out from now on, and is not handed out again.
  func call(of key: StationKey, once: Bool) async throws(StoreOutage) -> RelayedCall?

  /// How many stations have a call.
  func count() async throws(StoreOutage) -> Int
}

/// The store cannot be reached or is full: nothing was taken, and the client should come again.
struct StoreOutage: Error {
  /// What is wrong, for the log and for the answer.
  var sentence: String
}
