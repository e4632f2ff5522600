import Canvas
import Curses
import OperatorScreen
import Telephony

/// A full screen of 200×60 built and painted: journal, open record and five calls in the corner, every
/// line another one than before.
@MainActor
func measureFrame() throws -> [Figure] {
  let frames = 400
  let size = Size(width: 200, height: 60)
  let pseudoTerminal = try PseudoTerminal(width: size.width, height: size.height)
  let reader = ScreenReader(pseudoTerminal.master)
  let terminal = try Terminal(
    input: pseudoTerminal.slave, output: pseudoTerminal.slave,
    environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"])
  let models = [scene(size, first: 0), scene(size, first: 1001)]
  var (built, painted, whole): ([Double], [Double], [Double]) = ([], [], [])
  let bytesBefore = reader.bytes
  for index in 0..<frames {
    let start = ContinuousClock.now
    let frame = render(models[index % 2])
    let middle = ContinuousClock.now
    terminal.show(frame)
    let end = ContinuousClock.now
    built.append((middle - start).milliseconds)
    painted.append((end - middle).milliseconds)
    whole.append((end - start).milliseconds)
  }
  reader.waitUntilQuiet(50)
  let bytes = (reader.bytes - bytesBefore) / frames
  terminal.restore()
  return [
    Figure(
      name: "a 200×60 frame built and painted, median", value: Statistics(whole).median,
      unit: "ms", limit: 3),
    Figure(name: "  99th percentile", value: Statistics(whole).percentile(0.99), unit: "ms"),
    Figure(name: "  built, median", value: Statistics(built).median, unit: "ms"),
    Figure(name: "  painted, median", value: Statistics(painted).median, unit: "ms"),
    Figure(name: "  bytes sent to the terminal for each", value: Double(bytes), unit: ""),
  ]
}

/// A busy screen, with third parties from `first` on; an odd one has no letter where an even one has it.
@MainActor
private func scene(_ size: Size, first: Int) -> Model {
  let wall = WallTime(milliseconds: 1_795_352_700_000, offset: 3600)
  let now = Moment(milliseconds: 1_000_000)
  var model = Model(
    size: size, now: now, wall: wall, phrases: .french, desk: Desk(station: "1024"))
  let journal = (0..<80).map { line in
    JournalEntry(
      key: "old-\(line)", at: wall + Int64(-60_000 * (line + 1) - first * 1000),
      number: "+33" + PartyFile.phone(first + 2 * line).dropFirst(),
      text: PartyFile.phone(first + 2 * line),
      name: PartyFile.name(first + 2 * line) + " " + PartyFile.name(first + 2 * line + 2),
      code: "C\(first + line)", outcome: line % 3 == 0 ? .missed : .answered, duration: line * 7)
  }
  _ = update(&model, .journal(journal))
  for call in 0..<5 {
    let party = first + 2 * call
    let number = PhoneNumber(.complete, "+33" + PartyFile.phone(party).dropFirst())
    let event = CallEvent(
      source: .launcher, kind: .ring, at: now, callID: "\(call)",
      caller: Caller(
        identity: .number(number), text: PartyFile.phone(party), receivedDigits: 10),
      popup: call == 0)
    let summary = ThirdPartySummary(
      code: "C\(party)", id: Int64(party), kind: .customer, name: PartyFile.name(party),
      zip: "67000", city: "Strasbourg")
    for case .ask(.lookUp(let id, _)) in update(&model, .report(.event(event))) {
      let match = Match(party: summary, contact: PartyFile.name(party + 6), strength: .exact)
      for case .ask(.loadRecord(_, let ticket)) in update(&model, .found(id, .success([match]))) {
        _ = update(&model, .record(ticket: ticket, .success(record(summary, journal))))
      }
    }
  }
  return model
}

private func record(_ summary: ThirdPartySummary, _ calls: [JournalEntry]) -> ThirdPartyRecord {
  ThirdPartyRecord(
    summary: summary, address: "12 rue des Tanneurs", country: "FR", email: "compta@example.com",
    remarks: "Livraison le matin.",
    numbers: calls.prefix(6).map { ListedNumber(use: .phone, number: nil, text: $0.text) },
    notes: [], calls: Array(calls.prefix(10)))
}
