import DequeModule
public import Telephony

/// Lines of the journal, newest first, each key once.
///
/// In a deque: a line is a lot to move, and in a flood thousands of new ones come at the front of thousands.
public struct JournalLines: RandomAccessCollection, Hashable, Sendable {
  private var lines: Deque<JournalEntry> = []
  private var keys: Set<String> = []

  /// These lines; of those with the same key the first.
  public init(_ entries: some Sequence<JournalEntry> = []) { add(entries) }

  /// The place of the newest line.
  public var startIndex: Int { 0 }
  /// The place after the oldest line.
  public var endIndex: Int { lines.count }
  /// The line in this place.
  public subscript(index: Int) -> JournalEntry { lines[index] }

  /// Whether there is a line with this key.
  public func has(_ key: String) -> Bool { keys.contains(key) }

  /// Where the line with this key is; nil: nowhere. Found soonest among the latest, where news come.
  public func index(of key: String) -> Int? {
    has(key) ? lines.firstIndex { $0.key == key } : nil
  }

  /// The line with this key.
  public subscript(key: String) -> JournalEntry? { index(of: key).map { lines[$0] } }

  /// Puts a line with the same key in the place of what is there. Where its time is another, ``sort()`` follows.
  mutating func replace(at index: Int, with entry: JournalEntry) { lines[index] = entry }

  /// Puts a new line in its place by time: before those of the same moment.
  mutating func insert(_ entry: JournalEntry) {
    guard keys.insert(entry.key).inserted else { return }
    lines.insert(entry, at: lines.firstIndex { $0.at <= entry.at } ?? lines.endIndex)
  }

  /// Adds those whose keys are new, each in its place by time; how many they were.
  @discardableResult mutating func add(_ entries: some Sequence<JournalEntry>) -> Int {
    let before = lines.count
    for entry in entries where keys.insert(entry.key).inserted { lines.append(entry) }
    if lines.count > before { sort() }
    return lines.count - before
  }

  /// Lets go of the oldest, until so many are left; those that went.
  @discardableResult mutating func drop(leaving count: Int) -> [JournalEntry] {
    let gone = Array(lines.dropFirst(count))
    lines.removeLast(gone.count)
    for entry in gone { keys.remove(entry.key) }
    return gone
  }

  /// Lets go of the lines of which this holds.
  mutating func removeAll(where isGone: (JournalEntry) -> Bool) {
    lines.removeAll { entry in
      guard isGone(entry) else { return false }
      keys.remove(entry.key)
      return true
    }
  }

  /// Puts the lines in order again after their times have changed.
  mutating func sort() { lines.sort { $0.at > $1.at } }
}
