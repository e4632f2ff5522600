/// A source that finds out whether it would hear of a call: a login is not a right.
public protocol SelfExamining: CallSource {
  /// The name under which it reports.
  var id: SourceID { get }
  /// What it noticed while it ran; nothing is asked for this.
  var symptoms: [Symptom] { get }
  /// Whether nothing is tried while a window has it: a second connection would take the first one's place, or
  /// hear less.
  var isForOne: Bool { get }
  /// Tries what can be tried without ringing anybody; only while it runs and is up.
  func examine() async -> [Symptom]
}

extension SelfExamining {
  /// Most serve many alike.
  public var isForOne: Bool { false }
}

/// Something that a source noticed about its own hearing, or that `screenpop doctor` found.
public struct Symptom: Hashable, Sendable {
  /// What it means for the operator.
  public enum Weight: String, Hashable, Sendable, CaseIterable {
    /// As it should be.
    case well
    /// Worth knowing; calls come up all the same.
    case note
    /// Something keeps calls, or what becomes of them, from being heard or from coming up.
    case mend
  }

  /// What it means.
  public var weight: Weight
  /// What was noticed, and what follows from it: a whole sentence.
  public var sentence: String
  /// What to do; nil: nothing.
  public var advice: String?

  /// A symptom; see the properties.
  public init(_ weight: Weight, _ sentence: String, advice: String? = nil) {
    self.weight = weight
    self.sentence = sentence
    self.advice = advice
  }
}
