public import CallWire
import NIOCore
import NIOPosix
public import PhoneNumbers
public import Telephony

/// The window's end of the launcher: its socket, and the spool of what came while nobody listened.
///
/// A message on the socket is reported at once, and then answered, so that `ok` means that the window
/// has it; the spool is read at the start and at every look (R17, R22). A look also takes the socket
/// again that a cleaner of temporary files removed, or that another window had.
public struct LauncherSource: CallSource {
  private let runtime: RuntimeDirectory
  private let station: String?
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Moment
  private let interval: Duration
  private let patience: Duration
  private let inbox: CallInbox

  /// The source for the station's window, or for the window without a station.
  ///
  /// Looks every `interval` by `clock`; a connection whose line is not complete after `patience` is
  /// closed. Events carry the moment that `now` says, less the time they waited in the spool.
  public init(
    runtime: RuntimeDirectory, station: String?, plan: NumberPlan, clock: any Clock<Duration>,
    now: @escaping @Sendable () -> Moment, interval: Duration = .seconds(5),
    patience: Duration = .seconds(2)
  ) {
    self.runtime = runtime
    self.station = station.flatMap { $0.isEmpty ? nil : $0 }
    self.clock = clock
    self.now = now
    self.interval = interval
    self.patience = patience
    inbox = CallInbox(station: self.station, plan: plan, now: now)
  }

  /// What came in so far, and what could not be used.
  public var counts: LauncherCounts { inbox.counts }

  /// Listens and looks until the task is cancelled; then removes the socket.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    var listener: LauncherListener?
    var downSince: Moment?
    while !Task.isCancelled {
      if let old = listener, !old.isHeard {
        await old.close()
        listener = nil
      }
      var isMine = true
      if listener == nil {
        do throws(CallWireError) {
          listener = try await listen(on: group, report)
          downSince = nil
          report(.health(.launcher, .up))
        } catch {
          // Another window of this station reads the spool; without any socket it is all there is.
          if case .windowExists = error { isMine = false }
          let since = downSince ?? now()
          downSince = since
          report(.health(.launcher, down(error, since: since)))
        }
      }
      if isMine { readSpool(report) }
      // Only cancellation ends the wait early, and the loop asks for it.
      try? await clock.sleep(for: interval)
    }
    await listener?.close()
    // Fails only when it was shut down before.
    try? await group.shutdownGracefully()
  }

  private func listen(
    on group: any EventLoopGroup, _ report: @escaping @Sendable (SourceReport) -> Void
  ) async throws(CallWireError) -> LauncherListener {
    let (inbox, patience) = (inbox, TimeAmount(patience))
    return try await LauncherListener(runtime, station: station, on: group) {
      LineHandler(
        patience: patience, take: { inbox.take($0, report) }, refuse: { inbox.refuse($0) })
    }
  }

  private func down(_ error: CallWireError, since: Moment) -> SourceHealth {
    let next = now() + Int64(interval / .milliseconds(1))
    return .down(reason: error.sentence, since: since, nextTry: next)
  }

  private func readSpool(_ report: @Sendable (SourceReport) -> Void) {
    let spool = runtime.spool
    let listing = spool.list(station: station)
    for entry in listing.entries {
      if case .refused = inbox.take(entry.line, age: entry.age, report) {
        spool.setAside(entry.name)
      } else {
        spool.remove(entry.name)
      }
    }
    for name in listing.faults {
      inbox.refuseFile(.spoolFile(path: "\(spool.path)/\(name)"))
      spool.setAside(name)
    }
    inbox.noteForeignFiles(listing.foreign)
  }
}
