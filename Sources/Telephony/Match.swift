/// How sure it is that a number belongs to a third party (R42), strongest first.
public enum MatchStrength: String, Hashable, Comparable, Sendable, CaseIterable {
  /// The same E.164 number, or the same extension.
  case exact
  /// One side carries no country, and reads as the other in its region; or the plan has added digits to
  /// one, or dropped them.
  case national
  /// Nobody has the number itself, but the party has all numbers that begin as it does.
  case range
  /// A likeness, which ``Match/Weakness`` names.
  case weak

  /// Stronger first.
  public static func < (a: MatchStrength, b: MatchStrength) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}

/// A third party that has the number.
public struct Match: Hashable, Sendable {
  /// What a weak match rests on.
  public enum Weakness: Hashable, Sendable {
    /// Eight equal last digits, never between two complete numbers that differ.
    case end
    /// The switchboard of the company whose direct number the other is, or the other way round.
    case switchboard
    /// One reading of several that exclude each other.
    case reading
  }

  /// Whose number it is.
  public var party: ThirdPartySummary
  /// The contact person whose number it is (`Marie Dupont, achats`), nil for the party's own.
  public var contact: String?
  /// How sure that is.
  public var strength: MatchStrength
  /// What a weak match rests on; says nothing of others.
  public var weakness: Weakness
  /// Whether the operator chose this party for this number the last time.
  public var isRemembered: Bool

  /// A match; see the properties.
  public init(
    party: ThirdPartySummary, contact: String? = nil, strength: MatchStrength,
    weakness: Weakness = .end, isRemembered: Bool = false
  ) {
    self.party = party
    self.contact = contact
    self.strength = strength
    self.weakness = weakness
    self.isRemembered = isRemembered
  }
}

extension [Match] {
  /// Who is meant without a further word: the best match, if it is not weak or the operator chose it for
  /// the number before. A choice among weak matches gives way when a better one has come.
  public var meant: Match? {
    first.flatMap { $0.isRemembered || $0.strength != .weak ? $0 : nil }
  }

  /// The same for who cannot be told of a doubt (R51), such as a telephone's display.
  public var sure: Match? { meant.flatMap { certainty(of: $0) == .several ? nil : $0 } }

  /// How sure it is that one of them is who calls: nobody else matches as well, or the operator chose it before.
  public func certainty(of match: Match) -> MatchCertainty {
    let rivals = count { $0.strength != .weak || match.strength == .weak }
    return rivals == 1 || match.isRemembered ? match.certainty : .several
  }
}

/// Why a directory could not answer.
public struct DirectoryError: Error, Hashable, Sendable {
  /// What was tried, on what, what happened, what to do.
  public var sentence: String

  /// A failure that this sentence explains.
  public init(_ sentence: String) { self.sentence = sentence }
}
