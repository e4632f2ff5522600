public import Telephony

/// What the operator sees of one call: the policy's answer, and the third parties found.
public struct Pop: Hashable, Sendable {
  /// How far the look into the store has come.
  public enum Lookup: Hashable, Sendable {
    /// There is no number to look up.
    case none
    case running
    case found([Match])
    /// The store could not answer; the sentence says why.
    case failed(String)
  }

  /// What the store said so far.
  public internal(set) var lookup: Lookup = .none
  /// The number that was asked for: what is found of an earlier one is of nobody on this call.
  var asked: PhoneNumber?
  /// Since when the store is being asked.
  var askedAt: Moment?
  /// Which of the company's numbers the policy judged.
  var own: OwnNumber?
  /// When a look that failed is tried again.
  var retry: Moment?
  /// What the news of the call asked for so far.
  var wish: PopWish = .nothing
  /// The policy's last answer.
  public internal(set) var verdict: PopVerdict = .wait
  /// What was noted on the number while nobody has it, newest first.
  public internal(set) var notes: [Note] = []
  /// Whom a public directory names, which makes nobody a third party.
  public internal(set) var directoryName: String?
  /// Which match is selected.
  public internal(set) var choice = 0
  /// The third party whose record was opened for the call, or who was created or attached.
  public internal(set) var party: ThirdPartySummary?
  /// Whether the record has opened by itself: once per call (R5).
  var hasPopped = false
  /// What other programs were told of the call.
  var told: Set<CallNews.Kind> = []
  /// Whether an earlier window had the call already.
  var isBroughtBack = false
  /// The operator folded the call away.
  var isHidden = false
  /// Shown a little longer although it is over (answered elsewhere).
  public internal(set) var farewell: Moment?

  /// The third parties found, best first.
  public var matches: [Match] {
    if case .found(let matches) = lookup { matches } else { [] }
  }

  /// The selected match.
  public var chosen: Match? {
    matches.indices.contains(choice) ? matches[choice] : nil
  }

  /// What the directory says, while nobody is known better.
  var onlyDirectoryName: String? { isUnknown && party == nil ? directoryName : nil }

  /// Whether the store was asked and knows nobody, not even weakly.
  public var isUnknown: Bool { lookup == .found([]) }

  /// The reason for which the call is kept quiet, if it is.
  var inhibition: Reason? {
    if case .inhibited(let reason) = verdict { reason } else { nil }
  }

  /// How sure it is that a match is who calls (R51): nobody else matches as well, or the operator chose.
  func certainty(of match: Match, in call: Call) -> MatchCertainty {
    let isChosen = party != nil || match.isRemembered
    if call.isDoubtful, !isChosen { return .caller }
    return isChosen ? match.certainty : matches.certainty(of: match)
  }

  /// Who the journal says it was: the operator's choice for the call, else the one for the number,
  /// else the best match that is not weak.
  var named: ThirdPartySummary? {
    party ?? matches.meant?.party
  }
}
