import Glibc
import Telephony

/// Keeps a connection to Redis on the calling thread: connects, lets it be used until it breaks, and after a
/// while connects again, until its bell is stopped.
struct RedisThread {
  /// The first and the longest wait after a failure [ms].
  private static let waits: (first: Int64, longest: Int64) = (100, 2_000)

  let location: RedisLocation
  let bell: Bell

  /// Runs until the bell is stopped.
  ///
  /// - Parameters:
  ///   - use: Uses a new connection; throws when it is over.
  ///   - lost: Told of each failure.
  func run(
    use: (RedisConnection) throws(StoreOutage) -> Void, lost: (StoreOutage) -> Void
  ) {
    Self.ignoreBrokenPipes()
    var wait = Self.waits.first
    while !bell.isStopped {
      do throws(StoreOutage) {
        let connection = try RedisConnection(to: location, bell: bell)
        wait = Self.waits.first
        try use(connection)
      } catch {
        lost(error)
      }
      pause(wait)
      wait = min(2 * wait, Self.waits.longest)
    }
  }

  private func pause(_ length: Int64) {
    let end = SystemClock.now() + length
    while !bell.isStopped, bell.wait(until: end) != .late {}
  }

  /// hiredis writes to a connection that is closed like to any other; then the write fails, and that is all.
  private static func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
