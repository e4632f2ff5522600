import Telephony

/// The calls that ring at a telephone which never answers, and the facts about them that follow.
///
/// - A call is all INVITEs of one Call-ID and caller: a proxy may send it on two ways, or on one after the other, and a caller
///   who was asked for a password sends it again. Once it is over, another From tag is another call.
/// - Another telephone took it: the station's or a colleague's, as the configuration says, or as the dialog state
///   beside it knows. Dialog state goes on to tell of a call that the station took, and this telephone says no more.
/// - The station that calls a group with itself in it is nobody's caller: its ring is told to the dialog state alone, and
///   here once somebody else is put through.
/// - A call of which nothing more comes rings on, and is told again now and then; after minutes it is given up. So does one
///   whose way to the server breaks, for a while: the telephone beside this one rings on.
struct TelephoneCalls {
  private struct Call {
    /// Counts the calls: a Call-ID may come again.
    let serial: Int
    let callID: String
    /// The latest sequence number of each From tag.
    var sequences: [String: Int]
    var parties: InviteParties
    let began: Moment
    /// When it was last told of.
    var toldAt: Moment
    /// Its INVITEs that have not been taken back, with their From tags.
    var ringing: [String: String]
    /// The strongest reason for which one was taken back.
    var reason = CancelReason.untold
    /// When its end is told.
    var endAt: Moment?
    /// Whether dialog state said that the station took it.
    var isTaken = false
    /// Whether the way to the server broke while it rang.
    var isLost = false
  }

  /// A ring that goes on is told again after so long [ms].
  static let reminder: Int64 = 60_000
  /// No telephone system lets a call ring for longer [ms].
  static let longest: Int64 = 600_000
  /// How long dialog state may take to tell what it knows of an end [ms].
  static let besidePatience: Int64 = 2_000
  /// How long a call rings on whose way has gone [ms]: the telephone beside this one does.
  static let lossPatience: Int64 = 15_000
  /// How many calls are known again.
  private static let memory = 64
  /// How soon a call that was taken back is tried again when its caller was asked for a password [ms].
  static let repeatPatience: Int64 = 300

  private let source: SourceID
  private let station: String?
  /// Whether nobody else has the extension: whatever another telephone takes, the operator took.
  private let isOwn: Bool
  /// Whether dialog state is followed beside this.
  private let hasBeside: Bool
  /// Whether it can be heard.
  var hearsBeside = false
  /// In the order in which they came.
  private var calls: [Call] = []
  private var serial = 0
  /// The latest calls by Call-ID and From tag, oldest first: one that rings again is the same.
  private var names: [(dialog: String, serial: Int)] = []
  /// Calls that rang, and those of them that another telephone took.
  private(set) var rings = 0
  private(set) var taken = 0
  /// Calls that another telephone took, of which nobody knows whose it is.
  private(set) var unclear = 0

  /// Whether the server says why it takes calls back.
  private var habit = CancelHabit()

  /// What the dialog state beside is to be told now.
  private var words: [String] = []

  /// No call yet.
  init(source: SourceID, station: String?, isOwn: Bool, hasBeside: Bool) {
    self.source = source
    self.station = station
    self.isOwn = isOwn
    self.hasBeside = hasBeside
  }

  /// When ``advance(at:)`` has something to tell.
  var nextDue: Moment? {
    calls.flatMap { call in
      [call.endAt ?? call.toldAt + Self.reminder, call.began + Self.longest]
    }.min()
  }

  // MARK: - INVITEs

  /// An INVITE rings: `key` names it, the Call-ID its call.
  mutating func ring(
    _ key: String, callID: String, tag: String, sequence: Int, _ parties: InviteParties,
    at now: Moment
  ) -> [CallEvent] {
    let known = calls.firstIndex { call in
      call.callID == callID
        && (call.sequences[tag] != nil
          || call.endAt == nil && call.parties.caller.identity == parties.caller.identity)
    }
    if let place = known {
      var call = calls[place]
      let latest = call.sequences[tag] ?? sequence
      guard sequence >= latest else { return [] }
      // What came before, its caller sent in vain.
      if sequence > latest { call.ringing = call.ringing.filter { $0.value != tag } }
      call.sequences[tag] = sequence
      call.ringing[key] = tag
      if call.endAt != nil { words.append(Self.word(call)) }
      (call.endAt, call.isLost) = (nil, false)
      calls[place] = call
      return []
    }
    rings += 1
    let call = Call(
      serial: name("\(callID) \(tag)"), callID: callID, sequences: [tag: sequence],
      parties: parties, began: now, toldAt: now, ringing: [key: tag])
    calls.append(call)
    words.append(Self.word(call))
    return told(call, .ring, now)
  }

  /// The number of the call, which may have rung before.
  private mutating func name(_ dialog: String) -> Int {
    if let known = names.last(where: { $0.dialog == dialog }) { return known.serial }
    serial += 1
    names = names.suffix(Self.memory - 1) + [(dialog, serial)]
    return serial
  }

  /// An INVITE was taken back.
  mutating func cancel(_ key: String, _ said: CancelReason, at now: Moment) -> [CallEvent] {
    let reason = habit.read(said)
    guard let place = calls.firstIndex(where: { $0.ringing[key] != nil }) else { return [] }
    calls[place].ringing[key] = nil
    calls[place].reason = max(calls[place].reason, reason)
    guard calls[place].ringing.isEmpty || reason == .elsewhere else { return [] }
    if reason == .elsewhere { taken += 1 }
    let serial = calls[place].serial
    words.append(
      reason == .elsewhere
        ? TelephoneRings.word(elsewhere: serial) : TelephoneRings.word(over: serial))
    let patience = hasBeside ? Self.besidePatience : reason <= .gaveUp ? Self.repeatPatience : 0
    (calls[place].endAt, calls[place].isLost) = (now + patience, false)
    return advance(at: now)
  }

  /// The other end of a call that rings is told anew: it was put through meanwhile.
  mutating func identify(_ key: String, _ parties: InviteParties, at now: Moment) -> [CallEvent] {
    guard let place = calls.firstIndex(where: { $0.ringing[key] != nil }),
      calls[place].parties.caller != parties.caller
        || calls[place].parties.isStation != parties.isStation
    else { return [] }
    let isFirst = calls[place].parties.isStation
    calls[place].parties = parties
    words.append(Self.word(calls[place]))
    var news = event(calls[place], .ring, now)
    news.corrects = !isFirst
    return parties.isStation ? [] : [news]
  }

  /// Tells what is due.
  mutating func advance(at now: Moment) -> [CallEvent] {
    var events: [CallEvent] = []
    for (place, call) in calls.enumerated().reversed() {
      if let end = call.endAt {
        guard end <= now else { continue }
        remove(place)
        events = ends(call, now) + events
      } else if call.began + Self.longest <= now {
        remove(place)
        events = told(call, .vanish, now) + events
      } else if call.toldAt + Self.reminder <= now {
        calls[place].toldAt = now
        events = told(call, .ring, now) + events
      }
    }
    return events
  }

  /// The way to the server has gone: of what rings, something is told only if it comes back soon.
  mutating func lose(at now: Moment) {
    for place in calls.indices where calls[place].endAt == nil {
      (calls[place].endAt, calls[place].isLost) = (now + Self.lossPatience, true)
    }
  }

  /// What the dialog state beside is to be told, once.
  mutating func clearWords() -> [String] {
    defer { words = [] }
    return words
  }

  private static func word(_ call: Call) -> String {
    TelephoneRings.word(
      rings: call.serial, callID: call.callID.prefix { $0 != " " }, uri: call.parties.uri,
      name: call.parties.caller.name)
  }

  private mutating func remove(_ place: Int) {
    words.append(TelephoneRings.word(over: calls.remove(at: place).serial))
  }

  /// Whether dialog state would have told that the station took a call, and nobody else can.
  private var isOthers: Bool { isOwn && hasBeside && hearsBeside }

  private mutating func ends(_ call: Call, _ now: Moment) -> [CallEvent] {
    guard !call.isTaken, !call.parties.isStation else { return [] }
    if call.isLost { return [event(call, .end(.lost), now)] }
    switch call.reason {
    case .untold: return [event(call, .end(isOthers ? .missed : .untold), now)]
    case .gaveUp: return [event(call, .end(.missed), now)]
    case .declined: return [event(call, .end(isOwn ? .rejected : .missed), now)]
    case .elsewhere where isOwn && !isOthers:
      // Nobody will tell when it ends.
      return [event(call, .answer, now), event(call, .end(.unheard), now)]
    case .elsewhere:
      if !hasBeside { unclear += 1 }
      return [event(call, .end(.elsewhere), now)]
    }
  }

  // MARK: - Dialog state

  /// The number of the call that the station took, where that can be told: the one of this caller, or the only one; of
  /// several the one that another telephone took.
  func call(takenFrom caller: Caller) -> Int? {
    let open = calls.filter { call in
      let isGivenUp = call.endAt != nil && [.gaveUp, .declined].contains(call.reason)
      let isHis = caller.number.map { call.parties.caller.number?.key == $0.key } ?? true
      return !call.isTaken && !call.parties.isStation && !isGivenUp && isHis
    }
    let taken = open.filter { $0.reason == .elsewhere }
    if caller.number != nil { return (taken.last ?? open.last)?.serial }
    return open.count == 1 ? open.first?.serial : nil
  }

  /// Dialog state said that the station took the call of this number.
  mutating func setTaken(_ serial: Int) {
    guard let place = calls.firstIndex(where: { $0.serial == serial }) else { return }
    calls[place].isTaken = true
  }

  /// What is told of the call itself: nothing of one that dialog state tells of, nor of the station's own.
  private func told(_ call: Call, _ kind: CallEvent.Kind, _ now: Moment) -> [CallEvent] {
    call.isTaken || call.parties.isStation ? [] : [event(call, kind, now)]
  }

  private func event(_ call: Call, _ kind: CallEvent.Kind, _ now: Moment) -> CallEvent {
    CallEvent(
      source: source, kind: kind, at: now,
      callID: "\(call.callID.prefix { $0 != " " }.prefix(100)) \(call.serial)", station: station,
      direction: .incoming, caller: call.parties.caller, called: call.parties.called)
  }
}
