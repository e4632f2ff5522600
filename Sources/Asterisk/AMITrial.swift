import Telephony

/// A trial whether the manager's user hears of calls: two calls to channels that do not exist.
///
///     → Action: Originate                        ← Event: Newchannel
///       Channel: Local/screenpop-doctor@…          Channel: Local/screenpop-doctor@…;1
///       Application: Hangup                      ← Event: Hangup …
///                                                ← Event: OriginateResponse
///
/// One is to nobody's channel; the other has a name as a channel of the station has, which a filter lets
/// through that hides all others.
struct AMITrial {
  /// The channel of nobody.
  static let foreign = "Local/screenpop-doctor@screenpop-doctor"
  /// What its channels' names begin with, in small letters.
  private static let foreignPrefix: StaticString = "local/screenpop-doctor"

  /// The names of the two actions.
  let foreignID: String
  let ownID: String
  /// The manager's words, when it refused.
  private(set) var refusal: String?
  /// Events of the channel of nobody.
  private(set) var beginnings = 0
  private(set) var ends = 0
  private(set) var isForeignTold = false
  private(set) var isOwnTold = false

  /// A trial by these two actions, of which nothing has been heard.
  init(foreignID: String, ownID: String) { (self.foreignID, self.ownID) = (foreignID, ownID) }

  /// Whether nothing more can come.
  var isOver: Bool { refusal != nil || (isForeignTold && isOwnTold && ends >= 2) }

  /// Takes an event in.
  mutating func note(_ event: AMIEventName, _ message: AMIMessage) {
    switch event {
    case .newchannel where message[.channel].begins(Self.foreignPrefix): beginnings += 1
    case .hangup where message[.channel].begins(Self.foreignPrefix): ends += 1
    case .originateResponse:
      let id = message.text(.actionID)
      if id == foreignID { isForeignTold = true }
      if id == ownID { isOwnTold = true }
    default: break
    }
  }

  /// The manager refused an action; whether it was one of the trial's.
  mutating func refuse(_ id: String, _ words: String) -> Bool {
    guard id == foreignID || id == ownID else { return false }
    refusal = words
    return true
  }

  /// What it says of the user.
  var symptom: Symptom {
    let filter = "check eventfilter of the user in manager.conf: the manual has one that fits"
    if let refusal {
      return Symptom(
        .note,
        "Whether the user hears of calls could not be tried (\(refusal)), and numbers cannot be dialled: "
          + "it has no right originate.",
        advice: "Call the station once and look again, or give the user write = originate.")
    }
    if beginnings == 0, ends == 0, !isForeignTold {
      return isOwnTold
        ? Symptom(
          .mend,
          "A filter hides the channels of others: it is not known who was put through, or that a call "
            + "was answered elsewhere.", advice: "Please \(filter).")
        : Symptom(
          .mend, "The user is logged in and hears of no call at all.",
          advice: "Give the user read = call in manager.conf, and \(filter).")
    }
    if ends == 0 {
      return Symptom(
        .mend, "A filter hides the ends of calls (Hangup): a line rings until its time is over.",
        advice: "Please \(filter).")
    }
    if beginnings == 0 {
      return Symptom(
        .note, "A filter hides the beginnings of calls (Newchannel).", advice: "Please \(filter).")
    }
    return Symptom(.well, "A trial call, which rings nobody, was heard from beginning to end.")
  }
}
