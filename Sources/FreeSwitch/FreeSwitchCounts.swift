import Telephony

/// What was heard of FreeSWITCH, and what could not be used.
public struct FreeSwitchCounts: Hashable, Sendable {
  /// Connections whose login was accepted.
  public internal(set) var logins = 0
  /// Bytes that came.
  public internal(set) var bytes = 0
  /// Facts about calls that were reported.
  public internal(set) var events = 0
  /// Messages of the present connection that were too long, and passed over.
  public internal(set) var passedOver = 0
  /// Whether the user may list channels; nil: that is not known yet.
  public internal(set) var mayList: Bool?
  /// Events that the user is not told; empty: none that is known.
  var hidden: [String] = []
  /// Whether the user may not have calls made.
  var mayNotDial = false
  /// How many channels were heard of: of the station, and of others.
  var own = 0
  var others = 0

  /// After so many channels of others, one of the station should have come.
  private static let enough = 50

  /// What these counts say of how the user hears; `station`: whose calls.
  func symptoms(_ station: String) -> [Symptom] {
    var symptoms: [Symptom] = []
    let needed = hidden.filter { $0 != "BACKGROUND_JOB" }
    if !needed.isEmpty {
      symptoms.append(
        Symptom(
          .mend, "The user is not told of \(needed.joined(separator: ", ")).",
          advice: "Add it to esl-allowed-events of the user in FreeSWITCH's directory."))
    }
    if mayList == false {
      symptoms.append(
        Symptom(
          .note,
          "The user may not list channels: a call that is going on when the window starts is not known, "
            + "nor what became of one while the connection was down.",
          advice: "Add show to esl-allowed-api of the user."))
    }
    if mayNotDial {
      symptoms.append(
        Symptom(
          .note, "The user may not have calls made: numbers cannot be dialled through FreeSWITCH.",
          advice: "Add originate and uuid_kill to esl-allowed-api of the user."))
    }
    if own == 0, others >= Self.enough {
      symptoms.append(
        Symptom(
          .note, "\(others) channels came up, and none of them was one of \(station).",
          advice: "Is that the name of a user of FreeSWITCH? Set station in [freeswitch]."))
    }
    return symptoms
  }
}
