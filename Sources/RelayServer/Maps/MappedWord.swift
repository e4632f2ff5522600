import NumberForms

/// What a map has words for.
enum MappedWord: String, CaseIterable {
  case event, reason, direction

  /// What it is in a report.
  var parameter: Parameter {
    switch self {
    case .event: .event
    case .reason: .reason
    case .direction: .direction
    }
  }

  /// Our words, as the manual has them.
  var known: String {
    switch self {
    case .event: "ring, answer, request, end, missed, rejected, elsewhere, failed"
    case .reason: "missed, rejected, elsewhere, failed"
    case .direction: "in, out"
    }
  }

  /// Whether reports may have this word.
  func knows(_ word: String) -> Bool {
    switch self {
    case .event: if case .other = EventWord(word) { false } else { true }
    case .reason: EventWord.endReason(word) != nil
    case .direction: DirectionWord(word) != nil
    }
  }
}
