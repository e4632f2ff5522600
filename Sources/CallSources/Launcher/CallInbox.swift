import CallWire
import PhoneNumbers
import Synchronization
import Telephony

/// Where the lines of socket and spool become events, each message once.
final class CallInbox: Sendable {
  /// What a line led to.
  struct Receipt {
    /// The answer.
    var reply: CallReply
    /// Whose name the sender would like to know besides.
    var wanted: PhoneNumber?
  }

  private struct State {
    var seen = SeenMessages()
    var counts = LauncherCounts()
  }

  private let station: String?
  private let plan: NumberPlan
  /// The window's clock.
  let now: @Sendable () -> Moment
  private let state = Mutex(State())

  /// An inbox of the station's window.
  init(station: String?, plan: NumberPlan, now: @escaping @Sendable () -> Moment) {
    self.station = station
    self.plan = plan
    self.now = now
  }

  /// What came in so far.
  var counts: LauncherCounts { state.withLock { $0.counts } }

  /// Reports the event that the line tells of, unless the message was seen; then answers.
  ///
  /// `age` is how long the message has waited in the spool [ms].
  func take(
    _ line: [UInt8], age: Int64 = 0, _ report: (SourceReport) -> Void
  ) -> Receipt {
    let message: CallMessage
    do throws(CallWireError) {
      message = try CallMessage(line: line)
    } catch {
      return Receipt(reply: refuse(error.sentence))
    }
    let isNew = state.withLock { state in
      let isNew = state.seen.insert(message.mid)
      if isNew { state.counts.taken += 1 } else { state.counts.repeated += 1 }
      return isNew
    }
    guard isNew else { return Receipt(reply: .ok) }

    let event = CallEvent(message, station: station, plan: plan, at: now() - age)
    state.withLock { $0.counts.strange.note(event) }
    report(.event(event))
    return Receipt(reply: .ok, wanted: message.wantsName ? event.caller.number : nil)
  }

  /// Counts what cannot be a message, and answers with the sentence.
  func refuse(_ sentence: String) -> CallReply {
    state.withLock { $0.counts.refuse(sentence) }
    return .refused(sentence)
  }

  /// Notes how many files of others lie in the spool.
  func noteForeignFiles(_ count: Int) { state.withLock { $0.counts.foreignFiles = count } }
}
