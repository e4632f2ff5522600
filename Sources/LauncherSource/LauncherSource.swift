package import CallWire
import Connector
import NIOCore
import NIOPosix
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// The window's end of the launcher: its socket, and the spool of what came while nobody listened.
///
/// A message on the socket is answered once the inbox has it on the disk, so that `ok` means that no end of the
/// window loses it; a file of the spool goes only then. The spool is read at the start and at every look (R17, R22). A look also takes the socket
/// again that a cleaner of temporary files removed, or that another window had.
public struct LauncherSource: CallSource {
  private let runtime: RuntimeDirectory
  let station: String?
  let plan: NumberPlan
  private let interval: Duration
  private let patience: Duration
  private let messages: CallInbox
  private let knowledge: WindowKnowledge
  private let rank: WindowRank
  private let trace: Trace?

  /// The source for the station's window, or for the window without a station.
  ///
  /// Looks every `interval`; a connection whose line is not complete after `patience` is closed. Events
  /// carry the moment that `now` says, less the time they waited in the spool. `inbox` keeps them; `knowledge`
  /// answers who asks for a caller's name, or how the window is; `rank` is told whether this is the station's
  /// first window.
  /// `trace` is told of all that passes.
  package init(
    runtime: RuntimeDirectory, station: String?, plan: NumberPlan, inbox: EventInbox,
    now: @escaping @Sendable () -> Moment, knowledge: WindowKnowledge = WindowKnowledge(),
    rank: WindowRank = WindowRank(), interval: Duration = .seconds(5),
    patience: Duration = .seconds(2), trace: Trace? = nil
  ) {
    self.plan = plan
    self.trace = trace
    self.runtime = runtime
    self.station = station.flatMap { $0.isEmpty ? nil : $0 }
    self.interval = interval
    self.patience = patience
    self.knowledge = knowledge
    self.rank = rank
    messages = CallInbox(station: self.station, plan: plan, inbox: inbox, now: now)
  }

  /// What came in so far, and what could not be used.
  public var counts: LauncherCounts { messages.counts }

  /// Listens and looks until the task is cancelled; then removes the socket.
  ///
  /// The looks are a timer of the event loop, so that socket and spool are handled on one thread and an
  /// idle look wakes no other.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.any()
    let watch = LauncherWatch(
      runtime: runtime, station: station, patience: TimeAmount(patience), inbox: messages,
      knowledge: knowledge, rank: rank, loop: loop, trace: trace,
      report: report)
    let milliseconds = Int64(interval / .milliseconds(1))
    let looks = loop.scheduleRepeatedAsyncTask(
      initialDelay: .zero, delay: TimeAmount(interval)
    ) { _ in watch.look(interval: milliseconds) }

    await untilCancelled()
    // Neither of the two can fail: both only end what was begun here.
    try? await loop.flatSubmit {
      looks.cancel()
      return watch.stop()
    }.get()
    // Who has told of a call and waits hears that it is kept, while there is a loop to answer on.
    await messages.drain()
    try? await group.shutdownGracefully()
  }
}
