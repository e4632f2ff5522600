import Telephony
import TextForms

/// What was heard of a CSTA server, and what could not be used.
public struct CSTACounts: Hashable, Sendable {
  /// Monitors that were begun.
  public internal(set) var monitors = 0
  /// Bytes that came.
  public internal(set) var bytes = 0
  /// Facts about calls that were reported.
  public internal(set) var events = 0
  /// Messages that could not be read.
  public internal(set) var damaged = 0
  /// Requests that were never answered.
  public internal(set) var unanswered = 0
  /// Whether the calls of the device can be listed; nil: that is not known yet.
  public internal(set) var mayList: Bool?
  /// Why not, in the server's word.
  var listError = ""

  /// What these counts say of how the operator hears.
  var symptoms: [Symptom] {
    var symptoms: [Symptom] = []
    if damaged > 0 {
      symptoms.append(
        Symptom(
          .note, "\(damaged.counted("message")) of the CSTA server could not be read: passed over.")
      )
    }
    if mayList == false {
      let word = listError.isEmpty ? "it does not answer" : listError
      symptoms.append(
        Symptom(
          .note,
          "The CSTA server does not list the calls of the device (\(word)): a call that is going on when the "
            + "window starts is not known, nor what became of one while the connection was down.",
          advice: "Allow SnapshotDevice for it, where the telephone system has that."))
    }
    return symptoms
  }
}
