package import Connector
package import ERPSync
package import Telephony
package import ThirdPartyStore

/// What is due with the ERP, and what its answers mean: the link without the ERP, the store and the clock, all
/// of which it is told of.
package struct ERPSession: Sendable {
  /// What is to be done next.
  package enum Step: Hashable, Sendable {
    /// Copy so much.
    case copy(PartyCopy.Extent)
    /// See whether the ERP answers at all.
    case check
    /// Nothing for so long [ms]; nil: until something fails.
    case wait(Int64?)
  }

  /// What became of a step, or of a question.
  package enum Outcome: Hashable, Sendable {
    /// The ERP has answered.
    case answered
    /// Another program has the store: it may bring what is due here.
    case busy
    /// It was of no use, for the reason in the sentence; whether the ERP refused its user.
    case failed(String, wasRefused: Bool = false)
  }

  /// How long after it refused the user: no guard against guessed passwords is to shut the user out.
  private static let pauseOfRefused: Duration = .seconds(900)
  /// How long after another program held the store [ms].
  private static let pauseOfBusy: Int64 = 15_000
  /// The shortest time between two steps [ms].
  private static let shortestPause: Int64 = 1_000
  /// So many questions that hang may have been given up; then the ERP is asked no more.
  private static let mostUnanswered = 3

  /// How the way to the ERP is.
  package private(set) var health = ConnectionHealth(interval: .seconds(5), goodLife: 0)
  private let schedule: CopySchedule
  /// Questions under way, those included that nobody waits for any more: each holds a thread.
  private var unanswered = 0
  private var hasJustDone = false
  private var wasBusy = false

  /// A link that has done nothing yet.
  package init(_ schedule: CopySchedule) { self.schedule = schedule }

  /// What to do now, when this was copied so far.
  package mutating func next(_ copied: CopyState?, at now: Moment, _ wall: WallTime) -> Step {
    defer { (hasJustDone, wasBusy) = (false, false) }
    if let pause = pause(at: now) { return .wait(pause) }
    if wasBusy { return .wait(Self.pauseOfBusy) }
    if !hasJustDone {
      if let extent = schedule.due(copied, at: wall) { return .copy(extent) }
      if health.nextTry != nil || health.latest == nil { return .check }
    }
    guard schedule.interval > 0 else { return .wait(nil) }
    return .wait(max(Self.shortestPause, schedule.pause(copied, at: wall)))
  }

  /// How long it is until the ERP is tried again after a failure [ms]; nil: there was none, or it is time.
  package func pause(at now: Moment) -> Int64? {
    health.nextTry.flatMap { $0 > now ? $0 - now : nil }
  }

  /// Notes what became of a step or of a question.
  package mutating func note(_ outcome: Outcome, at now: Moment) {
    switch outcome {
    case .answered:
      hasJustDone = true
      health.rise(at: now)
    case .busy: wasBusy = true
    case .failed(let reason, let wasRefused):
      health.fall(reason, wasRefused ? .after(Self.pauseOfRefused) : .backoff, at: now)
    }
  }

  /// Whether the ERP is not known to be down, and not silent to too many questions.
  package var mayAsk: Bool { health.nextTry == nil && unanswered < Self.mostUnanswered }

  /// A question goes out.
  package mutating func beginQuestion() { unanswered += 1 }

  /// A question has its answer, however late.
  package mutating func endQuestion() { unanswered -= 1 }
}
