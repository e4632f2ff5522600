import Connector
import PhoneNumbers
import Telephony
import TextForms
import XMLForms

/// The conversation with a CSTA server, without I/O and without a clock.
///
///     → StartApplicationSession    ← StartApplicationSessionPosResponse     where there is a session
///     → MonitorStart               ← MonitorStartResponse
///     → SnapshotDevice             ← the calls; → SnapshotCall for each of them
///     ← events …
///
/// An answer has the number of its request. One value serves for all connections, one after the other, because calls
/// outlive a connection.
struct CSTASession: ConnectorSession {
  /// What the switch can be told to do.
  enum Order {
    /// Have the device call the number.
    case dial(String)
    /// Take, or end, the call of this name.
    case answer(String)
    case hangUp(String)
    /// List the calls.
    case list
  }

  typealias Answer = CSTAAnswer
  typealias Step = SessionStep<CSTAOutage, Answer>

  private enum Phase { case session, monitor, up, lost }

  /// What was asked and is not answered yet.
  enum Question: Hashable {
    case session, keep, monitor, list, status
    case parties(CSTASnapshot.Row)
    case dial(ticket: Int, number: String)
    case control(ticket: Int)
  }

  private struct Open {
    var question: Question
    var due: Moment
  }

  /// From a question to its answer [ms].
  static let answerPatience: Int64 = 10_000
  /// Something is asked after so much silence [ms].
  static let silence: Int64 = 60_000
  /// All calls are listed again after so long, because an event may be lost [ms].
  static let listPause: Int64 = 300_000
  /// For how long a session is asked for, and the limits of what is believed of an answer [s].
  private static let duration = 120
  private static let durations = 10...86_400
  /// Calls are given up that long after the connection was lost [ms].
  static let callPatience: Int64 = 90_000
  /// The most questions that wait for an answer, and the numbers that there are for them.
  private static let mostQuestions = 500
  private static let numbers = 9_000

  private let server: CSTAServer
  private(set) var calls: CSTACalls
  private var reader = CSTAReader()
  private var phase = Phase.lost
  private var questions: [Int: Open] = [:]
  private var asked = 0
  private var session: String?
  private var duration = Self.duration
  private var keepAt: Moment?
  private var monitor: String?
  private var version: String
  private var heardAt = Moment(milliseconds: 0)
  private var listedAt = Moment(milliseconds: 0)
  /// What is asked after a silence, the better one first: what is not understood, or never answered, is not asked again.
  private var probes: [Question] = []
  /// Those that were answered: the silence of one who has answered means something.
  private var proven: Set<Question> = []
  /// Who waits for a list.
  private var listeners: [Int] = []
  private var tally = CSTACounts()

  /// A conversation that has not begun; calls are reported for the extension `station`.
  init(_ server: CSTAServer, station: String, plan: NumberPlan) {
    self.server = server
    version = CSTARequest.version(edition: server.edition)
    calls = CSTACalls(source: CSTADriver.id, device: server.device, name: station, plan: plan)
  }

  var nextWake: Moment? {
    guard phase != .lost else { return nil }
    let due = questions.values.map(\.due).min()
    guard phase == .up else { return due }
    let probe = probes.isEmpty ? nil : heardAt + Self.silence
    let list = tally.mayList == true ? listedAt + Self.listPause : nil
    return [due, probe, list, keepAt, calls.nextReminder].compactMap { $0 }.min()
  }

  var counts: CSTACounts { tally }

  func sentence(_ outage: CSTAOutage) -> String {
    outage.sentence(server: server.peer.name, user: server.user, device: server.device)
  }

  // MARK: - Steps

  mutating func begin(at now: Moment) -> [Step] {
    (reader, questions, session, keepAt, monitor) = (CSTAReader(), [:], nil, nil, nil)
    version = CSTARequest.version(edition: server.edition)
    (probes, proven, heardAt) = ([.list, .status], [], now)
    calls.suspect(at: now, isConnectionNew: true)
    guard server.hasSession else { return startMonitor(at: now) }
    phase = .session
    return ask(
      .startSession(
        user: server.user, password: server.password, version: version, duration: Self.duration),
      .session, now)
  }

  private mutating func startMonitor(at now: Moment) -> [Step] {
    phase = .monitor
    return ask(.startMonitor(device: server.device), .monitor, now)
  }

  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step] {
    guard phase != .lost else { return [] }
    tally.bytes += bytes.count
    heardAt = now
    var steps: [Step] = []
    do throws(CSTAReader.Fault) {
      for frame in try reader.feed(bytes) where phase != .lost {
        guard let message = XMLBranch.read(frame.body) else {
          tally.damaged += 1
          continue
        }
        steps += handle(message, frame.number, now)
      }
    } catch {
      steps.append(lose(outage(error)))
    }
    return steps
  }

  private func outage(_ fault: CSTAReader.Fault) -> CSTAOutage {
    guard case .header(let head) = fault else { return .binary }
    return .stranger(greeting: Self.plain(String(decoding: head, as: UTF8.self)))
  }

  mutating func wake(at now: Moment) -> [Step] {
    guard phase != .lost else { return [] }
    var steps: [Step] = []
    for (number, open) in questions.sorted(by: { $0.key < $1.key }) where open.due <= now {
      questions[number] = nil
      steps += unanswered(open.question, now)
      guard phase != .lost else { return steps }
    }
    guard phase == .up else { return steps }
    steps += report(calls.remind(at: now))
    if let keepAt, keepAt <= now, let session {
      self.keepAt = keep(at: now)
      steps += ask(.keepSession(id: session, duration: duration), .keep, now)
    }
    let isListDue = tally.mayList == true && now - listedAt >= Self.listPause
    if isListDue || now - heardAt >= Self.silence, let probe = isListDue ? .list : probes.first {
      heardAt = now
      let isAsked = questions.values.contains { $0.question == probe }
      if !isAsked { steps += probe == .list ? listCalls(at: now) : ask(.status, .status, now) }
    }
    return steps
  }

  /// Calls that were to be made may have been made, or not.
  mutating func end(at now: Moment) -> [Step] {
    phase = .lost
    defer { (questions, listeners) = ([:], []) }
    return questions.values.compactMap { Self.ticket($0.question) }.sorted()
      .map { .answered(ticket: $0, .unknown) } + listeners.map { .answered(ticket: $0, nil) }
  }

  mutating func missed(_ outage: Int64, at now: Moment) -> [Step] {
    outage >= Self.callPatience ? report(calls.giveUp(at: now)) : []
  }

  // MARK: - Orders

  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step] {
    guard questions.count < Self.mostQuestions else { return [.answered(ticket: ticket, nil)] }
    switch order {
    case .dial(let number):
      return ask(
        .makeCall(device: server.device, number: number), .dial(ticket: ticket, number: number), now
      )
    case .answer(let name):
      guard let call = calls.connection(of: name) else {
        return [.answered(ticket: ticket, .gone)]
      }
      return ask(.answer(call: call.call, device: call.device), .control(ticket: ticket), now)
    case .hangUp(let name):
      guard let call = calls.connection(of: name) else {
        return [.answered(ticket: ticket, .gone)]
      }
      calls.refuse(name)
      return ask(.clear(call: call.call, device: call.device), .control(ticket: ticket), now)
    case .list:
      listeners.append(ticket)
      return listCalls(at: now)
    }
  }

  mutating func abandon(ticket: Int) -> Answer? {
    listeners.removeAll { $0 == ticket }
    let isOpen = questions.values.contains { Self.ticket($0.question) == ticket }
    return isOpen ? .unknown : nil
  }

  private static func ticket(_ question: Question) -> Int? {
    switch question {
    case .dial(let ticket, _), .control(let ticket): ticket
    default: nil
    }
  }

  // MARK: - Questions

  private mutating func ask(
    _ request: CSTARequest, _ question: Question, _ now: Moment
  ) -> [Step] {
    // One after another, so that a late answer is none to something else.
    repeat { asked = asked % Self.numbers + 1 } while questions[asked] != nil
    let frame = CSTAFrame(number: asked, body: request.xml(version: version))
    guard let bytes = frame.encoded else { return [] }
    questions[asked] = Open(question: question, due: now + Self.answerPatience)
    return [.send(bytes)]
  }

  private mutating func listCalls(at now: Moment) -> [Step] {
    listedAt = now
    calls.suspect(at: now, isConnectionNew: false)
    return ask(.listCalls(device: server.device), .list, now)
  }

  /// No answer came in time.
  private mutating func unanswered(_ question: Question, _ now: Moment) -> [Step] {
    tally.unanswered += 1
    switch question {
    case .session, .monitor:
      return [lose(.mute(seconds: Int(clamping: Self.answerPatience / 1000)))]
    case .keep: return [lose(silent)]
    case .list, .status:
      guard !proven.contains(question) else { return [lose(silent)] }
      probes.removeAll { $0 == question }
      return question == .list ? listed(nil, error: "", now) : []
    case .parties(let row): return report(calls.adopt(nil, of: row, at: now))
    case .dial(let ticket, _), .control(let ticket):
      return [.answered(ticket: ticket, .unknown)]
    }
  }

  private var silent: CSTAOutage {
    .silent(seconds: Int(clamping: (Self.silence + Self.answerPatience) / 1000))
  }

  private func keep(at now: Moment) -> Moment { now + Int64(clamping: duration) * 500 }

  private mutating func lose(_ outage: CSTAOutage) -> Step {
    phase = .lost
    return .lost(outage)
  }

  private mutating func report(_ events: [CallEvent]) -> [Step] {
    tally.events += events.count
    return events.map { .tell($0) }
  }

  /// Words of the peer's on one line, for a sentence.
  static func plain(_ text: String) -> String { PlainText.cleaned(text, limit: 60) }

  // MARK: - Messages

  private mutating func handle(
    _ message: XMLBranch, _ number: Int, _ now: Moment
  ) -> [Step] {
    if message.name.hasSuffix("Event") { return follow(message, now) }
    if message.name.hasSuffix("Response") || message.name == "CSTAErrorCode" {
      guard let open = questions.removeValue(forKey: number) else { return [] }
      return answer(open.question, message, now)
    }
    return obey(message, number, now)
  }

  private mutating func follow(_ message: XMLBranch, _ now: Moment) -> [Step] {
    guard let event = CSTAEvent(message) else { return [] }
    guard monitor == nil || event.monitor == nil || event.monitor == monitor else { return [] }
    return report(calls.apply(event, at: now))
  }

  /// What the server wants.
  private mutating func obey(_ message: XMLBranch, _ number: Int, _ now: Moment) -> [Step] {
    let frame = CSTAFrame(
      number: number, body: CSTARequest.done(message.name).xml(version: version))
    let done = frame.encoded.map { [Step.send($0)] } ?? []
    switch message.name {
    case "SystemStatus":
      switch message["systemStatus"]?.anyText ?? "" {
      // What was lost before it is not told again.
      case "enabled" where phase == .up: return done + startMonitor(at: now)
      case "messagesLost" where phase == .up: return done + listCalls(at: now)
      case "disabled", "initializing":
        return done + [lose(.dismissed(reason: "it is being started or stopped"))]
      default: return done
      }
    case "MonitorStop":
      let isOurs = message.value("monitorCrossRefID").map { $0 == monitor } ?? true
      return isOurs ? done + [lose(.dismissed(reason: "it ended the monitor"))] : done
    case "StopApplicationSession", "ApplicationSessionTerminated":
      let word = message["sessionEndReason"]?.anyText ?? message["sessionTermReason"]?.anyText
      let reason = word.map { "it ended the session: " + Self.plain($0) } ?? "it ended the session"
      return [lose(.dismissed(reason: reason))]
    default: return []
    }
  }

  /// The error in an answer, in the server's word; nil: it is none.
  private static func error(_ message: XMLBranch) -> String? {
    guard message.name == "CSTAErrorCode" || message.name.hasSuffix("NegResponse") else {
      return nil
    }
    return plain(message.anyText ?? "unspecified")
  }

  private mutating func answer(
    _ question: Question, _ message: XMLBranch, _ now: Moment
  ) -> [Step] {
    let error = Self.error(message)
    switch question {
    case .session:
      if let error {
        let isVersion = error.lowercased().contains("version")
        return [lose(isVersion ? .unsupported(error: error) : .refused(error: error))]
      }
      session = message.value("sessionID") ?? ""
      version = message.value("actualProtocolVersion") ?? version
      let told = message.value("actualSessionDuration").flatMap { Int($0) } ?? Self.duration
      duration = min(max(told, Self.durations.lowerBound), Self.durations.upperBound)
      keepAt = keep(at: now)
      return startMonitor(at: now)
    case .keep:
      return error.map { [lose(.dismissed(reason: "it ended the session: \($0)"))] } ?? []
    case .monitor:
      if let error { return [lose(.unmonitored(error: error))] }
      monitor = message.value("monitorCrossRefID")
      phase = .up
      tally.monitors += 1
      return [.up] + listCalls(at: now)
    case .list:
      proven.insert(.list)
      return listed(error == nil ? CSTASnapshot(message) : nil, error: error ?? "", now)
    case .status:
      // Whether it understands the question or not, it is there.
      proven.insert(.status)
      return []
    case .parties(let row):
      return report(calls.adopt(error == nil ? CSTASnapshot(message) : nil, of: row, at: now))
    case .dial(let ticket, let number):
      if let error { return [.answered(ticket: ticket, .refused(error: error))] }
      if let call = message["callingDevice"]?.value("callID") { calls.make(call, calling: number) }
      return [.answered(ticket: ticket, .done)]
    case .control(let ticket):
      return [.answered(ticket: ticket, error.map { .refused(error: $0) } ?? .done)]
    }
  }

  /// The calls, or why they cannot be listed.
  private mutating func listed(
    _ list: CSTASnapshot?, error: String, _ now: Moment
  ) -> [Step] {
    tally.mayList = list != nil
    tally.listError = error
    var steps = listeners.map { Step.answered(ticket: $0, .listed) }
    listeners = []
    guard let list else {
      probes.removeAll { $0 == .list }
      return steps + report(calls.settle(at: now))
    }
    let (news, unknown) = calls.adopt(list, at: now)
    steps += report(news)
    for row in unknown {
      let device = row.device?.raw ?? server.device
      steps += ask(.listParties(call: row.call, device: device), .parties(row), now)
    }
    return steps
  }
}
