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
    let state = message.number(.channelState)
    count += 1
    var channel =
      known[id] ?? AMIChannel(id: id, call: call, isCalled: id != call, born: count)
    if known[id] == nil {
      order.append(id)
      channel.isListed = event == .coreShowChannel
    }
    channel.call = call
    name(&channel, message[.channel])
    if state == 6, !channel.isUp { channel.upSince = count }
    if let state { channel.state = state }
    // The first half of a pair is called, the second goes through the dialplan.
    if channel.kind == .local { channel.isCalled = channel.name.last == UInt8(ascii: "1") }
    // It calls: one that began a call gives it its name, or is told of while it calls.
    if state == 4, channel.dialler == nil, channel.kind == .end { channel.isCalled = false }
    channel.number = Array(message[.callerIDNum])
    channel.numberName = Array(message[.callerIDName])
    channel.exten = Array(message[.exten])
    if AMIParties.isNumber(message[.exten]) {
      channel.latestNumber = channel.exten
      if channel.firstNumber.isEmpty, !channel.isListed { channel.firstNumber = channel.exten }
    }
    known[id] = channel
    if event == .coreShowChannel {
      // The list does not say what kind of bridge it is.
      let isRoom = message[.application].equals("confbridge")
      move(id, to: Array(message[.bridgeID]), isRoom: isRoom)
    }
    if known.count > Self.limit { forgetOldest() }
    return id
  }

  /// One channel calls another; nil: nobody's channel does, as for a call that a program has made.
  mutating func dial(_ destination: [UInt8], from dialler: [UInt8]?) {
    known[destination]?.isCalled = true
    guard let dialler else { return }
    known[destination]?.dialler = dialler
    known[dialler]?.hasDialled = true
  }

  /// The channel is in this bridge now; empty: in none. Once a room, always a room.
  mutating func move(_ id: [UInt8], to bridge: [UInt8], isRoom: Bool) {
    if known[id]?.bridge != bridge { leave(id) }
    guard !bridge.isEmpty, bridge.count <= Self.longestID, known[id] != nil else { return }
    if isRoom { rooms.insert(bridge) }
    guard known[id]?.bridge != bridge else { return }
    known[id]?.bridge = bridge
    members[bridge, default: []].append(id)
  }

  /// The channel has left its bridge.
  mutating func leave(_ id: [UInt8]) {
    guard let bridge = known[id]?.bridge else { return }
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
    if locals[channel.name] == id { locals[channel.name] = nil }
    if order.count > 2 * Self.limit { order.removeAll { known[$0] == nil } }
  }

  /// Forgets all: the connection is new.
  mutating func removeAll() { self = AMIChannels() }

  /// The names of a channel and of its call, if they can be such.
  static func names(
    _ id: UnsafeRawBufferPointer, _ call: UnsafeRawBufferPointer
  ) -> (id: [UInt8], call: [UInt8])? {
    guard (1...longestID).contains(id.count), (1...longestID).contains(call.count) else {
      return nil
    }
    return (Array(id), Array(call))
  }

  private mutating func name(_ channel: inout AMIChannel, _ name: UnsafeRawBufferPointer) {
    guard !name.isEmpty, name.count <= 2 * Self.longestID, !name.equals(channel.name) else {
      return
    }
    if locals[channel.name] == channel.id { locals[channel.name] = nil }
    channel.name = Array(name)
    channel.kind = AMIChannel.kind(name)
    if channel.kind == .local { locals[channel.name] = channel.id }
  }

  private mutating func forgetOldest() {
    let old = order.prefix(Self.limit / 4)
    order.removeFirst(old.count)
    for id in old { remove(id) }
  }

  // MARK: - Who is connected to whom

  /// The channels at the far ends of the bridge that a channel is in, itself not among them.
  func ends(of id: [UInt8]) -> [AMIChannel] {
    var seen: Set<[UInt8]> = [id]
    return ends(of: id, &seen, Self.longestWay)
  }

  private func ends(
    of id: [UInt8], _ seen: inout Set<[UInt8]>, _ patience: Int
  ) -> [AMIChannel] {
    guard patience > 0, let bridge = known[id]?.bridge, !rooms.contains(bridge) else { return [] }
    var ends: [AMIChannel] = []
    for member in members[bridge] ?? [] where seen.insert(member).inserted {
      guard let channel = known[member] else { continue }
      switch channel.kind {
      case .end: ends.append(channel)
      case .local:
        if let half = half(of: channel), seen.insert(half.id).inserted {
          ends += self.ends(of: half.id, &seen, patience - 1)
        }
      case .plumbing: break
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

  /// The other end of the `Local` channels through which a program has a channel called.
  func farEnd(of id: [UInt8]) -> [UInt8]? { diallers(of: id).last.flatMap { half(of: $0)?.id } }

  /// Who rings a channel: the one that calls it, through all `Local` channels, or that has it called.
  func caller(of id: [UInt8]) -> AMIChannel? {
    guard let last = diallers(of: id).last else { return nil }
    guard last.kind == .local else { return last }
    let ends = half(of: last).map { self.ends(of: $0.id) } ?? []
    return ends.count == 1 ? ends[0] : nil
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
