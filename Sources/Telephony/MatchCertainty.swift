/// How sure a match is, and what a weak one rests on, in one word.
public enum MatchCertainty: String, Hashable, Sendable, CaseIterable {
  case exact, national, range, end, switchboard, reading
  /// Others have the number, too, and nobody chose among them.
  case several
  /// A public directory says so, and none of the third parties has the number.
  case directory
  /// Only the telephone system named the caller, and none of the third parties has the number.
  case telephone
  /// It is not known whether it was this caller who was answered.
  case caller
}

extension Match {
  /// How sure the match is.
  public var certainty: MatchCertainty {
    switch (strength, weakness) {
    case (.exact, _): .exact
    case (.national, _): .national
    case (.range, _): .range
    case (.weak, .end): .end
    case (.weak, .switchboard): .switchboard
    case (.weak, .reading): .reading
    }
  }
}
