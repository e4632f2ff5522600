import Connector
import NumberForms
import PhoneNumbers
import Telephony
import TextForms

/// The conversation with an event socket, without I/O and without a clock.
///
///     ← auth/request
///     → auth …                     ← +OK accepted
///     → event plain …              ← +OK
///     → api show channels as json  ← the channels; again after a silence
///     ← events …
///
/// Answers come in the order of the commands, events between them. One value serves for all connections, one
/// after the other, because calls outlive a connection.
struct FreeSwitchSession: ConnectorSession {
  /// What FreeSWITCH can be told to do.
  enum Order {
    /// Ring the station so long [s], and call the number.
    case dial(String, ringing: Int)
    /// End the call of this name.
    case hangUp(String)
    /// List the channels.
    case list
  }

  /// What becomes of it.
  enum Answer {
    case dialled(FreeSwitchDialResult)
    /// Nil: it is done; else FreeSWITCH's words.
    case hungUp(String?)
    case listed
  }

  typealias Step = SessionStep<FreeSwitchOutage, Answer>

  private enum Phase { case greeting, login, up, lost }

  /// What was asked and is not answered yet.
  private enum Question {
    case login, filter, listen, list
    case dial(id: String)
    case kill(ticket: Int?)
  }

  /// From the connection to the greeting, and to the accepted login [ms].
  static let loginPatience: Int64 = 10_000
  /// The channels are listed after so much silence, which an answer breaks [ms].
  static let silence: Int64 = 60_000
  /// From that question to whatever is heard next [ms].
  static let answerPatience: Int64 = 10_000
  /// All channels are listed again after so long, and sooner while a call rings on, because a listener that
  /// is too slow loses events [ms].
  static let listPause: Int64 = 300_000
  static let ringingListPause: Int64 = 120_000
  /// Calls are given up that long after the connection was lost [ms].
  static let callPatience: Int64 = 90_000
  /// The most questions that wait for an answer.
  private static let mostQuestions = 1_000

  private let server: FreeSwitchServer
  /// What the names of channels that we ask for begin with: a UUID but for its last twelve digits.
  private let idPrefix: String
  private var calls: FreeSwitchCalls
  private var reader = EventSocketReader()
  private var phase = Phase.lost
  private var questions: [Question] = []
  private var deadline = Moment(milliseconds: 0)
  private var isAsked = false
  private var listedAt = Moment(milliseconds: 0)
  /// When a list may be due.
  private var lookAt = Moment(milliseconds: 0)
  private var made = 0
  /// Calls to be made whose answer is due, by the names of their channels.
  private var dialling: [String: Int] = [:]
  /// What of others is sent; nil: everything, because FreeSWITCH takes no filters.
  private var filters: Set<FreeSwitchFilter>?
  /// Who waits for a list.
  private var listeners: [Int] = []
  private var tally = FreeSwitchCounts()

  /// A conversation that has not begun; calls are reported for the extension `station`.
  init(_ server: FreeSwitchServer, station: String, idPrefix: String, plan: NumberPlan) {
    self.server = server
    self.idPrefix = idPrefix
    calls = FreeSwitchCalls(
      source: FreeSwitchDriver.id, user: server.station, own: station, plan: plan)
  }

  var nextWake: Moment? {
    switch phase {
    case .up: min(deadline, lookAt, calls.askAt ?? deadline)
    case .lost: nil
    case .greeting, .login: deadline
    }
  }

  var counts: FreeSwitchCounts {
    var counts = tally
    counts.passedOver = reader.passedOver
    (counts.own, counts.others) = (calls.own, calls.others)
    return counts
  }

  func sentence(_ outage: FreeSwitchOutage) -> String {
    outage.sentence(server: server.peer.name, user: server.user)
  }

  // MARK: - Steps

  mutating func begin(at now: Moment) -> [Step] {
    phase = .greeting
    reader = EventSocketReader()
    questions = []
    filters = nil
    isAsked = false
    deadline = now + Self.loginPatience
    calls.suspect(at: now, isConnectionNew: true)
    return []
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    tally.bytes += bytes.count
    var steps: [Step] = []
    do throws(EventSocketReader.Fault) {
      for message in try reader.feed(bytes) where phase != .lost {
        handle(message, at: now, &steps)
      }
    } catch {
      guard phase != .lost else { return steps }
      return steps + [lose(outage(error))]
    }
    if phase == .up {
      isAsked = false
      deadline = now + Self.silence
    }
    return steps + adjustFilters()
  }

  /// Has FreeSWITCH send what has become of interest, and then no more what is not.
  private mutating func adjustFilters() -> [Step] {
    guard phase == .up, let filters else { return [] }
    let wanted = calls.filters
    self.filters = wanted
    let commands =
      wanted.subtracting(filters).map { FreeSwitchCommand.add($0) }
      + filters.subtracting(wanted).map { FreeSwitchCommand.delete($0) }
    return commands.map { .send($0.encoded) }
  }

  /// All but the first, whose answer has come.
  private var otherFilters: [Step] {
    standingFilters.dropFirst().map { .send(FreeSwitchCommand.add($0).encoded) }
  }

  private var standingFilters: [FreeSwitchFilter] {
    FreeSwitchFilter.standing(calls.station, idPrefix: idPrefix)
  }

  private func outage(_ fault: EventSocketReader.Fault) -> FreeSwitchOutage {
    guard phase == .greeting, case .line(let line) = fault else { return .framing }
    return .stranger(greeting: Self.plain(String(decoding: line, as: UTF8.self)))
  }

  /// A minute has passed in silence, or a time limit.
  mutating func wake(at now: Moment) -> [Step] {
    guard phase == .up else {
      guard now >= deadline, phase != .lost else { return [] }
      return [lose(.mute(seconds: Int(clamping: Self.loginPatience / 1000)))]
    }
    if now >= deadline, isAsked {
      let silence = (Self.silence + Self.answerPatience) / 1000
      return [lose(.silent(seconds: Int(clamping: silence)))]
    }
    let rings = calls.remind(at: now)
    let pause = rings.isEmpty ? Self.listPause : Self.ringingListPause
    lookAt = now + Self.silence
    let asks = calls.asks(at: now) && tally.mayList == true
    guard asks || now >= deadline || now - listedAt >= pause else { return [] }
    if now >= deadline {
      isAsked = true
      deadline = now + Self.answerPatience
    }
    return report(rings) + [listChannels(at: now)]
  }

  /// Calls whose answer is due may have been made, or not.
  mutating func end(at now: Moment) -> [Step] {
    phase = .lost
    let open = questions.compactMap { if case .kill(let ticket?) = $0 { ticket } else { nil } }
    defer { (questions, dialling, listeners) = ([], [:], []) }
    return dialling.values.map { .answered(ticket: $0, .dialled(.unknown)) }
      + (open + listeners).map { .answered(ticket: $0, nil) }
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] {
    outage >= Self.callPatience ? report(calls.giveUp(at: now)) : []
  }

  private mutating func report(_ events: [CallEvent]) -> [Step] {
    tally.events += events.count
    return events.map { .tell($0) }
  }

  private mutating func lose(_ outage: FreeSwitchOutage) -> Step {
    phase = .lost
    return .lost(outage)
  }

  private mutating func ask(_ command: FreeSwitchCommand, _ question: Question) -> Step {
    questions.append(question)
    return .send(command.encoded)
  }

  private mutating func listChannels(at now: Moment) -> Step {
    listedAt = now
    lookAt = now + Self.ringingListPause
    calls.suspect(at: now, isConnectionNew: false)
    return ask(.listChannels, .list)
  }

  // MARK: - Orders

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    guard questions.count < Self.mostQuestions else { return [.answered(ticket: ticket, nil)] }
    switch order {
    case .dial(let number, let ringing):
      made += 1
      let id = idPrefix + Self.digits(made)
      dialling[id] = ticket
      calls.make(id, calling: number)
      let command = FreeSwitchCommand.originate(
        id: id, endpoint: calls.station.endpoint, number: number, context: server.context,
        patience: ringing)
      return [ask(command, .dial(id: id))]
    case .hangUp(let callID):
      let (ids, isAnswered) = calls.channels(of: callID)
      let safe = ids.filter(FreeSwitchCommand.isName)
      guard !safe.isEmpty else {
        return [.answered(ticket: ticket, .hungUp("the call is not known any more"))]
      }
      let cause = isAnswered ? "NORMAL_CLEARING" : "CALL_REJECTED"
      return safe.map { id in
        // The last answer counts.
        ask(.kill(id: id, cause: cause), .kill(ticket: id == safe.last ? ticket : nil))
      }
    case .list:
      listeners.append(ticket)
      return [listChannels(at: now)]
    }
  }

  mutating func abandon(ticket: Int) -> Answer? {
    let isDialled = dialling.values.contains(ticket)
    dialling = dialling.filter { $0.value != ticket }
    listeners.removeAll { $0 == ticket }
    return isDialled ? .dialled(.unknown) : nil
  }

  /// Twelve hexadecimal digits.
  private static func digits(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// Words of the peer's on one line, for a sentence.
  static func plain(_ text: String) -> String { PlainText.cleaned(text, limit: 60) }

  // MARK: - Messages

  private mutating func handle(
    _ message: EventSocketMessage, at now: Moment, _ steps: inout [Step]
  ) {
    switch (message.contentType, phase) {
    case ("auth/request", .greeting):
      phase = .login
      let login = FreeSwitchCommand.login(user: server.user, password: server.password)
      steps.append(ask(login, .login))
    case ("text/rude-rejection", _): steps.append(lose(.shutOut))
    case ("text/disconnect-notice", _): steps.append(lose(.dismissed))
    case (_, .greeting):
      steps.append(lose(.stranger(greeting: Self.plain(message.contentType))))
    case ("command/reply", _), ("api/response", _):
      // Of all filters, the first one's answer counts.
      if message.isAboutFilter, filters != nil { return }
      guard !questions.isEmpty else { return }
      answer(questions.removeFirst(), message, at: now, &steps)
    case (_, .up):
      guard let event = ChannelEvent(message) else { return }
      steps += report(calls.apply(event, at: now))
      answerDial(event, &steps)
    default: break
    }
  }

  private mutating func answer(
    _ question: Question, _ message: EventSocketMessage, at now: Moment, _ steps: inout [Step]
  ) {
    switch question {
    case .login:
      guard message.isDone else {
        return steps.append(lose(.refused(message: Self.plain(message.reply))))
      }
      note(message)
      // A switch is busy with other people's calls.
      if let first = standingFilters.first { steps.append(ask(.add(first), .filter)) }
      // One event that the user is not told of, and FreeSWITCH would send none.
      let told = FreeSwitchCommand.events.filter { !tally.hidden.contains($0) }
      steps.append(ask(.listen(told.isEmpty ? FreeSwitchCommand.events : told), .listen))
    case .filter:
      if message.isAboutFilter {
        filters = []
        steps += otherFilters
      } else if message.isDone, !questions.isEmpty {
        // It was passed over, and this is the answer to the next question.
        answer(questions.removeFirst(), message, at: now, &steps)
      }
    case .listen:
      guard message.isDone else {
        return steps.append(lose(.forbidden(message: Self.plain(message.reply))))
      }
      phase = .up
      tally.logins += 1
      deadline = now + Self.silence
      steps += [.up, listChannels(at: now)]
    case .list:
      let list = message.contentType == "api/response" ? ListedChannels(message.body) : nil
      tally.mayList = list != nil
      // Without a list, nobody knows which calls are still there.
      steps += report(list.map { calls.adopt($0, at: now) } ?? calls.settle(at: now))
      steps += listeners.map { .answered(ticket: $0, .listed) }
      listeners = []
    case .dial(let id):
      guard !message.isDone else { return }
      finish(id, .refused(message: Self.plain(message.reply)), &steps)
    case .kill(let ticket?):
      let refusal = message.isDone ? nil : Self.plain(message.reply)
      steps.append(.answered(ticket: ticket, .hungUp(refusal)))
    case .kill(nil): break
    }
  }

  /// What a user may hear and do: without limits, nothing is said of it.
  private mutating func note(_ message: EventSocketMessage) {
    let words = { (name: String) -> Set<Substring>? in
      message.head[name].map { Set($0.split(separator: " ")) }
    }
    tally.hidden =
      words("Allowed-Events").map { allowed in
        allowed.contains("ALL")
          ? [] : FreeSwitchCommand.events.filter { !allowed.contains(Substring($0)) }
      } ?? []
    tally.mayNotDial =
      words("Allowed-API").map { !$0.contains("originate") && !$0.contains("bgapi") } ?? false
  }

  /// What the channel that we asked for tells of itself, or the job that makes it.
  private mutating func answerDial(_ event: ChannelEvent, _ steps: inout [Step]) {
    guard !dialling.isEmpty else { return }
    switch event[.name] {
    case "BACKGROUND_JOB":
      let words = event.output.split(maxSplits: 1) { $0 == " " || $0 == "\n" }
      let cause = words.dropFirst().first.map { Self.plain(String($0)) } ?? ""
      finish(event[.job], words.first == "+OK" ? .made : .failed(cause: cause), &steps)
    case "CHANNEL_ANSWER": finish(event[.id], .made, &steps)
    case "CHANNEL_HANGUP": finish(event[.id], .failed(cause: Self.plain(event[.cause])), &steps)
    default: break
    }
  }

  private mutating func finish(
    _ id: String, _ result: FreeSwitchDialResult, _ steps: inout [Step]
  ) {
    guard let ticket = dialling.removeValue(forKey: id) else { return }
    steps.append(.answered(ticket: ticket, .dialled(result)))
  }
}
