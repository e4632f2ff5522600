/// Which lines of the journal are shown or printed (R61).
public struct JournalFilter: Hashable, Sendable {
  /// Missed calls only.
  public var onlyMissed: Bool
  /// Callers whom nobody knows only.
  public var onlyUnknown: Bool
  /// Only what is no older.
  public var since: WallTime?
  /// What number, name or code must have in it, in any case; digits in any grouping.
  public var text: String

  /// A filter; without anything said, every line passes.
  public init(
    onlyMissed: Bool = false, onlyUnknown: Bool = false, since: WallTime? = nil, text: String = ""
  ) {
    self.onlyMissed = onlyMissed
    self.onlyUnknown = onlyUnknown
    self.since = since
    self.text = text
  }

  /// Whether the line passes.
  public func holds(_ entry: JournalEntry) -> Bool {
    if onlyMissed, entry.outcome != .missed { return false }
    if onlyUnknown, entry.isKnown || entry.isWithheld { return false }
    if let since, entry.at < since { return false }
    guard !text.isEmpty else { return true }
    let wanted = text.lowercased()
    if [entry.name, entry.code, entry.text].contains(where: {
      $0?.lowercased().contains(wanted) == true
    }) {
      return true
    }
    let digits = text.filter { ("0"..."9").contains($0) }
    guard digits.count >= 2, text.allSatisfy({ !$0.isLetter }) else { return false }
    return [entry.number, entry.text].contains { number in
      number?.filter { ("0"..."9").contains($0) }.contains(digits) == true
    }
  }
}
