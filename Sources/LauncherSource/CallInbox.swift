import CallWire
import PhoneNumbers
import Synchronization
import Telephony

/// Where the lines of socket and spool become events.
final class CallInbox: Sendable {
  private let station: String?
  private let plan: NumberPlan
  /// The window's clock.
  let now: @Sendable () -> Moment
  private let inbox: EventInbox
  private let state = Mutex(LauncherCounts())

  /// An inbox of the station's window, which keeps what comes in `inbox`.
  init(
    station: String?, plan: NumberPlan, inbox: EventInbox, now: @escaping @Sendable () -> Moment
  ) {
    self.station = station
    self.plan = plan
    self.inbox = inbox
    self.now = now
  }

  /// What came in so far.
  var counts: LauncherCounts { state.withLock { $0 } }

  /// Has the event kept that the line tells of, and told unless it was seen; `answer` says when it is on the
  /// disk, on any thread. Returns whose name the sender would like to know besides.
  ///
  /// `moment` is when the message was written, nil for now; one without a name is kept under `name`. Throws
  /// when the line is no message.
  @discardableResult
  func accept(
    _ line: [UInt8], at moment: Moment? = nil, name: String? = nil,
    _ report: @escaping @Sendable (SourceReport) -> Void,
    answer: @escaping @Sendable (EventInbox.Answer) -> Void
  ) throws(CallWireError) -> PhoneNumber? {
    let message = try CallMessage(line: line)
    let event = CallEvent(
      message, station: station, plan: plan, at: moment ?? now(), name: name ?? newMessageID())
    inbox.accept(event) { event in
      self.state.withLock { state in
        state.taken += 1
        state.strange.note(event)
      }
      report(.event(event))
    } answer: { said in
      switch said {
      case .kept(isNew: true): break
      case .kept(isNew: false): self.state.withLock { $0.repeated += 1 }
      case .refused(let sentence): self.state.withLock { $0.failed(sentence) }
      }
      answer(said)
    }
    return message.wantsName ? event.caller.number : nil
  }

  /// Waits until everything that was accepted is answered.
  func drain() async { await inbox.drain() }

  /// Tries again what has failed: to read what an earlier window left.
  func retry() { inbox.retryPast() }

  /// Counts what cannot be a message, and answers with the sentence.
  func refuse(_ sentence: String) -> CallReply {
    state.withLock { $0.refuse(sentence) }
    return .refused(sentence)
  }

  /// Notes how many files of others lie in the spool.
  func noteForeignFiles(_ count: Int) { state.withLock { $0.foreignFiles = count } }
}
