/// The calls that are remembered, with the indexes by which news finds its call.
///
/// Every step costs the same whatever the number of calls, but for the bounded lists below, so that a
/// flood of events is slow neither to take in nor to forget.
struct CallMemory: Sendable {
  /// How many calls of one caller, and how many calls going on, are searched for news without a call
  /// id, newest first.
  private static let searched = 32

  private struct SourceCallID: Hashable {
    var source: SourceID
    var callID: String
  }

  /// Under what calls of one caller are found: the normal form, however much of it was received.
  private enum CallerKey: Hashable {
    case number(String)
    case withheld
    case text(String)
    case untold

    init(_ caller: Caller) {
      switch caller.identity {
      case .number(let number): self = .number(number.key)
      case .withheld, .unreplaced: self = .withheld
      case .text(let text): self = .text(text)
      case .untold: self = .untold
      }
    }
  }

  private var calls: [Call.ID: Call] = [:]
  private var order: [Call.ID] = []
  private var bySource: [SourceCallID: Call.ID] = [:]
  private var bySystem: [String: Call.ID] = [:]
  /// The newest calls of each caller, oldest first.
  private var byCaller: [CallerKey: [Call.ID]] = [:]
  /// The calls going on, oldest first.
  private(set) var liveIDs: [Call.ID] = []
  /// The calls that were lost with the sources that told of them.
  private var lostIDs: Set<Call.ID> = []
  /// The calls that occupy the station.
  private(set) var engaged: Set<Call.ID> = []
  private var lastSerial = 0

  subscript(id: Call.ID) -> Call? { calls[id] }

  /// The name of a call that is to be remembered next.
  mutating func claimID() -> Call.ID {
    lastSerial += 1
    return Call.ID(serial: lastSerial)
  }

  /// The call that the source's own name stands for.
  func call(_ callID: String, of source: SourceID) -> Call? {
    bySource[SourceCallID(source: source, callID: callID)].flatMap { calls[$0] }
  }

  /// The call that the telephone system's own name stands for.
  func call(_ systemID: String) -> Call? { bySystem[systemID].flatMap { calls[$0] } }

  /// The newest calls of a caller, newest first.
  func recent(of caller: Caller) -> [Call] {
    (byCaller[CallerKey(caller)] ?? []).reversed().compactMap { calls[$0] }
  }

  /// The newest calls going on, newest first.
  func recentLive() -> [Call] {
    liveIDs.suffix(Self.searched).reversed().compactMap { calls[$0] }
  }

  /// The newest calls, whether they go on or not, oldest first.
  func newest() -> [Call] { order.suffix(Self.searched).compactMap { calls[$0] } }

  /// The calls that were lost, oldest first.
  var lost: [Call] { lostIDs.sorted().compactMap { calls[$0] } }

  /// Remembers the call as it is now.
  mutating func store(_ call: Call) {
    let before = calls.updateValue(call, forKey: call.id)
    if before == nil { order.append(call.id) }
    let key = CallerKey(call.caller)
    let former = before.map { CallerKey($0.caller) }
    if let former, former != key { removeCallerKey(former, of: call.id) }
    if former != key { addCallerKey(key, of: call.id) }
    setLive(call, before: before)
  }

  /// Remembers the source's own name for a call; a name that is used again stands for the newer call.
  mutating func name(_ id: Call.ID, _ callID: String, by source: SourceID) {
    bySource[SourceCallID(source: source, callID: callID)] = id
  }

  /// The source has another name for the call from now on.
  mutating func rename(_ call: inout Call, by source: SourceID) {
    guard let old = call.callIDs.removeValue(forKey: source) else { return }
    bySource[SourceCallID(source: source, callID: old)] = nil
  }

  /// Remembers the telephone system's own name for a call.
  mutating func name(_ id: Call.ID, _ systemID: String) { bySystem[systemID] = id }

  /// Forgets old calls once there are twice as many as are to be kept; those that are still going on
  /// are returned, to be ended first, and forgotten the next time.
  mutating func forget(keeping count: Int) -> [Call] {
    guard order.count > 2 * count else { return [] }
    var goingOn: [Call] = []
    for id in order.dropLast(count) {
      guard let call = calls[id] else { continue }
      if call.isLive { goingOn.append(call) } else { remove(call) }
    }
    order.removeAll { calls[$0] == nil }
    return goingOn
  }

  private mutating func remove(_ call: Call) {
    calls[call.id] = nil
    lostIDs.remove(call.id)
    removeCallerKey(CallerKey(call.caller), of: call.id)
    for name in call.systemIDs where bySystem[name] == call.id { bySystem[name] = nil }
    for (source, callID) in call.callIDs {
      let key = SourceCallID(source: source, callID: callID)
      if bySource[key] == call.id { bySource[key] = nil }
    }
  }

  private mutating func addCallerKey(_ key: CallerKey, of id: Call.ID) {
    var ids = byCaller[key] ?? []
    ids.insertInOrder(id)
    byCaller[key] = ids.suffix(Self.searched)
  }

  private mutating func removeCallerKey(_ key: CallerKey, of id: Call.ID) {
    byCaller[key]?.removeAll { $0 == id }
    if byCaller[key]?.isEmpty == true { byCaller[key] = nil }
  }

  private mutating func setLive(_ call: Call, before: Call?) {
    if call.isLost { lostIDs.insert(call.id) } else { lostIDs.remove(call.id) }
    if call.isEngaged { engaged.insert(call.id) } else { engaged.remove(call.id) }
    let wasLive = before?.isLive == true
    if call.isLive, !wasLive {
      liveIDs.insertInOrder(call.id)
    } else if wasLive, !call.isLive {
      liveIDs.removeAll { $0 == call.id }
    }
  }
}

extension [Call.ID] {
  /// Puts the call in its place among these, which are oldest first.
  package mutating func insertInOrder(_ id: Call.ID) {
    insert(id, at: lastIndex { $0 < id }.map { $0 + 1 } ?? 0)
  }
}
