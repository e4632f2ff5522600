/// All channels of the PBX that the manager told of: who calls whom, and who is connected to whom.
///
/// `Local/…` channels are followed through: what is at the far end of the pair is what counts.
struct AMIChannels {
  /// How many channels are remembered; a PBX that tells of more than these loses the oldest.
  static let limit = 8_000
  /// The longest way from channel to channel that is followed.
  private static let longestWay = 12
  /// The longest name of a channel or of a call that is taken [bytes].
  private static let longestID = 150

  private var known: [[UInt8]: AMIChannel] = [:]
  private var order: [[UInt8]] = []
  /// How many messages were heard.
  private var count = 0
  /// How often it changed who calls whom, or who is connected to whom.
  private(set) var changes = 0
  /// The `Local` channels by their names.
  private var locals: [[UInt8]: [UInt8]] = [:]
  private var members: [[UInt8]: [[UInt8]]] = [:]
  /// The bridges that are conferences, parking places and the like: who is there has no one other end.
  private var rooms: Set<[UInt8]> = []

  subscript(id: [UInt8]) -> AMIChannel? { known[id] }

  var all: Dictionary<[UInt8], AMIChannel>.Values { known.values }

  // MARK: - News

  /// Takes over what a message says of its channel; its name.
  mutating func hear(_ message: AMIMessage, _ event: AMIEventName) -> [UInt8]? {
    guard let (id, call) = Self.names(message[.uniqueid], message[.linkedid]) else { return nil }
    count += 1
    if let place = known.index(forKey: id) ?? begin(id, call, isListed: event == .coreShowChannel) {
      name(place, message[.channel])
      if known.values[place].hear(message, call: call, at: count) { changes += 1 }
    }
    if event == .coreShowChannel {
      // The list does not say what kind of bridge it is.
      let isRoom = message[.application].equals("confbridge")
      move(id, to: Array(message[.bridgeID]), isRoom: isRoom)
    }
    if known.count > Self.limit { forgetOldest() }
    return id
  }

  /// A channel is heard of for the first time; where it is kept.
  private mutating func begin(
    _ id: [UInt8], _ call: [UInt8], isListed: Bool
  ) -> Dictionary<[UInt8], AMIChannel>.Index? {
    known[id] = AMIChannel(id: id, call: call, isListed: isListed, born: count)
    order.append(id)
    changes += 1
    return known.index(forKey: id)
  }

  /// One channel calls another; nil: nobody's channel does, as for a call that a program has made.
  mutating func dial(_ destination: [UInt8], from dialler: [UInt8]?) {
    changes += 1
    known[destination]?.isCalled = true
    guard let dialler else { return }
    known[destination]?.dialler = dialler
    known[dialler]?.hasDialled = true
  }

  /// The channel is in this bridge now; empty: in none. Once a room, always a room.
  mutating func move(_ id: [UInt8], to bridge: [UInt8], isRoom: Bool) {
    if known[id]?.bridge != bridge { leave(id) }
    guard !bridge.isEmpty, bridge.count <= Self.longestID, known[id] != nil else { return }
    if isRoom, rooms.insert(bridge).inserted { changes += 1 }
    guard known[id]?.bridge != bridge else { return }
    changes += 1
    known[id]?.bridge = bridge
    members[bridge, default: []].append(id)
  }

  /// The channel has left its bridge.
  mutating func leave(_ id: [UInt8]) {
    guard let bridge = known[id]?.bridge else { return }
    changes += 1
    known[id]?.bridge = nil
    members[bridge]?.removeAll { $0 == id }
    guard members[bridge]?.isEmpty == true else { return }
    members[bridge] = nil
    rooms.remove(bridge)
  }

  /// The channel has gone.
  mutating func remove(_ id: [UInt8]) {
    leave(id)
    guard let channel = known.removeValue(forKey: id) else { return }
    changes += 1
    if locals[channel.name] == id { locals[channel.name] = nil }
    if order.count > 2 * Self.limit { order.removeAll { known[$0] == nil } }
  }

  /// Forgets all: the connection is new. What is heard from now on is later than what was heard before.
  mutating func removeAll() {
    let (count, changes) = (count, changes)
    self = AMIChannels()
    (self.count, self.changes) = (count, changes + 1)
  }

  /// The names of a channel and of its call, if they can be such.
  static func names(
    _ id: UnsafeRawBufferPointer, _ call: UnsafeRawBufferPointer
  ) -> (id: [UInt8], call: [UInt8])? {
    guard (1...longestID).contains(id.count), (1...longestID).contains(call.count) else {
      return nil
    }
    return (Array(id), Array(call))
  }

  private mutating func name(
    _ place: Dictionary<[UInt8], AMIChannel>.Index, _ name: UnsafeRawBufferPointer
  ) {
    guard !name.isEmpty, name.count <= 2 * Self.longestID,
      !name.equals(known.values[place].name)
    else { return }
    changes += 1
    let (id, present) = (known.values[place].id, known.values[place].name)
    if locals[present] == id { locals[present] = nil }
    let kind = AMIChannel.kind(name)
    known.values[place].name = Array(name)
    known.values[place].kind = kind
    if kind == .local { locals[Array(name)] = id }
  }

  private mutating func forgetOldest() {
    let old = order.prefix(Self.limit / 4)
    order.removeFirst(old.count)
    for id in old { remove(id) }
  }

  // MARK: - Who is connected to whom

  /// The channels at the far ends of the bridge that a channel is in, itself not among them.
  func ends(of id: [UInt8]) -> [AMIChannel] { ends(of: id, atMost: .max) }

  /// The channel at the other end of the bridge that a channel is in; nil: there is none, or several are.
  func otherEnd(of id: [UInt8]) -> AMIChannel? {
    let ends = ends(of: id, atMost: 2)
    return ends.count == 1 ? ends[0] : nil
  }

  /// The first so many of the far ends: a conference may have hundreds.
  private func ends(of id: [UInt8], atMost limit: Int) -> [AMIChannel] {
    var ends: [AMIChannel] = []
    var bridges = known[id]?.bridge.map { [$0] } ?? []
    var next = 0
    while next < min(bridges.count, Self.longestWay) {
      let bridge = bridges[next]
      next += 1
      guard !rooms.contains(bridge) else { continue }
      for member in members[bridge] ?? [] where member != id {
        guard let channel = known[member] else { continue }
        switch channel.kind {
        case .end:
          ends.append(channel)
          if ends.count >= limit { return ends }
        case .local:
          // Two pairs may lead to one bridge, or back.
          if let bridge = half(of: channel)?.bridge, !bridges.contains(bridge) {
            bridges.append(bridge)
          }
        case .plumbing: break
        }
      }
    }
    return ends
  }

  /// The `Local` channel by which somebody is called on behalf of a channel that talked to another one
  /// before: a consultation, as Asterisk's own attended transfer makes it.
  func consultation(of id: [UInt8]) -> AMIChannel? {
    guard let channel = known[id], let bridge = channel.bridge, !rooms.contains(bridge) else {
      return nil
    }
    // Two talk: who joins all three consults no longer.
    guard let members = members[bridge], members.count <= 2 else { return nil }
    return members.lazy.compactMap { known[$0] }.first {
      $0.kind == .local && $0.isCalled && $0.dialler == nil && $0.id != $0.call && !$0.isListed
    }
  }

  // MARK: - Who calls whom

  /// The channels that called a channel, one on behalf of the other, the nearest first.
  func diallers(of id: [UInt8]) -> [AMIChannel] {
    var chain: [AMIChannel] = []
    var next = known[id]?.dialler
    while let id = next, let channel = known[id], chain.count < Self.longestWay {
      chain.append(channel)
      next = half(of: channel)?.dialler
    }
    return chain
  }

  /// The other end of the `Local` channels through which a program has a channel called. Once those between have been
  /// taken out of the way, it is the one that the call began with.
  func farEnd(of id: [UInt8]) -> [UInt8]? {
    if let half = diallers(of: id).last.flatMap(half) { return half.id }
    return known[id].flatMap { known[$0.call] }.flatMap { $0.kind == .local ? $0.id : nil }
  }

  /// Who rings a channel: the one that calls it, through all `Local` channels, or that has it called.
  func caller(of id: [UInt8]) -> AMIChannel? {
    guard let last = diallers(of: id).last else { return nil }
    guard last.kind == .local else { return last }
    return half(of: last).flatMap { otherEnd(of: $0.id) }
  }

  /// Who waits alone in a bridge, with this number. An attended transfer that nobody takes rings whoever made it, and
  /// the manager does not say for whom.
  func waiting(_ number: UnsafeRawBufferPointer) -> AMIChannel? {
    guard !AMIParties.isUnknown(number) else { return nil }
    return known.values.first { channel in
      guard channel.kind == .end, channel.isUp, number.equals(channel.number),
        let bridge = channel.bridge, !rooms.contains(bridge)
      else { return false }
      return ends(of: channel.id).isEmpty
    }
  }

  /// Whether a channel is called by the other, or was.
  func isCalled(_ id: [UInt8], by other: [UInt8]) -> Bool {
    let chain = diallers(of: id)
    if chain.contains(where: { $0.id == other }) { return true }
    guard let last = chain.last, let half = half(of: last), let bridge = half.bridge,
      half.isCalled
    else { return false }
    return known[other]?.bridge == bridge
  }

  /// Whether somebody was given the call that one of these channels makes, who was not up before (``AMIChannel/born``).
  func isTaken(from diallers: [[UInt8]], besides: [[UInt8]], since: Int) -> Bool {
    let isTaken = known.values.contains { channel in
      channel.dialler.map(diallers.contains) == true
        && (channel.kind == .local || channel.upSince > since)
        && hasTaken(channel.id, besides: besides)
    }
    // The `Local` channels between them may have been taken out of the way.
    guard !isTaken, let caller = diallers.last, known[caller]?.kind == .end else { return isTaken }
    return ends(of: caller).contains { !besides.contains($0.id) }
  }

  /// Whether a telephone or a line has taken the call at this channel. A `Local` one is up for a voice mail box or an
  /// announcement, too: what counts is behind it.
  func hasTaken(_ id: [UInt8], besides: [[UInt8]] = []) -> Bool {
    hasTaken(id, besides, Self.longestWay)
  }

  private func hasTaken(_ id: [UInt8], _ besides: [[UInt8]], _ patience: Int) -> Bool {
    guard patience > 0, let channel = known[id], channel.isUp, !besides.contains(id) else {
      return false
    }
    guard channel.kind == .local else { return channel.kind == .end }
    guard let half = half(of: channel) else { return false }
    if ends(of: half.id).contains(where: { !besides.contains($0.id) }) { return true }
    return known.values.contains { $0.dialler == half.id && hasTaken($0.id, besides, patience - 1) }
  }

  /// Whether neither a telephone nor a line calls this channel: a program has the call made
  /// (`Originate`), and the channel is the first of its call, or is rung through a `Local` one that is. Where that
  /// is up already, somebody has answered there who now calls.
  func isMadeByProgram(_ channel: AMIChannel) -> Bool {
    guard caller(of: channel.id) == nil else { return false }
    if channel.id == channel.call { return true }
    return known[channel.call].map { $0.kind == .local && !$0.isUp } ?? false
  }

  /// Whether the channel talks: to one other end, or to several.
  func isTalking(_ id: [UInt8]) -> Bool { known[id]?.bridge != nil }

  private func half(of channel: AMIChannel) -> AMIChannel? {
    channel.otherHalf.flatMap { locals[$0] }.flatMap { known[$0] }
  }
}
