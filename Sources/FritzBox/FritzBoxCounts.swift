import Telephony
import TextForms

/// What was heard of a call monitor, and what could not be used.
public struct FritzBoxCounts: Hashable, Sendable {
  /// Facts about calls that were reported.
  public internal(set) var events = 0
  /// Lines that could not be read.
  public internal(set) var damaged = 0
  /// Calls that rang at the box.
  var rings = 0
  /// Calls of numbers that are followed.
  var followed = 0
  /// A number of the box whose calls are not followed, the latest; nil: none was called.
  var otherNumber: String?
  /// Calls that came without the area code, which is not known.
  var localNumbers = 0
  /// Calls that were answered at the operator's telephones, and the others.
  var ownAnswers = 0
  var otherAnswers = 0
  /// The extensions at which calls were answered.
  var extensions: Set<Int> = []

  /// After so many calls of others, one of the operator's should have come.
  private static let enough = 5

  mutating func note(answeredAt number: Int?, isOwn: Bool) {
    if let number { extensions.insert(number) }
    if isOwn { ownAnswers += 1 } else { otherAnswers += 1 }
  }

  /// What these counts say of how the operator hears.
  func symptoms(_ monitor: FritzBoxMonitor) -> [Symptom] {
    var symptoms: [Symptom] = []
    if damaged > 0 {
      symptoms.append(Symptom(.note, "\(damaged.counted("line")) could not be read: passed over."))
    }
    if followed == 0, let otherNumber {
      symptoms.append(
        Symptom(
          .note,
          "Calls came, none of them to the numbers that are followed; the latest to \(otherNumber).",
          advice: "Is that one of yours? Add it to numbers in [fritzbox]."))
    }
    if localNumbers > 0 {
      symptoms.append(
        Symptom(
          .note,
          "\(localNumbers.counted("call")) came from numbers without an area code, which match weakly at most.",
          advice: "Set area_code in [fritzbox] to that of the FRITZ!Box."))
    }
    let heard = extensions.filter { !FritzBoxStation.isMachine($0) }.sorted()
    let list = heard.map { String($0) }.joined(separator: ", ")
    if monitor.extensions.isEmpty, heard.count > 1 {
      symptoms.append(
        Symptom(
          .note, "Calls were answered at the extensions \(list): all of them count as yours.",
          advice: "If colleagues have some of them, name your own in extensions of [fritzbox]."))
    }
    if !monitor.extensions.isEmpty, ownAnswers == 0, otherAnswers >= Self.enough {
      symptoms.append(
        Symptom(
          .note, "\(otherAnswers) calls were answered, at \(list), and none of them by you.",
          advice: "Is one of these extensions yours? Add it to extensions in [fritzbox]."))
    }
    return symptoms
  }
}
