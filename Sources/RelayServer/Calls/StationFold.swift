import NumberForms
import Telephony

/// What a report does to the one value of its station (R27): the last call wins.
struct StationFold {
  /// The station's value from now on; nil when it has none.
  var value: RelayedCall?
  /// What those who listen are told; nil when nothing happened that they could use.
  var event: RelayedCall?

  /// How far apart two rings without an id may be to be one call (R5) [ms].
  private static let repeatedRing: Int64 = 10_000

  init(_ report: CallReport, onto current: RelayedCall?, sequence: UInt64, at now: Moment) {
    let current = current.flatMap { $0.isExpired(at: now) ? nil : $0 }
    if case .end = report.event {
      self.init(end: report, of: current, sequence: sequence, at: now)
      return
    }
    var call = RelayedCall(
      number: report.number ?? .withheld, event: report.event.word,
      id: report.id ?? String(sequence), hasOwnID: report.id == nil, name: report.name,
      direction: report.direction, sequence: sequence, at: now)
    if let current, Self.goesOn(current, with: report, at: now) {
      call.number = report.number ?? current.number
      call.id = current.id
      call.hasOwnID = current.hasOwnID
      call.name = report.name ?? current.name
      call.direction = report.direction ?? current.direction
    }
    self.init(value: call, event: call)
  }

  private init(value: RelayedCall?, event: RelayedCall?) {
    self.value = value
    self.event = event
  }

  /// Whether the report is news of the call that is there, and no other call.
  private static func goesOn(
    _ current: RelayedCall, with report: CallReport, at now: Moment
  ) -> Bool {
    if let id = report.id, id.isSame(as: current.id) { return true }
    guard report.id == nil || current.hasOwnID else { return false }
    let isRing = report.event == .ring
    // A phone's "established" URL may say nothing but the station; a ring without a number is withheld.
    let number = report.number ?? (isRing ? .withheld : current.number)
    guard number.isSame(as: current.number) else { return false }
    return !isRing || (current.event == "ring" && now - current.at <= repeatedRing)
  }

  /// An end clears what is there when it says no number, the same number or the same id.
  private init(
    end report: CallReport, of current: RelayedCall?, sequence: UInt64, at now: Moment
  ) {
    var end = RelayedCall(
      number: report.number ?? .withheld, event: report.event.word, id: report.id ?? "",
      hasOwnID: false, name: report.name, direction: report.direction, reason: report.reason,
      sequence: sequence, at: now)
    guard let current, Self.ends(current, report) else {
      value = current
      // A call that another one has replaced here still rings in a window that listens.
      event = report.number == nil && report.id == nil ? nil : end
      return
    }
    end.number = current.number
    end.id = current.id
    end.hasOwnID = current.hasOwnID
    end.name = report.name ?? current.name
    end.direction = report.direction ?? current.direction
    value = nil
    event = end
  }

  private static func ends(_ current: RelayedCall, _ report: CallReport) -> Bool {
    guard let number = report.number else { return true }
    return number.isSame(as: current.number) || report.id?.isSame(as: current.id) == true
  }
}
