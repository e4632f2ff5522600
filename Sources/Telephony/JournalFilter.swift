/// Which lines of the journal are shown or printed (R61).
public struct JournalFilter: Hashable, Sendable {
  /// Only missed calls.
  public var onlyMissed: Bool
  /// Only callers whom nobody knows.
  public var onlyUnknown: Bool
  /// Only calls from this time on.
  public var since: WallTime?
  /// What the number, name or code must contain, in any case; digits in any grouping.
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
