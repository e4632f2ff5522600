import Telephony

/// The values of one process, bounded as ``CallBounds`` says.
struct CallTable {
  /// One value.
  fileprivate struct Entry {
    var call: RelayedCall
    var writer: String
    /// Whether a window has asked for it.
    var isAsked: Bool
  }

  /// The time between two looks for values that have outlived themselves [ms].
  private static let sweep: Int64 = 60_000

  private let bounds: CallBounds
  private var entries: [StationKey: Entry] = [:]
  private var all = Row()
  private var byWriter: [String: Row] = [:]
  private var swept = Moment(milliseconds: 0)

  /// A table without values.
  init(_ bounds: CallBounds) { self.bounds = bounds }

  /// The station's value, expired or not.
  subscript(key: StationKey) -> RelayedCall? { entries[key]?.call }

  /// How many values have not outlived themselves.
  func count(at now: Moment) -> Int { entries.values.count { !$0.call.isExpired(at: now) } }

  /// Notes that a window has asked for a station's value: it gives way to no other one.
  mutating func ask(_ key: StationKey) {
    guard let entry = entries[key], !entry.isAsked else { return }
    entries[key]?.isAsked = true
    discount(entry)
  }

  /// Notes that a station's value was handed out.
  mutating func deliver(_ key: StationKey) { entries[key]?.call.isDelivered = true }

  /// Takes a station's value away.
  mutating func remove(_ key: StationKey) {
    guard let entry = entries.removeValue(forKey: key), !entry.isAsked else { return }
    discount(entry)
  }

  /// Puts a station's value in the place of the one before.
  ///
  /// - Returns: False when there is no room, because windows have asked for all that is there.
  mutating func put(
    _ call: RelayedCall, of key: StationKey, by writer: String, at now: Moment
  ) -> Bool {
    if now - swept >= Self.sweep {
      swept = now
      for (key, entry) in entries where entry.call.isExpired(at: now) { remove(key) }
    }
    if entries[key] == nil {
      if let row = byWriter[writer], row.unasked >= bounds.ofOneWriter,
        let oldest = byWriter[writer, default: Row()].popOldest(of: entries)
      {
        remove(oldest)
      }
      if entries.count >= bounds.all {
        guard let oldest = all.popOldest(of: entries) else { return false }
        remove(oldest)
      }
    }
    remove(key)
    entries[key] = Entry(call: call, writer: writer, isAsked: false)
    let place = Row.Place(key: key, sequence: call.sequence)
    all.add(place, entries)
    byWriter[writer, default: Row()].add(place, entries)
    return true
  }

  private mutating func discount(_ entry: Entry) {
    all.unasked -= 1
    byWriter[entry.writer]?.unasked -= 1
    if byWriter[entry.writer]?.unasked == 0 { byWriter[entry.writer] = nil }
  }
}

/// Stations in the order of their reports; what was reported again, asked for or cleared since is still in
/// it, and passed over.
private struct Row {
  struct Place {
    var key: StationKey
    var sequence: UInt64

    /// Whether this is the station's value still, and no window has asked for it.
    func isUnasked(_ entries: [StationKey: CallTable.Entry]) -> Bool {
      entries[key].map { !$0.isAsked && $0.call.sequence == sequence } ?? false
    }
  }

  private var places: [Place] = []
  private var start = 0
  /// How many of them still count.
  var unasked = 0

  mutating func add(_ place: Place, _ entries: [StationKey: CallTable.Entry]) {
    places.append(place)
    unasked += 1
    // A station that is reported again and again is in the row each time.
    guard places.count > 1024, places.count > 4 * unasked else { return }
    places = places[start...].filter { $0.isUnasked(entries) }
    start = 0
  }

  /// The station whose value has waited longest for a window.
  mutating func popOldest(of entries: [StationKey: CallTable.Entry]) -> StationKey? {
    while start < places.count {
      let place = places[start]
      start += 1
      if place.isUnasked(entries) { return place.key }
    }
    return nil
  }
}
