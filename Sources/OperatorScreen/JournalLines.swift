import DequeModule
public import Telephony

/// Lines of the journal, newest first, each key once.
///
/// In a deque: a line is a lot to move, and in a flood thousands of new ones come at the front of thousands.
public struct JournalLines: RandomAccessCollection, Hashable, Sendable {
  private var lines: Deque<JournalEntry> = []
  /// When the call of each key began: by that its line is found.
  private var times: [String: WallTime] = [:]

  /// These lines; of those with the same key the first.
  public init(_ entries: some Sequence<JournalEntry> = []) { add(entries) }

  /// The place of the newest line.
  public var startIndex: Int { 0 }
  /// The place after the oldest line.
  public var endIndex: Int { lines.count }
  /// The line in this place.
  public subscript(index: Int) -> JournalEntry { lines[index] }

  /// Whether there is a line with this key.
  public func has(_ key: String) -> Bool { times[key] != nil }

  /// Where the line with this key is; nil: nowhere.
  public func index(of key: String) -> Int? {
    guard let time = times[key] else { return nil }
    return lines[place(of: time)...].firstIndex { $0.key == key }
  }

  /// Where the lines begin that are not newer.
  private func place(of time: WallTime) -> Int {
    var range = 0..<lines.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = lines[middle].at > time ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  /// The line with this key.
  public subscript(key: String) -> JournalEntry? { index(of: key).map { lines[$0] } }

  /// Puts a line with the same key in the place of what is there. Where its time is another, ``sort()`` follows.
  mutating func replace(at index: Int, with entry: JournalEntry) {
    lines[index] = entry
    times[entry.key] = entry.at
  }

  /// Puts a new line in its place by time: before those of the same moment.
  mutating func insert(_ entry: JournalEntry) {
    guard !has(entry.key) else { return }
    times[entry.key] = entry.at
    lines.insert(entry, at: place(of: entry.at))
  }

  /// Adds those whose keys are new, each in its place by time; returns how many that were.
  @discardableResult mutating func add(_ entries: some Sequence<JournalEntry>) -> Int {
    let before = lines.count
    for entry in entries where times[entry.key] == nil {
      times[entry.key] = entry.at
      lines.append(entry)
    }
    if lines.count > before { sort() }
    return lines.count - before
  }

  /// Removes the oldest until so many are left; returns those.
  @discardableResult mutating func drop(leaving count: Int) -> [JournalEntry] {
    let gone = Array(lines.dropFirst(count))
    lines.removeLast(gone.count)
    for entry in gone { times[entry.key] = nil }
    return gone
  }

  /// Removes the lines for which this holds.
  mutating func removeAll(where isGone: (JournalEntry) -> Bool) {
    lines.removeAll { entry in
      guard isGone(entry) else { return false }
      times[entry.key] = nil
      return true
    }
  }

  /// Puts the lines in order again after their times have changed.
  mutating func sort() { lines.sort { $0.at > $1.at } }
}
