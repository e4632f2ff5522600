/// The measured times of one thing, or ratios of two.
struct Statistics {
  private let sorted: [Double]

  /// Of at least one value.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "statistics of nothing were asked for")
    sorted = values.sorted()
  }

  var median: Double { percentile(0.5) }
  var maximum: Double { percentile(1) }

  /// The value that so many of all do not exceed; `share` from 0 to 1.
  func percentile(_ share: Double) -> Double {
    sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }
}

extension Duration {
  /// The duration in [s].
  var seconds: Double { self / .seconds(1) }
  /// The duration in [ms].
  var milliseconds: Double { self / .milliseconds(1) }
  /// The duration in [µs].
  var microseconds: Double { self / .microseconds(1) }
}
