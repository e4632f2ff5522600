import Connector
import Telephony
import TextForms

/// The conversation with the manager, without I/O and without a clock: greeting, login, list of
/// channels, events, pings, calls to make.
///
///     ← Asterisk Call Manager/11.0.0
///     → Login                                ← Response: Success
///     → CoreShowChannels                     ← Response: Success, events CoreShowChannel …
///     ← events …
///     → Ping, after a silence                ← Response: Success
///
/// One value serves for all connections, one after the other, because calls outlive a connection.
struct AMISession: ConnectorSession {
  /// What the manager can be told to do.
  enum Order {
    /// Make a call.
    case dial(AMIAction)
    /// Try whether the user hears of calls, with names as channels of this station have.
    case examine(String)
  }

  /// What becomes of it.
  enum Answer {
    case dialled(AMIDialResult)
    case examined(AMITrial)
  }

  typealias Step = SessionStep<AMIOutage, Answer>

  private enum Phase {
    case greeting([UInt8])
    case login
    case up
    case lost
  }

  /// From the connection to the greeting, and to the accepted login [ms].
  static let loginPatience: Int64 = 10_000
  /// A ping follows after so much silence [ms].
  static let silence: Int64 = 30_000
  /// One that would follow so soon after a look at the calls is sent at once [ms].
  private static let slack: Int64 = 1_000
  /// From the ping to whatever is heard next [ms].
  static let pingPatience: Int64 = 10_000
  /// All channels are listed again after so long, and sooner while a call rings on, because a filter may
  /// hide how channels end [ms].
  static let listPause: Int64 = 300_000
  static let ringingListPause: Int64 = 120_000
  /// Calls are given up that long after the connection was lost: Asterisk itself may have died [ms].
  static let callPatience: Int64 = 90_000
  /// The longest greeting [bytes].
  private static let longestGreeting = 256
  /// What the greeting begins with; the version follows.
  private static let greeting = "Asterisk Call Manager/"
  /// What the manager says of a channel that is not there.
  private static let noChannel = "No such channel"

  private let server: String
  private let user: String
  private let secret: String
  /// What the names of actions begin with: other programs hear what becomes of calls, too.
  private let idPrefix: String
  private(set) var calls: AMICalls
  private var screening = AMIScreening()
  private var parser = AMIParser()
  private var phase = Phase.lost
  private var deadline = Moment(milliseconds: 0)
  /// When calls that go on are looked after.
  private var lookAt = Moment(milliseconds: 0)
  private var isPinged = false
  private var actions = 0
  private var listID = ""
  private var listedAt = Moment(milliseconds: 0)
  private var mayList: Bool? { tally.mayList }
  private var trial: AMITrial?
  private var trialTicket: Int?
  /// Calls to be made whose answer is due, by the names of their actions.
  private var dialling: [String: Int] = [:]
  private var tally = AsteriskCounts()

  /// A conversation that has not begun.
  init(_ manager: AsteriskManager, idPrefix: String, calls: AMICalls) {
    server = manager.peer.name
    user = manager.user
    secret = manager.secret
    self.idPrefix = idPrefix
    self.calls = calls
  }

  /// When ``wake(at:)`` is to be called.
  var nextWake: Moment? {
    guard isUp else { return deadline }
    return min(deadline, lookAt, screening.due ?? deadline)
  }

  /// What was heard so far, and what could not be used.
  var counts: AsteriskCounts {
    var counts = tally
    counts.passedOver = parser.passedOver
    counts.hearing = calls.hearing
    counts.held = screening.held
    counts.mayAsk = screening.mayAsk
    return counts
  }

  func sentence(_ outage: AMIOutage) -> String { outage.sentence(server: server, user: user) }

  private var isUp: Bool {
    if case .up = phase { true } else { false }
  }

  mutating func begin(at now: Moment) -> [Step] {
    phase = .greeting([])
    parser = AMIParser()
    isPinged = false
    trial = nil
    screening.begin()
    deadline = now + Self.loginPatience
    calls.doubt()
    return []
  }

  /// Calls whose answer is due may have been made, or not.
  mutating func end(at now: Moment) -> [Step] {
    phase = .lost
    defer { dialling = [:] }
    screening.giveUp()
    return told() + dialling.values.map { .answered(ticket: $0, .dialled(.unknown)) } + endTrial()
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    tally.bytes += bytes.count
    var bytes = bytes
    var steps: [Step] = []
    if case .greeting(let begun) = phase {
      let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
      let line = begun + bytes[..<(end ?? min(bytes.count, Self.longestGreeting))]
      guard let end, line.count <= Self.longestGreeting else {
        guard line.count >= Self.longestGreeting else {
          phase = .greeting(line)
          return []
        }
        return [lose(.stranger(greeting: Self.plain(line)))]
      }
      greet(line, &steps)
      bytes = UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...])
    }
    if isUp {
      isPinged = false
      deadline = now + Self.silence
    }
    // The parser is out of the way while messages are handled, which change everything else.
    var reader = parser
    parser = AMIParser()
    reader.feed(bytes) { handle($0, at: now, &steps) }
    parser = reader
    return trial?.isOver == true ? steps + endTrial() : steps
  }

  /// Half a minute has passed, or a time limit: sees after the connection, and after rings that go on.
  mutating func wake(at now: Moment) -> [Step] {
    guard isUp else { return now >= deadline ? overdue(at: now) : [] }
    screening.expire(at: now)
    let waited = told()
    guard now >= lookAt || now >= deadline else { return waited }
    lookAt = now + Self.silence
    let isSilent = now >= deadline || !isPinged && now + Self.slack >= deadline
    let late = calls.conclude(at: now)
    let rings = calls.remind(at: now)
    let pause = rings.isEmpty ? Self.listPause : Self.ringingListPause
    let isDue = mayList != false && now - listedAt >= pause && !isPinged
    let list = isDue ? [Step.send(listChannels(at: now))] : []
    // The list is answered as a ping is.
    if isDue, isSilent {
      isPinged = true
      deadline = now + Self.pingPatience
    }
    let ping = isSilent && !isDue ? overdue(at: now) : []
    return waited + report(late + rings, at: now) + list + ping
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] {
    outage >= Self.callPatience ? report(calls.giveUp(at: now), at: now) : []
  }

  /// Tells of these events, or asks first whether their callers may be told of.
  private mutating func report(_ events: [CallEvent], at now: Moment) -> [Step] {
    // Nearly all messages: what waits is told when its answer comes.
    guard !events.isEmpty else { return [] }
    var questions: [Step] = []
    for event in events {
      if isUp, screening.isOpen(event), let (name, channel) = calls.presentation(of: event) {
        let question = action(.variable(name, channel: channel))
        screening.ask(about: event, by: [question.id], at: now)
        questions.append(.send(question.bytes))
      }
      screening.add(event)
    }
    return questions + told()
  }

  /// Asks about whoever calls a station by this message, before anything is told of the call.
  private mutating func askEarly(_ message: AMIMessage, at now: Moment) -> [Step] {
    guard let (subject, variables) = calls.newCaller(message), screening.isOpen(subject)
    else { return [] }
    let questions = variables.map { action(.variable($0.name, channel: $0.channel)) }
    screening.ask(about: subject, by: questions.map(\.id), at: now)
    return questions.map { .send($0.bytes) }
  }

  /// What can be told now.
  private mutating func told() -> [Step] {
    let events = screening.drain()
    tally.events += events.count
    return events.map { .tell($0) }
  }

  // MARK: - Orders

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    switch order {
    case .dial(let action):
      let (id, bytes) = self.action(action)
      dialling[id] = ticket
      return [.send(bytes)]
    case .examine(let channel):
      guard trialTicket == nil else { return [.answered(ticket: ticket, nil)] }
      let foreign = self.action(.trial(channel: AMITrial.foreign))
      let own = self.action(.trial(channel: "\(channel)-screenpop-doctor"))
      trial = AMITrial(foreignID: foreign.id, ownID: own.id)
      tally.mayNotDial = false
      trialTicket = ticket
      return [.send(foreign.bytes + own.bytes)]
    }
  }

  mutating func abandon(ticket: Int) -> Answer? {
    if ticket == trialTicket {
      trialTicket = nil
      return trial.map { .examined($0) }
    }
    dialling = dialling.filter { $0.value != ticket }
    return .dialled(.unknown)
  }

  private mutating func endTrial() -> [Step] {
    guard let ticket = trialTicket else { return [] }
    trialTicket = nil
    return [.answered(ticket: ticket, trial.map { .examined($0) })]
  }

  private mutating func listChannels(at now: Moment) -> [UInt8] {
    let list = action(.listChannels)
    listID = list.id
    listedAt = now
    calls.suspect()
    return list.bytes
  }

  /// Nothing was heard for too long.
  private mutating func overdue(at now: Moment) -> [Step] {
    switch phase {
    case .greeting, .login: return [lose(.mute(seconds: Int(clamping: Self.loginPatience / 1000)))]
    case .up where isPinged:
      return [lose(.silent(seconds: Int(clamping: (Self.silence + Self.pingPatience) / 1000)))]
    case .up:
      isPinged = true
      deadline = now + Self.pingPatience
      return [.send(action(.ping).bytes)]
    case .lost: return []
    }
  }

  // MARK: - Messages

  private mutating func greet(_ line: [UInt8], _ steps: inout [Step]) {
    let text = Self.plain(line)
    guard text.hasPrefix(Self.greeting) else {
      return steps.append(lose(.stranger(greeting: text)))
    }
    let version = text.dropFirst(Self.greeting.count)
    // Since Asterisk 12 every branch raises the first number: 11 is that of Asterisk 22.
    guard let major = Int(version.prefix { $0 != "." }), major >= 2 else {
      return steps.append(lose(.unsupported(version: String(version))))
    }
    phase = .login
    steps.append(.send(action(.login(user: user, secret: secret)).bytes))
  }

  private mutating func handle(_ message: AMIMessage, at now: Moment, _ steps: inout [Step]) {
    switch (phase, message.kind) {
    case (.login, .response): answerLogin(message, at: now, &steps)
    case (.up, .response): answer(message, at: now, &steps)
    case (.up, .event(let event)):
      trial?.note(event, message)
      if event == .coreShowChannelsComplete { tally.mayList = true }
      if event == .dialBegin { steps += askEarly(message, at: now) }
      steps += report(calls.apply(message, at: now), at: now)
      if event == .originateResponse { answerCall(message, &steps) }
    case (.greeting, _), (.login, _), (.lost, _): break
    }
  }

  private mutating func answerLogin(
    _ message: AMIMessage, at now: Moment, _ steps: inout [Step]
  ) {
    guard message[.response].equals("success") else {
      return steps.append(lose(.refused(message: words(message))))
    }
    phase = .up
    isPinged = false
    deadline = now + Self.silence
    lookAt = deadline
    tally.logins += 1
    steps += [.up, .send(listChannels(at: now))]
  }

  private mutating func answer(_ message: AMIMessage, at now: Moment, _ steps: inout [Step]) {
    guard !message[.actionID].isEmpty else { return }
    let id = message.text(.actionID)
    let isDone = message[.response].equals("success")
    let isGone = !isDone && words(message) == Self.noChannel
    if screening.answer(id, isHidden: isGone ? nil : AMIScreening.isHidden(message[.value])) {
      if !isGone { screening.note(mayAsk: isDone) }
      steps += told()
    }
    guard !isDone else { return }
    let words = words(message)
    if id == listID {
      // Without the right to list channels, nobody knows which calls are still there.
      tally.mayList = false
      steps += report(calls.settle(at: now), at: now)
    } else if trial?.refuse(id, words) == true {
      tally.mayNotDial = true
    } else if let ticket = dialling.removeValue(forKey: id) {
      steps.append(.answered(ticket: ticket, .dialled(.refused(message: words))))
    }
  }

  /// The station has taken the call that Asterisk makes for it, or has not.
  private mutating func answerCall(_ message: AMIMessage, _ steps: inout [Step]) {
    guard let ticket = dialling.removeValue(forKey: message.text(.actionID)) else { return }
    let isMade = message[.response].equals("success")
    let result: AMIDialResult = isMade ? .made : .failed(reason: message.number(.reason) ?? 0)
    steps.append(.answered(ticket: ticket, .dialled(result)))
  }

  private static func plain(_ line: [UInt8]) -> String {
    PlainText.cleaned(String(decoding: line, as: UTF8.self), limit: 60)
  }

  private func words(_ message: AMIMessage) -> String {
    PlainText.cleaned(message.text(.message), limit: 80)
  }

  private mutating func lose(_ outage: AMIOutage) -> Step {
    phase = .lost
    return .lost(outage)
  }

  private mutating func action(_ action: AMIAction) -> (id: String, bytes: [UInt8]) {
    actions += 1
    let id = "\(idPrefix)-\(actions)"
    return (id, action.encoded(id: id))
  }
}
