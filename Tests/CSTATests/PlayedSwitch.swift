import Connector
import LauncherSupport
import PhoneNumbers
import Telephony
import XMLForms

@testable import CSTA

/// A session that hears what a test plays, without a network. The operator has extension 1024.
struct PlayedSwitch {
  private(set) var session: CSTASession
  private(set) var events: [CallEvent] = []
  private(set) var outages: [CSTAOutage] = []
  private(set) var answers: [CSTAAnswer?] = []
  /// What was sent, without declarations and namespaces, as `MonitorStart 1024`.
  private(set) var sent: [String] = []
  /// The same as XML, and the numbers of the requests.
  private(set) var bodies: [String] = []
  private(set) var numbers: [Int] = []
  private(set) var isUp = false
  var now = Moment(milliseconds: 1_000_000)

  /// A session that has a connection.
  init(
    device: String = "1024", hasSession: Bool = false, user: String = "", edition: Int = 4
  ) {
    let server = CSTAServer(
      address: "192.0.2.1", hasSession: hasSession, user: user, password: "ge&heim", device: device,
      edition: edition)
    session = CSTASession(server, station: "1024", plan: NumberPlan())
    perform(session.begin(at: now))
  }

  /// A session that follows the device.
  static func up(device: String = "1024") -> PlayedSwitch {
    var played = PlayedSwitch(device: device)
    played.answer(
      "<MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>")
    played.answer(list())
    return played
  }

  /// A list of calls: `901 alerting connected`.
  static func list(_ calls: String...) -> String {
    let infos = calls.map { call in
      let words = call.split(separator: " ")
      let states = words.dropFirst().map { "<localConnectionState>\($0)</localConnectionState>" }
      return "<snapshotDeviceResponseInfo><connectionIdentifier><callID>\(words[0])</callID>"
        + "<deviceID>1024</deviceID></connectionIdentifier><localCallState><compoundCallState>"
        + states.joined()
        + "</compoundCallState></localCallState></snapshotDeviceResponseInfo>"
    }
    return "<SnapshotDeviceResponse><crossRefIDorSnapshotData><snapshotData>\(infos.joined())"
      + "</snapshotData></crossRefIDorSnapshotData></SnapshotDeviceResponse>"
  }

  mutating func hear(_ bytes: some Collection<UInt8>) {
    let steps = Array(bytes).withUnsafeBytes { session.receive($0, at: now) }
    perform(steps)
  }

  /// A message with this number.
  mutating func hear(_ xml: String, number: Int = 9999) {
    hear(CSTAFrame(number: number, body: Array(xml.utf8)).encoded ?? [])
  }

  /// The answer to the latest request, or to that so many before it.
  mutating func answer(_ xml: String, before: Int = 0) {
    hear(xml, number: numbers[numbers.count - 1 - before])
  }

  /// Events as ``xml(_:)`` writes them; `+5` lets so many seconds pass, `x5` a connection be lost for so long.
  mutating func hear(_ lines: [String]) {
    for line in lines {
      let seconds = Int64(line.dropFirst()) ?? 0
      switch line.first {
      case "+": wait(seconds)
      case "x": reconnect(after: seconds)
      default: hear(Self.xml(line))
      }
    }
  }

  mutating func wait(_ seconds: Int64) {
    now = now + seconds * 1000
    if let wake = session.nextWake, wake <= now { perform(session.wake(at: now)) }
  }

  /// A connection is lost, and another one made so much later [s].
  mutating func reconnect(after seconds: Int64) {
    perform(session.end(at: now))
    now = now + seconds * 1000
    perform(session.missed(seconds * 1000, at: now))
    perform(session.begin(at: now))
  }

  mutating func order(_ order: CSTASession.Order, ticket: Int = 1) {
    perform(session.order(order, ticket: ticket, at: now))
  }

  /// The events in short: `ring in 01 99 00 11 11 Anna`.
  var story: [String] {
    events.map { event in
      let name = event.caller.name.map { " " + $0 } ?? ""
      return "\(event.what) \(event.direction?.rawValue ?? "?") \(event.who)\(name)"
    }
  }

  // MARK: - Messages

  private static let names = [
    "service": "ServiceInitiatedEvent", "originated": "OriginatedEvent",
    "reached": "NetworkReachedEvent", "delivered": "DeliveredEvent",
    "established": "EstablishedEvent", "held": "HeldEvent", "retrieved": "RetrievedEvent",
    "queued": "QueuedEvent", "diverted": "DivertedEvent", "failed": "FailedEvent",
    "cleared": "ConnectionClearedEvent", "over": "CallClearedEvent", "transfer": "TransferedEvent",
    "conference": "ConferencedEvent",
  ]

  /// An event of `delivered 901 at=1024 from=0199001111 to=1024 local=alerting cause=newCall`; `parties=1>3:1025` says
  /// who is left.
  static func xml(_ line: String) -> String {
    let words = line.split(separator: " ")
    let name = names[String(words[0])] ?? "UnknownEvent"
    let kind = CSTAEvent.Kind(name: name)
    var fields: [String: String] = [:]
    for word in words.dropFirst(2) {
      let parts = word.split(separator: "=", maxSplits: 1)
      fields[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    let call = "<callID>\(words[1])</callID>"
    let owner = fields["dev"] ?? fields["at"] ?? "1024"
    let first = kind == .transferred || kind == .conferenced ? "primaryOldCall" : "connection"
    var xml = "<\(name) xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed4\">"
    xml += "<monitorCrossRefID>\(fields["monitor"] ?? "5")</monitorCrossRefID>"
    xml += "<\(first)>\(call)<deviceID>\(owner)</deviceID></\(first)>"
    if let second = fields["second"] {
      xml += "<secondaryOldCall><callID>\(second)</callID></secondaryOldCall>"
    }
    let devices = [
      (kind?.subject ?? "", fields["at"]), ("callingDevice", fields["from"]),
      ("calledDevice", fields["to"]), ("transferredToDevice", fields["new"]),
      ("networkCallingDevice", fields["net"]),
    ]
    for (name, device) in devices {
      if let device { xml += "<\(name)>\(choice(device))</\(name)>" }
    }
    for party in fields["parties"]?.split(separator: ",") ?? [] {
      let parts = party.split { ">:".contains($0) }
      xml +=
        "<transferredConnections><connectionListItem><newConnection><callID>\(parts[1])</callID>"
        + "</newConnection><oldConnection><callID>\(parts[0])</callID></oldConnection>"
        + "<endpoint><deviceID>\(parts[2])</deviceID></endpoint></connectionListItem></transferredConnections>"
    }
    if let local = fields["local"] { xml += "<localConnectionInfo>\(local)</localConnectionInfo>" }
    if let cause = fields["cause"] { xml += "<cause>\(cause)</cause>" }
    return xml + "</\(name)>"
  }

  /// A device, or why there is none.
  private static func choice(_ device: String) -> String {
    switch device {
    case "restricted", "notKnown", "notRequired": "<\(device)/>"
    default: "<deviceIdentifier typeOfNumber=\"diallingNumber\">\(device)</deviceIdentifier>"
    }
  }

  private mutating func perform(_ steps: [CSTASession.Step]) {
    for step in steps {
      switch step {
      case .send(let bytes): note(bytes)
      case .tell(let event): events.append(event)
      case .up: isUp = true
      case .lost(let outage): outages.append(outage)
      case .answered(_, let answer): answers.append(answer)
      }
    }
  }

  private mutating func note(_ bytes: [UInt8]) {
    var reader = CSTAReader()
    guard let frame = try? reader.feed(bytes).first, let message = XMLBranch.read(frame.body)
    else { return sent.append("?") }
    numbers.append(frame.number)
    bodies.append(String(decoding: frame.body, as: UTF8.self))
    sent.append(([message.name] + Self.texts(message)).joined(separator: " "))
  }

  private static func texts(_ element: XMLBranch) -> [String] {
    (element.text.isEmpty ? [] : [element.text]) + element.children.flatMap(texts)
  }
}
