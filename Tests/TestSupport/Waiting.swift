import Dispatch

/// A condition that did not come true in time.
public struct Expired: Error, CustomStringConvertible {
  /// What was waited for, and what was there instead.
  public let description: String
}

/// Waits until `found` answers something, and hands it over.
///
/// - Parameters:
///   - what: The condition in words, for the failure.
///   - deadline: How long to wait; generous, because a test never asserts how fast something was.
///   - instead: What was there when the time was up (the last screen, a log), for the failure.
///   - found: Looks once; nil: not yet.
/// - Throws: ``Expired``, or what `found` throws.
public func waitFor<Found>(
  _ what: String, deadline: Duration = .seconds(30), instead: @autoclosure () -> String = "",
  isolation: isolated (any Actor)? = #isolation, _ found: () async throws -> Found?
) async throws -> Found {
  let clock = ContinuousClock()
  let end = clock.now + deadline
  while true {
    if let value = try await found() { return value }
    guard clock.now < end else {
      throw Expired(description: "\(what): not within \(deadline)\n\(instead())")
    }
    await pause()
  }
}

/// Waits until `holds` is true; see ``waitFor(_:deadline:instead:isolation:_:)``.
public func waitUntil(
  _ what: String, deadline: Duration = .seconds(30), instead: @autoclosure () -> String = "",
  isolation: isolated (any Actor)? = #isolation, _ holds: () async throws -> Bool
) async throws {
  try await waitFor(what, deadline: deadline, instead: instead()) {
    try await holds() ? () : nil
  }
}

/// The pause between two looks at a condition; it holds no thread up.
private func pause() async {
  await withCheckedContinuation { resumed in
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { resumed.resume() }
  }
}
