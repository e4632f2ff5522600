import Connector
import PhoneNumbers
import Telephony

/// One telephone that is registered for a station and only listens (RFC 3261, section 10): it lets calls ring, and
/// never answers one.
struct TelephoneSession: SIPSession {
  /// After what only a person can change [ms].
  static let longPause: Int64 = 60_000
  /// The most INVITEs that are kept at a time.
  static let most = 64

  let id: SourceID
  let account: SIPAccount
  private let plan: NumberPlan
  /// A word that nobody can guess, a new one each time.
  let word: @Sendable () -> String
  var actions: [SIPAction] = []
  var stream = SIPStream()
  typealias Counts = TelephoneHearing

  /// Where this side can be reached, and by which user part nobody else is.
  var reach: SIPReach
  let contact: String
  /// Hosts that have answered a registration: calls come from them.
  var servers: Set<String> = []
  private var isOpening = false

  /// One name for all registrations, and how many there were (RFC 3261, section 10.2).
  private let callID: String
  let tag: String
  private var sequence = 0
  var transaction: SIPTransaction?
  var credentials = SIPCredentials()
  var lifetime: SIPLifetime
  /// When the next REGISTER goes out by itself, and when the present registration ends; nil: there is none.
  var registerAt: Moment?
  var expiresAt: Moment?
  /// Whether this side takes its leave, and whether the server knows.
  var isLeaving = false
  var hasLeft = false

  private var health = ConnectionHealth(interval: .seconds(1), goodLife: 0)
  var calls: TelephoneCalls
  var invites: [String: InviteTransaction] = [:]
  private let own: Set<String>
  /// Whether the server has ever taken the registration, which telephones it named, and calls of others.
  var hasBeenRegistered = false
  var isNamed = false
  var otherTelephones = 0
  var strangers = 0

  /// A telephone that ``start(at:)`` begins.
  init(
    id: SourceID, account: SIPAccount, station: String?, isOwn: Bool, hasBeside: Bool,
    plan: NumberPlan, word: @escaping @Sendable () -> String
  ) {
    self.id = id
    self.account = account
    self.plan = plan
    self.word = word
    lifetime = SIPLifetime(account.expires)
    reach = SIPReach(account.transport)
    callID = word()
    tag = word()
    contact = "screenpop-" + word().prefix(16)
    calls = TelephoneCalls(source: id, station: station, isOwn: isOwn, hasBeside: hasBeside)
    own = Set([station, plan.caller(account.watched).number?.key].compactMap { $0 })
  }

  var hearing: TelephoneHearing {
    TelephoneHearing(
      isRegistered: hasBeenRegistered, isNamed: isNamed, otherTelephones: otherTelephones,
      rings: calls.rings, taken: calls.taken, unclear: calls.unclear, strangers: strangers)
  }

  var nextWake: Moment? {
    let own = [
      registerAt, expiresAt, reach.keepAliveAt, transaction?.resendAt, transaction?.deadline,
      calls.nextDue,
    ]
    return (own + invites.values.flatMap { [$0.resendAt, $0.overAt] }).compactMap { $0 }.min()
  }

  /// Who is at both ends of an INVITE.
  func parties(_ invite: SIPMessage) -> InviteParties {
    InviteParties(invite, own: own, contact: contact, plan: plan)
  }

  // MARK: - Steps

  mutating func start(at now: Moment) -> [SIPAction] {
    registerAt = now
    return tick(at: now)
  }

  mutating func tick(at now: Moment) -> [SIPAction] {
    advance(now)
    defer { actions = [] }
    return actions
  }

  mutating func linked(local: SIPHop, at now: Moment) -> [SIPAction] {
    isOpening = false
    reach.open(local)
    register(now)
    return tick(at: now)
  }

  mutating func unlinked(_ detail: String, at now: Moment) -> [SIPAction] {
    isOpening = false
    lose(now)
    reach.close()
    if isLeaving { hasLeft = true } else { fail(.unreachable(detail: detail), pause: nil, now) }
    return tick(at: now)
  }

  mutating func receive(
    _ message: SIPMessage, from peer: SIPHop, at now: Moment
  ) -> [SIPAction] {
    switch message.start {
    case .status(let status): handle(status, message, peer, now)
    case .request(let method): handle(method, message, peer, now)
    }
    return tick(at: now)
  }

  /// `heard` and `unheard`: whether dialog state is; `taken 3`: the station took the third call.
  mutating func learn(_ word: String, at now: Moment) -> [SIPAction] {
    let words = word.split(separator: " ")
    switch words.first {
    case "heard": calls.hearsBeside = true
    case "unheard": calls.hearsBeside = false
    case "taken": if let serial = words.last.flatMap({ Int($0) }) { calls.setTaken(serial) }
    default: break
    }
    return tick(at: now)
  }

  /// What ``learn(_:at:)`` is to be told of news of the dialog state beside; nil: nothing.
  func word(for news: SIPBeside.News) -> String? {
    switch news {
    case .heard(let isHeard): isHeard ? "heard" : "unheard"
    case .taken(let caller): calls.call(takenFrom: caller).map { "taken \($0)" }
    }
  }

  mutating func stop(at now: Moment) -> [SIPAction] {
    isLeaving = true
    registerAt = nil
    // Else a server would wait for this telephone long after all others have said no.
    for key in invites.keys.sorted() { refuse(key, .unavailable, now) }
    if reach.isOpen, expiresAt != nil { register(now) } else { hasLeft = true }
    defer { actions = [] }
    return actions
  }

  private mutating func advance(_ now: Moment) {
    if let expiresAt, expiresAt <= now {
      self.expiresAt = nil
      registerAt = registerAt ?? now
    }
    if var waiting = transaction {
      if waiting.deadline <= now {
        transaction = nil
        if isLeaving { hasLeft = true } else { fail(.silent, pause: nil, now) }
      } else if waiting.isDue(at: now) {
        transaction = waiting
        actions.append(.send(waiting.bytes, to: nil))
      }
    }
    if let sign = reach.keepAlive(at: now) { actions.append(sign) }
    for (key, invite) in invites.sorted(by: { $0.key < $1.key }) {
      var invite = invite
      if let over = invite.overAt, over <= now {
        invites[key] = nil
      } else if invite.isDue(at: now) {
        invites[key] = invite
        actions.append(.send(invite.reply, to: invite.hop))
      }
    }
    report(calls.advance(at: now))
    if let registerAt, registerAt <= now, !isLeaving { attempt(now) }
  }

  // MARK: - Registering

  private mutating func attempt(_ now: Moment) {
    registerAt = nil
    guard transaction == nil, !isOpening else { return }
    credentials.restart()
    lifetime.restart()
    if reach.isOpen {
      register(now)
    } else {
      isOpening = true
      actions.append(.open)
    }
  }

  /// Sends a REGISTER; one that ends the registration when this side takes its leave.
  mutating func register(_ now: Moment) {
    let branch = "z9hG4bK\(word())"
    guard let (via, contact) = reach.lines(branch: branch, user: contact) else { return }
    sequence += 1
    var text = [
      "REGISTER \(account.domain) SIP/2.0", via, "Max-Forwards: 70",
      "From: <\(account.watched)>;tag=\(tag)", "To: <\(account.watched)>", "Call-ID: \(callID)",
      "CSeq: \(sequence) REGISTER", contact, "Expires: \(isLeaving ? 0 : lifetime.wanted)",
      "Allow: \(SIPReply.allowedToTelephone)", "User-Agent: ScreenPop",
    ]
    let password = credentials.field(
      account, method: "REGISTER", uri: account.domain, clientNonce: word)
    if let password { text.append(password) }
    text.append("Content-Length: 0")
    let bytes = Array((text.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    transaction = SIPTransaction(
      "REGISTER", branch: branch, sequence: sequence, bytes: bytes,
      isReliable: account.transport.isStream, at: now)
    actions.append(.send(bytes, to: nil))
  }

  /// Says why nothing can be heard, and when it is tried again: after `pause` [ms], nil: by the back-off.
  ///
  /// Without a registration that still lives, the next try begins with a new way to the server.
  mutating func fail(_ problem: RegistrationProblem, pause: Int64?, _ now: Moment) {
    transaction = nil
    if isLeaving {
      hasLeft = true
      return
    }
    if expiresAt == nil { close(now) }
    let retry = pause.map { Retry.after(.milliseconds($0)) } ?? .backoff
    let wait = health.fall(problem.sentence(account), retry, at: now)
    registerAt = wait.map { now + Int64($0 / .milliseconds(1)) }
    reportHealth()
  }

  /// Calls can be heard.
  mutating func reportUp(_ now: Moment) { if health.rise(at: now) { reportHealth() } }

  private mutating func reportHealth() {
    if let latest = health.latest { actions.append(.report(.health(id, latest))) }
  }

  mutating func report(_ events: [CallEvent]) {
    actions += calls.clearWords().map { .pass($0) }
    actions += events.map { .report(.event($0)) }
  }

  private mutating func close(_ now: Moment) {
    lose(now)
    if reach.isOpen { actions.append(.close) }
    reach.close()
  }

  /// The way to the server has gone, and with it the registration and whatever came by it.
  private mutating func lose(_ now: Moment) {
    transaction = nil
    expiresAt = nil
    invites = [:]
    calls.lose(at: now)
  }
}
