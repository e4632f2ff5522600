import Connector
import PhoneNumbers
import Telephony

/// One subscription to a station's dialog state as a subscriber keeps it (RFC 6665, section 4.1): what
/// comes in and what time it is decide what goes out.
struct SIPSubscription: SIPSession {
  /// Two resubscriptions at once are so far apart; a faster loop waits longer and longer [ms].
  static let calm: Int64 = 10_000
  /// Between two requests for full state [ms].
  static let resyncPause: Int64 = 30_000
  /// Calls are given up that long after nothing can be heard any more: the server may have died [ms].
  static let callPatience: Int64 = 90_000
  /// After what only a person can change [ms].
  static let longPause: Int64 = 60_000

  let id: SourceID
  let account: SIPAccount
  /// A word that nobody can guess, a new one each time.
  let word: @Sendable () -> String
  var dialogs: StationDialogs
  var actions: [SIPAction] = []
  var stream = SIPStream()
  typealias Counts = SIPHearing

  /// Where this side can be reached.
  var reach: SIPReach
  private var isOpening = false

  var dialog: SubscriptionDialog
  var transaction: SIPTransaction?
  /// The replies to the latest NOTIFYs, for those that come twice.
  var replies: [(key: String, bytes: [UInt8])] = []

  var credentials = SIPCredentials()
  var lifetime: SIPLifetime

  /// Whether the latest NOTIFY brought state.
  var canHear = false
  /// When the next SUBSCRIBE goes out by itself.
  var subscribeAt: Moment?
  /// When the subscription ends at the server; nil while there is none.
  var expiresAt: Moment?
  /// When the first NOTIFY is missed.
  var notifyBy: Moment?
  var resyncAt: Moment?
  var soonAt: Moment?

  private var health = ConnectionHealth(interval: .seconds(1), goodLife: 0)
  /// Whether the server has ever taken a subscription.
  var hasBeenAccepted = false
  /// What the NOTIFYs brought.
  var notifies = SIPHearing.Notifies()

  /// What was heard so far, and what should have been.
  var hearing: SIPHearing {
    SIPHearing(
      isAccepted: hasBeenAccepted, notifies: notifies, named: dialogs.named,
      nameless: dialogs.nameless, doubtful: dialogs.doubtful)
  }

  /// It takes its leave without waiting for an answer.
  var hasLeft: Bool { true }

  /// A subscription that ``start(at:)`` begins.
  init(
    id: SourceID, account: SIPAccount, station: String?, plan: NumberPlan,
    word: @escaping @Sendable () -> String
  ) {
    self.id = id
    self.account = account
    reach = SIPReach(account.transport)
    self.word = word
    lifetime = SIPLifetime(account.expires)
    dialogs = StationDialogs(source: id, station: station, plan: plan)
    dialog = SubscriptionDialog(callID: word(), localTag: word())
  }

  /// When ``tick(at:)`` is to be called at the latest; nil: only news matters.
  var nextWake: Moment? {
    [
      subscribeAt, expiresAt, notifyBy, reach.keepAliveAt, transaction?.resendAt,
      transaction?.deadline, dialogs.heldUntil,
    ].compactMap { $0 }.min()
  }

  // MARK: - Steps

  /// Begins.
  mutating func start(at now: Moment) -> [SIPAction] {
    subscribeAt = now
    return tick(at: now)
  }

  /// Does what is due.
  mutating func tick(at now: Moment) -> [SIPAction] {
    advance(now)
    defer { actions = [] }
    return actions
  }

  /// There is a way to the server, from this address.
  mutating func linked(local: SIPHop, at now: Moment) -> [SIPAction] {
    isOpening = false
    reach.open(local)
    subscribe(now)
    return tick(at: now)
  }

  /// There is no way to the server, or no more.
  mutating func unlinked(_ detail: String, at now: Moment) -> [SIPAction] {
    isOpening = false
    reach.close()
    // The server would go on writing to an address that is no more ours.
    forget()
    fail(.unreachable(detail: detail), pause: nil, now)
    return tick(at: now)
  }

  /// A message came from `peer`.
  mutating func receive(_ message: SIPMessage, from peer: SIPHop, at now: Moment) -> [SIPAction] {
    switch message.start {
    case .status(let status): handle(status, message, now)
    case .request(let method): handle(method, message, peer, now)
    }
    return tick(at: now)
  }

  /// Something happened at the telephone beside: see ``TelephoneRings``.
  mutating func learn(_ word: String, at now: Moment) -> [SIPAction] {
    actions += dialogs.learn(word, at: now).map { .report(.event($0)) }
    return tick(at: now)
  }

  /// Ends the subscription.
  mutating func stop(at now: Moment) -> [SIPAction] {
    if dialog.isEstablished, reach.isOpen {
      lifetime = SIPLifetime(0)
      subscribe(now)
    }
    transaction = nil
    close()
    defer { actions = [] }
    return actions
  }

  private mutating func advance(_ now: Moment) {
    if let expiresAt, expiresAt <= now {
      forget()
      subscribeAt = subscribeAt ?? now
    }
    if var waiting = transaction {
      if waiting.deadline <= now {
        timeOut(now)
      } else if waiting.isDue(at: now) {
        transaction = waiting
        actions.append(.send(waiting.bytes, to: waiting.hop))
      }
    }
    if let notifyBy, notifyBy <= now {
      self.notifyBy = nil
      forget()
      fail(.noNotify, pause: nil, now)
    }
    if let sign = reach.keepAlive(at: now) { actions.append(sign) }
    actions += dialogs.release(at: now).map { .report(.event($0)) }
    if let subscribeAt, subscribeAt <= now { attempt(now) }
  }

  private mutating func timeOut(_ now: Moment) {
    transaction = nil
    // The way inside a dialog may lead nowhere from here; the way to the server is tried once more.
    let wasInside = dialog.isEstablished
    forget()
    if wasInside { resubscribe(.silent, now) } else { fail(.silent, pause: nil, now) }
  }

  // MARK: - Asking

  /// Asks for state now, by a way that is made first when there is none.
  private mutating func attempt(_ now: Moment) {
    subscribeAt = nil
    guard transaction == nil, !isOpening else { return }
    credentials.restart()
    lifetime.restart()
    if reach.isOpen {
      subscribe(now)
    } else {
      isOpening = true
      actions.append(.open)
    }
  }

  /// Sends a SUBSCRIBE, inside the dialog if there is one.
  mutating func subscribe(_ now: Moment) {
    let isNew = !dialog.isEstablished
    let branch = "z9hG4bK\(word())"
    guard let (via, contact) = reach.lines(branch: branch, user: "screenpop") else { return }
    let (uri, lines, hop) = dialog.request(account, expires: lifetime.wanted)
    var text = ["SUBSCRIBE \(uri) SIP/2.0", via] + lines
    text += [contact, "Allow: \(SIPReply.allowedToSubscriber)", "User-Agent: ScreenPop"]
    let password = credentials.field(
      account, method: "SUBSCRIBE", uri: uri, clientNonce: word)
    if let password { text.append(password) }
    text.append("Content-Length: 0")
    let bytes = Array((text.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    transaction = SIPTransaction(
      "SUBSCRIBE", branch: branch, sequence: dialog.sequence, bytes: bytes, hop: hop,
      isReliable: account.transport.isStream, at: now)
    dialogs.expectFullState(isNew: isNew)
    actions.append(.send(bytes, to: hop))
  }

  // MARK: - Failing

  /// The subscription is no more; the next one is another.
  mutating func forget() {
    dialog = SubscriptionDialog(callID: word(), localTag: word())
    transaction = nil
    expiresAt = nil
    notifyBy = nil
    replies = []
    canHear = false
    resyncAt = nil
  }

  private mutating func close() {
    if reach.isOpen { actions.append(.close) }
    reach.close()
  }

  /// Says why nothing can be heard, and when it is tried again: after `pause` [ms], nil: by the back-off.
  ///
  /// Without a subscription that still lives, the next try begins with a new way to the server.
  mutating func fail(_ problem: SubscriptionProblem, pause: Int64?, _ now: Moment) {
    if !dialog.isEstablished { close() }
    transaction = nil
    let retry = pause.map { Retry.after(.milliseconds($0)) } ?? .backoff
    let before = health.latest
    let wait = health.fall(problem.sentence(account), retry, at: now)
    subscribeAt = wait.map { now + Int64($0 / .milliseconds(1)) }
    reportHealth(unless: before)
    if health.outage(at: now) >= Self.callPatience {
      actions += dialogs.giveUp(at: now).map { .report(.event($0)) }
    }
  }

  /// Says why nothing will be heard until somebody has changed something at the server.
  mutating func giveUp(_ problem: SubscriptionProblem, _ now: Moment) {
    forget()
    close()
    subscribeAt = nil
    report(problem, nextTry: nil, now)
  }

  /// Begins another subscription at once, unless that did not help a moment ago.
  mutating func resubscribe(_ problem: SubscriptionProblem, _ now: Moment) {
    forget()
    guard soonAt.map({ now - $0 >= Self.calm }) ?? true else {
      return fail(problem, pause: nil, now)
    }
    soonAt = now
    subscribeAt = now
  }

  /// Asks for full state soon.
  mutating func resync(_ now: Moment) {
    let due = max(now, resyncAt.map { $0 + Self.resyncPause } ?? now)
    if let subscribeAt, subscribeAt <= due { return }
    subscribeAt = due
    resyncAt = due
  }

  mutating func report(_ problem: SubscriptionProblem, nextTry: Moment?, _ now: Moment) {
    let before = health.latest
    health.fall(problem.sentence(account), nextTry: nextTry, at: now)
    reportHealth(unless: before)
  }

  /// State can be heard.
  mutating func reportUp(_ now: Moment) {
    if health.rise(at: now) { reportHealth(unless: nil) }
  }

  private mutating func reportHealth(unless known: SourceHealth?) {
    guard let latest = health.latest, latest != known else { return }
    actions.append(.report(.health(id, latest)))
  }
}
