import Telephony
import TextForms

/// What was heard as a telephone of the station, and what that costs.
struct TelephoneHearing: Hashable, Sendable {
  /// Whether the server has ever taken the registration.
  var isRegistered = false
  /// Whether the latest answer named this telephone, and how many others of the station.
  var isNamed = false
  var otherTelephones = 0
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
    return [reach(account), alone, unnamed, silent, whose, others].compactMap { $0 }
  }

  private func reach(_ account: SIPAccount) -> Symptom {
    Symptom(
      .note,
      "\(account.watchedText) is registered as a telephone more, which never answers: a desk phone that"
        + " is off or busy seems to ring, until the telephone system's own time is up.",
      advice: "Voice mail begins after that time: see screenpop-telephony(7).")
  }

  private var alone: Symptom? {
    guard isNamed, otherTelephones == 0 else { return nil }
    return Symptom(
      .mend, "No other telephone of the station is registered: nobody can answer its calls.",
      advice: "Is the desk phone on? If this registration took its place, let the server keep both"
        + " (Asterisk: max_contacts = 2, remove_existing = no).")
  }

  /// A server names all telephones that it rings (RFC 3261, section 10.3), and some write their addresses anew.
  private var unnamed: Symptom? {
    guard !isNamed, otherTelephones > 0, rings == 0 else { return nil }
    return Symptom(
      .note, "The server took the registration, and names other telephones of the station only.",
      advice: "If no call comes up, let it keep more telephones (Asterisk: max_contacts = 2).")
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
