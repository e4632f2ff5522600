import Connector
import Telephony
import TextForms

/// What was heard over the subscriptions of a run, and what should have been: an accepted subscription is no
/// right to see a call, nor who calls.
struct SIPHearing: Hashable, Sendable {
  /// What the NOTIFYs brought.
  struct Notifies: Hashable, Sendable {
    var all = 0
    /// Those with a document of dialog state.
    var documents = 0
    /// How often news before one was missing.
    var gaps = 0
    /// Whom one told of who is not watched.
    var entity: String?
  }

  /// Whether the server has ever taken a subscription.
  var isAccepted = false
  var notifies = Notifies()
  /// Rings with a caller's name or number, and without either.
  var named = 0
  var nameless = 0
  /// Answers of which the server could not tell whose they are.
  var doubtful = 0

  /// What this says of how the server tells, and what it costs.
  func symptoms(_ account: SIPAccount) -> [Symptom] {
    let watched = String(account.watched.dropFirst("sip:".count))
    guard isAccepted else { return [] }
    guard notifies.all > 0 else {
      return [
        Symptom(
          .mend,
          "\(account.server.text) accepted the subscription, and has sent no NOTIFY: no call comes up.",
          advice:
            "Look for a firewall or an address translation between, or try transport = \"tcp\".")
      ]
    }
    return [unknown(watched), another(watched), callers, answers, missing].compactMap { $0 }
  }

  /// A server says the same of a station that has no call and of one that it does not have.
  private func unknown(_ watched: String) -> Symptom? {
    guard notifies.documents == 0 else { return nil }
    return Symptom(
      .note,
      "The server has told no state of \(watched) yet: it has had no call, or there is no such station.",
      advice: "Have the station called once and look again; if this stays, check watch.")
  }

  private func another(_ watched: String) -> Symptom? {
    notifies.entity.map {
      let entity = String($0.prefix(60))
      return Symptom(
        .note, "The server tells of \(entity), where \(watched) is watched.",
        advice: "Check watch: another station's calls would come up here.")
    }
  }

  private var callers: Symptom? {
    guard nameless > 0, named == 0 else { return nil }
    return Symptom(
      .mend,
      "\(nameless.counted("call")) rang of which the server did not say who calls: no third party comes up.",
      advice: "Let it name callers to who watches (notifycid = yes in Asterisk's sip.conf), or use "
        + "another source, such as [asterisk].")
  }

  private var answers: Symptom? {
    guard doubtful > 0 else { return nil }
    return Symptom(
      .note,
      "The server tells one state for all calls of the station: when several ring, it does not say who was"
        + " answered. The caller of an answered call has a mark (?), and no record opens by the answer.",
      advice:
        "Register a telephone that listens beside it (listen = true), or use another source, such as"
        + " [asterisk].")
  }

  private var missing: Symptom? {
    guard notifies.gaps > 0 else { return nil }
    return Symptom(
      .note,
      "\(notifies.gaps.counted("time")) news was missing before a NOTIFY, and all was asked for again: calls may "
        + "come up late.", advice: "Look for lost packets, or try transport = \"tcp\".")
  }
}
