import PhoneNumbers
import Telephony

/// The dialogs of a station as documents tell of them, and the facts about calls that follow.
///
/// - A call is all dialogs with one Call-ID: one that rings two telephones of the station is answered
///   as soon as one of them has it. `early` is ringing, `confirmed` answered, `terminated` ended.
/// - A dialog that the station began is an outgoing call, from its first state on.
/// - Another caller under a known name of a dialog is another call; see ``LivingDialogs``.
/// - A dialog that has the name of the station tells of all its calls at once, one at a time: when one that rang is
///   answered, it is not known whether it was this one or another that rang beside it.
/// - FreeSWITCH says of each document that it is full, and tells of the one dialog that changed. Each telephone that
///   rings has a dialog of its own. Its state is the station's: while a call goes on, the end of another one is told as
///   `confirmed`, and `terminated` says that nothing goes on any more.
/// - Versions: what is older than the latest document is dropped; a whole one may have its version, by a server that does not
///   count: NOTIFYs come in order all the same. After a gap, and when all state comes
///   with an older version, as from a server that was restarted, full state is asked for (RFC 4235,
///   section 4.1).
struct StationDialogs {
  /// What a document was good for.
  enum Verdict: Hashable {
    case taken
    /// News that came too late, or twice.
    case old
    /// It cannot be put in order, or documents before it are missing: full state is to be asked for.
    case gap
  }

  /// One call, and what was told of it.
  private struct Call {
    /// Its name in events: the names of dialogs are used again by some servers.
    var name: String
    /// The telephone system's own, where others may know it.
    let systemID: String?
    var told: CallEvent.Kind?
    var direction: Direction?
    var caller: Caller
    var remote: String?
    var remoteName: String?
    /// Whether its ring was counted as one of which the server named the caller; nil: it has not rung.
    var isNamed: Bool?
  }

  /// The most dialogs and calls that are remembered.
  private static let memory = 500

  private let source: SourceID
  private let station: String?
  let plan: NumberPlan
  var dialogs: LivingDialogs
  /// What rings at the telephone beside.
  var rings = TelephoneRings()
  /// The station's own numbers: it is nobody's caller (R50).
  private var own: Set<String> = []
  /// What a dialog is called that stands for all calls of the station.
  private var names: Set<String> = []
  /// The calls of these dialogs, by ``key(of:)``.
  private var calls: [String: Call] = [:]
  /// The ids of terminated dialogs: some servers repeat them in each document.
  private var over: Set<String> = []
  private var version: Int?
  /// Whether the next full document counts whatever its version: it answers a SUBSCRIBE.
  private var expectsFullState = true
  /// Whether a document has said who rings the station.
  private var namesCallers = false
  /// Whether the latest document was one of FreeSWITCH.
  private(set) var tellsOne = false
  private var serial = 0
  /// Rings of which the server named somebody else than the station, and of which it did not.
  private(set) var named = 0
  private(set) var nameless = 0
  /// Answers of which the server could not tell whose they are.
  private(set) var doubtful = 0

  /// No dialog yet at the station.
  init(source: SourceID, station: String?, plan: NumberPlan) {
    self.source = source
    self.station = station
    self.plan = plan
    dialogs = LivingDialogs(plan: plan)
    if let station { (own, names) = ([station], [station]) }
  }

  /// Full state was asked for, in a subscription that is new or goes on.
  mutating func expectFullState(isNew: Bool) {
    expectsFullState = true
    if isNew { version = nil }
  }

  /// Takes a document in.
  mutating func apply(_ info: DialogInfo, at now: Moment) -> (events: [CallEvent], verdict: Verdict)
  {
    let isAnswer = expectsFullState && info.isFull
    if let version, !isAnswer, info.isFull ? info.version < version : info.version <= version {
      return ([], info.isFull ? .gap : .old)
    }
    if let key = info.entity.flatMap({ plan.caller($0).number?.key }) { own.insert(key) }
    if let user = info.entity.flatMap({ SIPAddress.user(of: $0) }) { names.insert(user) }
    // Nothing else goes on when FreeSWITCH tells of an end; and the answer to a new SUBSCRIBE is whole.
    let isNew = isAnswer && version == nil
    let isOver = info.dialogs.allSatisfy { $0.state == .terminated }
    let isWhole = info.isFull && (!info.tellsOne || isOver || isNew)
    let isGap = !info.isFull && version.map { info.version > $0 + 1 } ?? true
    version = info.version
    if isAnswer { expectsFullState = false }
    tellsOne = info.tellsOne

    var ended: [String: [DialogInfo.Dialog]] = [:]
    var dropped: Set<String> = []
    namesCallers = namesCallers || info.dialogs.contains(where: isNamed)
    if isWhole { dialogs.keep(only: info.dialogs) }
    if over.count > Self.memory { over = [] }
    for var dialog in info.dialogs.map(withOtherEnd) {
      if info.tellsOne { join(&dialog) }
      guard dialog.state == .terminated else {
        over.remove(dialog.id)
        dropped.formUnion(receive(dialog, at: now).map(Self.key))
        continue
      }
      let known = dialogs[dialog.id]
      dropped.formUnion(dialogs.end(dialog.id).dropFirst().map(Self.key))
      guard over.insert(dialog.id).inserted else { continue }
      // The Call-ID may be told in the first document only.
      let isSame = known.map { dialog.callID == nil || dialog.callID == $0.callID } ?? false
      if isSame, let known, known.isNamed { dialog.name(as: known) }
      ended[Self.key(of: isSame ? known ?? dialog : dialog), default: []].append(dialog)
    }
    let events = compare(
      ended: ended, dropped: dropped, isAnswer: isAnswer, isNew: isNew, at: now)
    return (events, isGap ? .gap : .taken)
  }

  /// Takes a NOTIFY without a document in: asked for full state, the server knows no dialog.
  mutating func applyNothing(at now: Moment) -> [CallEvent] {
    guard expectsFullState else { return [] }
    return apply(DialogInfo(version: 0, isFull: true, dialogs: []), at: now).events
  }

  /// Nothing has been heard for so long that nobody knows what became of the calls.
  mutating func giveUp(at now: Moment) -> [CallEvent] {
    dialogs = LivingDialogs(plan: plan)
    defer { calls = [:] }
    return calls.sorted { $0.key < $1.key }.compactMap { _, call in
      call.told.map { event(call, $0 == .answer ? .end(.failed) : .vanish, now) }
    }
  }

  // MARK: - From dialogs to calls

  mutating func compare(
    ended: [String: [DialogInfo.Dialog]] = [:], dropped: Set<String> = [], isAnswer: Bool = false,
    isNew: Bool = false, at now: Moment
  ) -> [CallEvent] {
    noteTold()
    var events: [CallEvent] = []
    let living = Dictionary(grouping: dialogs.all) { Self.key(of: $0) }
    for key in Set(calls.keys).union(ended.keys).subtracting(living.keys).sorted() {
      let isUnknown = isAnswer || dropped.contains(key)
      var event = end(key, ended[key] ?? [], isUnknown: isUnknown, isAnswer: isAnswer, at: now)
      // Nobody listened meanwhile: when it ended is not known.
      if isNew, event?.kind == .end(.normal) { event?.kind = .end(.lost) }
      if let event { events.append(event) }
    }
    for (key, legs) in living.sorted(by: { $0.key < $1.key }) {
      guard let leg = legs.max(by: { ($0.state, $1.id) < ($1.state, $0.id) }) else { continue }
      if let event = report(key, leg, isAnswer: isAnswer, at: now) { events.append(event) }
    }
    return events
  }

  /// What is new of a call that goes on; its leg that has come furthest speaks for it.
  private mutating func report(
    _ key: String, _ leg: DialogInfo.Dialog, isAnswer: Bool, at now: Moment
  ) -> CallEvent? {
    guard leg.heldUntil == nil else { return nil }
    var leg = leg
    if callsItself(leg) {
      guard leg.state == .confirmed else { return withdraw(key, now) }
      (leg.remote, leg.remoteName, leg.direction) = (nil, nil, nil)
    }
    var call = calls[key] ?? newCall(key, now)
    let isKnown = calls[key] != nil
    call.direction = call.direction ?? (leg.isUntold ? .incoming : leg.direction)
    let before = call.caller
    identify(&call, leg)
    // Nobody said who it is, nor that it rang: the station is busy, no more is known.
    let isBare = call.told == nil && call.direction == nil && call.remote == nil
    if leg.isUntold || leg.state == .confirmed && isBare {
      call.caller = Caller(identity: .untold)
    }
    let kind: CallEvent.Kind? =
      switch leg.state {
      case .confirmed: .answer
      case .early: .ring
      case .trying, .proceeding: call.direction == .outgoing ? .ring : nil
      case .terminated: nil
      }
    if kind == .ring, call.direction != .outgoing { count(&call) }
    defer { calls[key] = call }
    guard let kind, call.told != .answer || call.caller != before else { return nil }
    let isNews = call.told != kind || call.caller != before
    let isVague = call.direction != .outgoing && isVague(leg)
    let isDoubtful = kind == .answer && call.told == .ring && (isVague || isBesideTalk(key))
    let news = call.told == .answer ? .answer : kind
    call.told = news
    guard isNews else { return nil }
    var told = event(call, news, now)
    // In progress already when the window began to look: shown, but opened by no answer.
    if isAnswer, !isKnown, kind == .answer, call.direction == .incoming { told.direction = nil }
    told.corrects = leg.isNamed && isKnown && call.caller != before
    // No document has said so far who calls, nor that it is a secret; another source may know.
    if news == .ring, call.direction != .outgoing, call.remote == nil { told.doubt = .caller }
    if isDoubtful, call.caller.identity != .untold {
      told.doubt = .caller
      doubtful += 1
    }
    return told
  }

  /// The call is another caller's now, as somebody else has told.
  mutating func rename(_ key: String, _ remote: String, _ name: String?) {
    calls[key]?.remote = remote
    calls[key]?.remoteName = name
    calls[key]?.caller = plan.caller(remote, name: name)
  }

  /// What was told to ring is no call.
  private mutating func withdraw(_ key: String, _ now: Moment) -> CallEvent? {
    guard let call = calls[key], call.told == .ring else { return nil }
    calls[key] = nil
    return event(call, .vanish, now)
  }

  /// Whether the dialog stands for all calls of the station, and nobody else knows which one it is.
  private func isVague(_ leg: DialogInfo.Dialog) -> Bool {
    !leg.isSure && (names.contains(leg.id) || leg.isForPickup)
  }

  /// Whether it is told of beside a talk, or a call that the station makes, and may as well be over.
  private func isBesideTalk(_ key: String) -> Bool {
    tellsOne
      && calls.contains {
        $0.key != key && ($0.value.told == .answer || $0.value.direction == .outgoing)
      }
  }

  private mutating func end(
    _ key: String, _ legs: [DialogInfo.Dialog], isUnknown: Bool, isAnswer: Bool, at now: Moment
  ) -> CallEvent? {
    guard var call = calls.removeValue(forKey: key) else {
      // Over before anything was heard of it: news only if it cannot be an old story.
      guard !isAnswer, let leg = legs.last, !callsItself(leg) else { return nil }
      var call = newCall(key, now)
      call.direction = leg.direction
      identify(&call, leg)
      let reason = reason(leg, call)
      return reason == .normal ? nil : event(call, .end(reason), now)
    }
    guard let leg = legs.last else {
      // Gone while nobody listened: nobody said how it ended.
      if isUnknown, call.told != .answer { return call.told.map { _ in event(call, .vanish, now) } }
      return call.told.map { _ in event(call, .end(.normal), now) }
    }
    for leg in legs { identify(&call, leg) }
    let reason = reason(leg, call)
    guard call.told != nil || reason != .normal else { return nil }
    return event(call, .end(reason), now)
  }

  private mutating func newCall(_ key: String, _ now: Moment) -> Call {
    serial += 1
    // The time makes names of different runs different ones.
    return Call(
      name: "\(key) \(now.milliseconds)-\(serial)", systemID: tellsOne ? key : nil,
      caller: plan.caller(""))
  }

  /// Takes the other end over from the dialog, if that says more than what is known.
  private func identify(_ call: inout Call, _ leg: DialogInfo.Dialog) {
    guard let remote = leg.remote ?? call.remote, call.caller.number == nil || leg.isNamed,
      remote != call.remote || leg.remoteName != call.remoteName
    else { return }
    call.remote = remote
    call.remoteName = leg.isNamed ? leg.remoteName : leg.remoteName ?? call.remoteName
    call.caller = plan.caller(remote, name: call.remoteName)
  }

  /// Gives a dialog of FreeSWITCH the name of its call, which is that of what rings at another telephone for the same
  /// caller. One that the station began is `confirmed` before anybody answers, and again when somebody does.
  private func join(_ dialog: inout DialogInfo.Dialog) {
    dialog.told = dialog.remote
    guard dialog.callID == nil, dialogs[dialog.id] == nil else { return }
    if dialog.direction == .outgoing, dialog.state == .confirmed { dialog.state = .proceeding }
    let remote = dialog.remote.map { plan.caller($0).identity }
    // Told of an end as if it were an answer: the telephone lost a call that another one has.
    let isTold = dialog.state == .early || dialog.state == .confirmed
    let other = dialogs.all.first {
      isTold && $0.state == dialog.state && $0.direction == dialog.direction
        && ($0.told ?? $0.remote).map { plan.caller($0).identity } == remote
    }
    dialog.callID = other?.callID ?? dialog.id
  }

  /// The dialog as it is told, but for a remote end that is the station itself: the two ends may be mixed up, or nobody is
  /// named by that. Asterisk's `chan_sip` writes it until it knows who calls, others for whoever calls.
  private func withOtherEnd(_ dialog: DialogInfo.Dialog) -> DialogInfo.Dialog {
    guard callsItself(dialog) else { return dialog }
    var dialog = dialog
    if let local = dialog.local, !isStation(local) {
      (dialog.remote, dialog.remoteName) = (local, dialog.localName)
    } else if dialog.isForPickup || !namesCallers {
      (dialog.remote, dialog.remoteName) = (nil, nil)
    }
    return dialog
  }

  private func isNamed(_ dialog: DialogInfo.Dialog) -> Bool {
    dialog.direction == .incoming && dialog.remote != nil && !callsItself(dialog)
      && !dialog.isForPickup
  }

  /// Whether the station is at both ends: it rings for a call that it makes, to a group that it is in.
  private func callsItself(_ dialog: DialogInfo.Dialog) -> Bool {
    dialog.remote.map(isStation) ?? false
  }

  private func isStation(_ address: String) -> Bool {
    plan.caller(address).number.map { own.contains($0.key) } ?? false
      || SIPAddress.user(of: address).map(names.contains) ?? false
  }

  /// Counts a ring once, as one whose caller is named as soon as he is.
  private mutating func count(_ call: inout Call) {
    let isNamed = call.remote != nil
    switch call.isNamed {
    case nil: if isNamed { named += 1 } else { nameless += 1 }
    case false? where isNamed:
      nameless -= 1
      named += 1
    default: return
    }
    call.isNamed = isNamed
  }

  private func event(_ call: Call, _ kind: CallEvent.Kind, _ now: Moment) -> CallEvent {
    var event = CallEvent(
      source: source, kind: kind, at: now, callID: call.name, station: station,
      direction: call.direction, caller: call.caller)
    event.systemIDs = call.systemID.map { [$0] }
    return event
  }

  static func key(of dialog: DialogInfo.Dialog) -> String {
    let name = dialog.callID ?? dialog.id
    return dialog.turn == 0 ? name : "\(name) (\(dialog.turn))"
  }

  /// RFC 4235, section 4.1.3.1, in our words. Without the attribute nothing particular was said.
  private func reason(_ leg: DialogInfo.Dialog, _ call: Call) -> EndReason {
    guard call.told != .answer else { return .normal }
    let isOutgoing = call.direction == .outgoing
    return switch leg.event {
    case "cancelled": isOutgoing ? .normal : .missed
    // What never rang was not refused by hand: the station is busy, or not to be disturbed.
    case "rejected": isOutgoing ? .failed : call.told == nil ? .missed : Self.refusal(leg.code)
    case "replaced": isOutgoing ? .normal : .elsewhere
    case "timeout": isOutgoing ? .failed : .missed
    case "error": .failed
    // A state of the station's, and no call's: another telephone may have what rang.
    case nil where !isOutgoing && call.told != nil && (tellsOne || !hasName(leg)): .untold
    default: .normal
    }
  }

  /// What a telephone means that refuses a call: the operator's no, or that it rang in vain.
  private static func refusal(_ code: Int?) -> EndReason {
    switch code {
    case nil, 403, 486, 600, 603: .rejected
    case 408, 480, 487: .missed
    default: .failed
    }
  }
}
