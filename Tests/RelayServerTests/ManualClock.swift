import Synchronization
import Telephony

/// Time that passes when a test says so.
final class ManualClock: Sendable {
  private let moment = Mutex(Moment(milliseconds: 1_000_000))

  var now: Moment { moment.withLock { $0 } }

  func advance(seconds: Int64) {
    moment.withLock { $0 = $0 + seconds * 1000 }
  }
}
