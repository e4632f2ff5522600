import Telephony
import TextForms

/// What was heard as a telephone of the station, and what that costs.
struct TelephoneHearing: Hashable, Sendable {
  /// Whether the server has ever taken the registration.
  var isRegistered = false
  /// How many telephones of the station the latest answer named, this one among them; 0: it named none.
  var telephones = 0
  /// Calls that rang, and those of them that another telephone took.
  var rings = 0
  var taken = 0
  /// Calls that another telephone took, of which nobody knows whose it is.
  var unclear = 0
  /// INVITEs that came from somewhere else than the server.
  var strangers = 0

  /// What this says of how the operator hears.
  func symptoms(_ account: SIPAccount) -> [Symptom] {
    guard isRegistered else { return [] }
    return [reach(account), alone, silent, whose, others].compactMap { $0 }
  }

  private func reach(_ account: SIPAccount) -> Symptom {
    Symptom(
      .note,
      "\(account.watchedText) is registered as a telephone more, which never answers: a desk phone that"
        + " is off or busy seems to ring, until the telephone system's own time is up.",
      advice: "Voice mail begins after that time: see screenpop-telephony(7).")
  }

  private var alone: Symptom? {
    guard telephones == 1 else { return nil }
    return Symptom(
      .mend, "No other telephone of the station is registered: nobody can answer its calls.",
      advice: "Is the desk phone on? If this registration took its place, let the server keep both"
        + " (Asterisk: max_contacts = 2, remove_existing = no).")
  }

  /// After so many calls, another telephone should have taken one.
  private static let enough = 5

  private var silent: Symptom? {
    guard rings >= Self.enough, taken == 0 else { return nil }
    return Symptom(
      .mend, "\(rings) calls rang here, and no other telephone took one.",
      advice: "Does the desk phone ring? In Asterisk, PJSIP/1024 rings one telephone only: let the"
        + " dialplan dial ${PJSIP_DIAL_CONTACTS(1024)}.")
  }

  private var whose: Symptom? {
    guard unclear > 0 else { return nil }
    return Symptom(
      .note, "\(unclear) calls were taken at another telephone: the server does not say at whose.",
      advice: "If nobody else has the extension, set elsewhere = \"own\" in [sip].")
  }

  private var others: Symptom? {
    guard strangers > 0 else { return nil }
    return Symptom(
      .note,
      "\(strangers.counted("call")) came from elsewhere than the server, and were passed over.",
      advice: "Is the machine open to the Internet? Scanners ring every telephone that they find.")
  }
}
