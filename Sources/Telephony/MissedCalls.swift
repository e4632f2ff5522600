/// The missed calls of a journal, by the keys of their lines.
public struct MissedCalls: Hashable, Sendable {
  /// Those whose callers nobody has reached since. A withheld caller cannot be called back, and does not count.
  public private(set) var open: Set<String> = []
  /// Those whose callers somebody has reached since: by the number, or through another one of the same third party,
  /// whoever called whom. One that the operator marked as done counts as that.
  public private(set) var reached: Set<String> = []

  /// Those of these lines, the newest first.
  public init(_ journal: some Sequence<JournalEntry>) {
    var known: (callers: Set<String>, parties: Set<String>) = ([], [])
    for entry in journal {
      let caller = entry.number ?? entry.text
      let isDone = entry.outcome == .missed && entry.isDone && !entry.isWithheld
      if isDone || entry.outcome == .answered || entry.outcome == .answeredElsewhere {
        if !caller.isEmpty { known.callers.insert(caller) }
        if let code = entry.code { known.parties.insert(code) }
      }
      switch entry.outcome {
      case .missed where !entry.isWithheld && !caller.isEmpty:
        let isReached =
          known.callers.contains(caller) || entry.code.map(known.parties.contains) == true
        if isReached { reached.insert(entry.key) } else { open.insert(entry.key) }
      default: break
      }
    }
  }
}
