/// Where the relay keeps the one value of each station.
///
/// Answers come by a closure, on any thread, at once where nothing is waited for: a store in this process
/// costs no change of threads.
protocol CallStore: Sendable {
  typealias Then<Value> = @Sendable (Result<Value, StoreOutage>) -> Void

  /// Takes a report in, and tells those who listen.
  func record(_ report: CallReport, then: @escaping Then<Void>)

  /// The station's call, nil when there is none.
  ///
  /// - Parameter once: Whether the value counts as handed out from now on, and is not handed out again.
  func call(of key: StationKey, once: Bool, then: @escaping Then<RelayedCall?>)

  /// How many stations have a call; fails also when the store would take no report.
  func count(then: @escaping Then<Int>)

  /// How another process that keeps the values fares; nil when they are in this one.
  var remote: StoreLink? { get }
}

/// How the connection to a store in another process fares.
struct StoreLink: Sendable {
  var isUp: Bool
  /// How often it was lost and found again.
  var reconnects: UInt64
}

/// The store cannot be reached or is full: nothing was taken, and the client should come again.
struct StoreOutage: Error {
  /// What is wrong, for the log and for the answer.
  var sentence: String
}
