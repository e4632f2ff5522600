import Telephony

/// What was heard of Asterisk, and what could not be used.
public struct AsteriskCounts: Hashable, Sendable {
  /// Connections whose login was accepted.
  public internal(set) var logins = 0
  /// Bytes that came.
  public internal(set) var bytes = 0
  /// Events that were reported.
  public internal(set) var events = 0
  /// Messages of the present connection that were too long, and passed over.
  public internal(set) var passedOver = 0
  /// Whether the user may list channels; nil: that is not known yet.
  public internal(set) var mayList: Bool?
  /// Whether the user may ask if a caller is withheld; nil: that is not known yet.
  public internal(set) var mayAsk: Bool?
  /// Events that wait for the answer to that.
  package internal(set) var held = 0
  /// Whether a trial showed that the user may not have calls made.
  var mayNotDial = false
  /// What was heard of channels, and what should have been.
  var hearing = AMIHearing()

  /// What these counts say of how the user hears.
  var symptoms: [Symptom] {
    let filter = "Check read = call and eventfilter of the user in manager.conf."
    var symptoms: [Symptom] = []
    if mayList == false {
      symptoms.append(
        Symptom(
          .note,
          "The user may not list channels: a call that is going on when the window starts is not known, "
            + "nor what became of one while the connection was down.",
          advice: "Give the user write = reporting in manager.conf."))
    }
    if mayAsk == false {
      symptoms.append(
        Symptom(
          .mend,
          "The user may not ask whether a caller is withheld (Getvar): the manager tells the number of such a "
            + "caller like any other, and it is shown.",
          advice: "Give the user write = reporting in manager.conf."))
    }
    if hearing.unheardOwn > 0 {
      symptoms.append(
        Symptom(
          .mend, "\(hearing.unheardOwn) channels of the station came up of which nothing was told.",
          advice: filter))
    } else if hearing.unheardOthers > 0 {
      symptoms.append(
        Symptom(
          .mend,
          "\(hearing.unheardOthers) channels of others came up of which nothing was told: it is not "
            + "known who was put through, or that a call was answered elsewhere.", advice: filter))
    }
    if hearing.unended > 0 {
      symptoms.append(
        Symptom(
          .mend, "\(hearing.unended) channels ended of which it was not told (Hangup).",
          advice: filter))
    }
    if hearing.ownHangups > 3, hearing.states == 0, hearing.progress == 0 {
      symptoms.append(
        Symptom(
          .mend,
          "Nothing was told of channels that ring or are answered (Newstate): no call comes up.",
          advice: filter))
    }
    if hearing.hangups > 3, hearing.dials == 0 || hearing.bridges == 0 {
      symptoms.append(
        Symptom(
          .note,
          "Nothing was told of who calls whom (DialBegin, DialEnd) or of who talks to whom (BridgeEnter, "
            + "BridgeLeave): callers who are put through or fetched may not come up.",
          advice: filter))
    }
    if hearing.dials > 10, hearing.progress == 0 {
      symptoms.append(
        Symptom(
          .note,
          "Nothing was told of how far calls have come (DialState): one to a telephone that plays a tone of its "
            + "own (183) comes up when it is answered, or over.", advice: filter))
    }
    return symptoms
  }
}
