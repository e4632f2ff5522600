import Telephony

/// What was heard of a mobile, and what could not be used.
public struct MobileCounts: Hashable, Sendable {
  /// Facts about calls that were reported.
  public internal(set) var events = 0
  /// Messages that could not be read.
  public internal(set) var damaged = 0
  /// Modems and mobiles that can make calls; nil: nobody was asked yet.
  public internal(set) var modems: Int?

  /// What these counts say of how the operator hears.
  func symptoms(_ bus: MobileBus) -> [Symptom] {
    guard modems == 0 else { return [] }
    return [
      Symptom(
        .note, "\(bus.service.title) knows no modem that can make calls, so none is heard of.",
        advice: "Is the SIM unlocked, and the mobile connected? Many data sticks have no voice.")
    ]
  }
}
