import Connector
import PhoneNumbers
import Telephony
import TextForms

/// The conversation with a bus, without I/O and without a clock.
///
///     → AUTH EXTERNAL …  ← OK …  → BEGIN
///     → Hello, AddMatch, GetNameOwner of the service
///     → what the service has: modems and their calls
///     ← signals …
struct MobileSession: ConnectorSession {
  /// What a service can be told to do.
  enum Order {
    case dial(String)
    /// Take, or end, the call of this name.
    case answer(String)
    case hangUp(String)
    case list
  }

  /// What becomes of it.
  enum Answer: Hashable {
    case done
    /// The bus's word for why not.
    case refused(String)
    /// There is no such call any more.
    case gone
    /// No modem can make calls.
    case noModem
    case unknown
  }

  typealias Step = SessionStep<MobileOutage, Answer>

  private enum Phase { case login, asking, up, lost }

  enum Question: Hashable {
    case other, owner, list
    case calls(modem: String)
    case properties(call: String)
    case create(ticket: Int)
    case control(ticket: Int)
  }

  struct Open {
    var question: Question
    var due: Moment
  }

  /// From a question to its answer [ms].
  static let answerPatience: Int64 = 10_000
  /// Calls are given up that long after the connection was lost [ms].
  static let callPatience: Int64 = 90_000
  private static let bus = "org.freedesktop.DBus"
  static let mostQuestions = 500

  let bus: MobileBus
  var calls: MobileCalls
  private var reader = DBusReader()
  private var phase = Phase.lost
  var questions: [Int: Open] = [:]
  private var serial = 0
  /// The service by the bus's own name for it: others can send what looks like its signals.
  private var owner = ""
  var modems: Set<String> = []
  private var deadline = Moment(milliseconds: 0)
  private var listeners: [Int] = []
  private var tally = MobileCounts()

  /// A conversation that has not begun; calls are reported for the extension `station`.
  init(_ bus: MobileBus, station: String?, plan: NumberPlan) {
    self.bus = bus
    calls = MobileCalls(source: MobileDriver.id, station: station, plan: plan)
  }

  var service: MobileService { bus.service }

  var nextWake: Moment? {
    switch phase {
    case .lost: nil
    case .login: deadline
    case .asking, .up:
      [questions.values.map(\.due).min(), calls.nextReminder].compactMap { $0 }.min()
    }
  }

  var counts: MobileCounts { tally }

  func sentence(_ outage: MobileOutage) -> String { outage.sentence(bus) }

  // MARK: - Steps

  mutating func begin(at now: Moment) -> [Step] {
    phase = .login
    (reader, questions, owner, modems) = (DBusReader(), [:], "", [])
    deadline = now + Self.answerPatience
    calls.suspect()
    let digits = String(bus.user).utf8.map { String($0, radix: 16) }.joined()
    return [.send([0] + Array("AUTH EXTERNAL \(digits)\r\n".utf8))]
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    guard phase != .lost else { return [] }
    var steps: [Step] = []
    do throws(DBusReader.Fault) {
      for item in try reader.feed(bytes) where phase != .lost {
        switch item {
        case .line(let line): steps += logIn(line, now)
        case .message(let message): steps += handle(message, now)
        case .damaged: tally.damaged += 1
        }
      }
    } catch {
      steps.append(lose(.stranger))
    }
    return steps
  }

  private mutating func logIn(_ line: String, _ now: Moment) -> [Step] {
    guard line.hasPrefix("OK") else {
      return [lose(line.hasPrefix("REJECTED") ? .rejected : .stranger)]
    }
    phase = .asking
    let name = service.busName
    var steps: [Step] = [.send(Array("BEGIN\r\n".utf8))]
    steps += askBus("Hello", [], .other, now)
    steps += askBus("AddMatch", [.text("type='signal',sender='\(name)'")], .other, now)
    let change = "type='signal',sender='\(Self.bus)',member='NameOwnerChanged',arg0='\(name)'"
    steps += askBus("AddMatch", [.text(change)], .other, now)
    return steps + askBus("GetNameOwner", [.text(name)], .owner, now)
  }

  mutating func wake(at now: Moment) -> [Step] {
    guard phase != .lost else { return [] }
    let mute = MobileOutage.mute(seconds: Int(clamping: Self.answerPatience / 1000))
    if phase == .login { return now >= deadline ? [lose(mute)] : [] }
    var steps: [Step] = []
    for (serial, open) in questions.sorted(by: { $0.key < $1.key }) where open.due <= now {
      questions[serial] = nil
      switch open.question {
      case .owner, .list: return steps + [lose(mute)]
      case .create(let ticket), .control(let ticket):
        steps.append(.answered(ticket: ticket, .unknown))
      case .other, .calls, .properties: steps += settle(now)
      }
    }
    return steps + report(calls.remind(at: now))
  }

  mutating func end(at now: Moment) -> [Step] {
    phase = .lost
    defer { (questions, listeners) = ([:], []) }
    return questions.values.compactMap { Self.ticket($0.question) }.sorted()
      .map { .answered(ticket: $0, .unknown) } + listeners.map { .answered(ticket: $0, nil) }
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] {
    outage >= Self.callPatience ? report(calls.giveUp(at: now)) : []
  }

  private mutating func lose(_ outage: MobileOutage) -> Step {
    phase = .lost
    return .lost(outage)
  }

  mutating func report(_ events: [CallEvent]) -> [Step] {
    tally.events += events.count
    return events.map { .tell($0) }
  }

  private static func ticket(_ question: Question) -> Int? {
    switch question {
    case .create(let ticket), .control(let ticket): ticket
    default: nil
    }
  }

  // MARK: - Orders

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    guard questions.count < Self.mostQuestions else { return [.answered(ticket: ticket, nil)] }
    switch order {
    case .dial(let number):
      guard service.takesOrders, let modem = modems.min() else {
        return [.answered(ticket: ticket, .noModem)]
      }
      let isModemManager = service == .modemManager
      return ask(
        modem, service.managerInterface, isModemManager ? "CreateCall" : "Dial",
        isModemManager ? [.options(["number": number])] : [.text(number), .text("")],
        isModemManager ? .create(ticket: ticket) : .control(ticket: ticket), now)
    case .answer(let name):
      let member = service == .modemManager ? "Accept" : "Answer"
      return control(name, member, ticket, now)
    case .hangUp(let name):
      calls.refuse(name)
      return control(name, "Hangup", ticket, now)
    case .list:
      listeners.append(ticket)
      return list(now)
    }
  }

  private mutating func control(
    _ name: String, _ member: String, _ ticket: Int, _ now: Moment
  ) -> [Step] {
    guard service.takesOrders, let path = calls.path(of: name) else {
      return [.answered(ticket: ticket, .gone)]
    }
    return ask(path, service.callInterface, member, [], .control(ticket: ticket), now)
  }

  mutating func abandon(ticket: Int) -> Answer? {
    listeners.removeAll { $0 == ticket }
    return questions.values.contains { Self.ticket($0.question) == ticket } ? .unknown : nil
  }

  // MARK: - Questions

  private mutating func askBus(
    _ member: String, _ arguments: [DBusMessage.Argument], _ question: Question, _ now: Moment
  ) -> [Step] {
    ask("/org/freedesktop/DBus", Self.bus, member, arguments, question, now, to: Self.bus)
  }

  mutating func ask(
    _ path: String, _ interface: String, _ member: String, _ arguments: [DBusMessage.Argument],
    _ question: Question, _ now: Moment, to destination: String? = nil
  ) -> [Step] {
    // A number is never 0, and 32 bits last.
    serial = serial % 1_000_000_000 + 1
    questions[serial] = Open(question: question, due: now + Self.answerPatience)
    let to = destination ?? service.busName
    return [.send(DBusMessage.call(serial, to: to, path, interface, member, arguments))]
  }

  /// Asks for all that the service has.
  mutating func list(_ now: Moment) -> [Step] {
    guard service.takesOrders else { return listed() }
    calls.suspect()
    let question = service.question
    return ask(question.path, question.interface, question.member, [], .list, now)
  }

  private mutating func listed() -> [Step] {
    defer { listeners = [] }
    return listeners.map { .answered(ticket: $0, .done) }
  }

  /// Ends what has gone, once nothing more is to be heard of.
  private mutating func settle(_ now: Moment) -> [Step] {
    let isBusy = questions.values.contains {
      switch $0.question {
      case .list, .calls, .properties: true
      default: false
      }
    }
    return isBusy ? [] : report(calls.settle(at: now)) + listed()
  }

  // MARK: - Messages

  private mutating func handle(_ message: DBusMessage, _ now: Moment) -> [Step] {
    switch message.kind {
    case .call: return []
    case .signal:
      if message.sender == Self.bus { return change(message) }
      guard message.sender == owner, phase == .up else { return [] }
      return follow(message, now)
    case .answer, .failure:
      guard let number = message.answers,
        let open = questions.removeValue(forKey: Int(clamping: number))
      else { return [] }
      return answer(open.question, message, now)
    }
  }

  /// The service has come, or gone.
  private mutating func change(_ message: DBusMessage) -> [Step] {
    guard message.member == "NameOwnerChanged", message.body.count == 3,
      message.body[0].text == service.busName, phase == .up
    else { return [] }
    // Whoever has the name now knows nothing of the calls of the other.
    return [lose(.absent)]
  }

  private mutating func answer(
    _ question: Question, _ message: DBusMessage, _ now: Moment
  ) -> [Step] {
    let error = message.kind == .failure ? PlainText.cleaned(message.error, limit: 80) : nil
    let first = message.body.first
    switch question {
    case .other: return []
    case .owner:
      guard error == nil, let name = first?.text, !name.isEmpty else { return [lose(.absent)] }
      owner = name
      phase = .up
      return [.up] + list(now)
    case .list:
      if let error { return [lose(.forbidden(error: error))] }
      let steps =
        service == .modemManager
        ? adoptObjects(first?.entries ?? [:], now) : adoptModems(first, now)
      tally.modems = modems.count
      return steps + settle(now)
    case .calls(let modem):
      var steps: [Step] = []
      if error == nil, modems.contains(modem) {
        for row in (first?.list ?? []).map(\.list) where row.count == 2 {
          guard let path = row[0].text else { continue }
          let facts = MobileFacts(oFono: path, row[1].entries)
          steps += report(calls.follow(facts, at: now))
        }
      }
      return steps + settle(now)
    case .properties(let call):
      guard error == nil else { return settle(now) }
      let facts = MobileFacts(modemManager: call, first?.entries ?? [:])
      return report(calls.follow(facts, at: now)) + settle(now)
    case .create(let ticket):
      guard error == nil, let path = first?.text else {
        return [.answered(ticket: ticket, .refused(error ?? "no call"))]
      }
      return ask(path, service.callInterface, "Start", [], .control(ticket: ticket), now)
    case .control(let ticket):
      return [.answered(ticket: ticket, error.map { .refused($0) } ?? .done)]
    }
  }
}
