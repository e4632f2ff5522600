import Canvas
import OperatorScreen
import Telephony

/// A window with a manual clock: what happens goes in, effects and what can be read come out.
struct Story {
  /// Sunday 22 November 2026, 14:05:00 in Paris.
  static let wall = WallTime(milliseconds: 1_795_352_700_000, offset: 3600)
  /// The clock when a story begins [ms].
  static let start: Int64 = 1_000_000

  private(set) var model: Model
  /// Everything that the window asked for, in order.
  private(set) var effects: [Effect] = []
  private var elapsed: Int64 = 0
  /// How far the wall clock is ahead of the right time [ms].
  var ahead: Int64 = 0

  init(
    size: Size = Size(width: 100, height: 26), phrases: Phrases = .french,
    desk: Desk = Story.desk(), policy: PopPolicy = PopPolicy(), options: [OptionRow] = []
  ) {
    model = Model(
      size: size, now: Moment(milliseconds: Story.start), wall: Story.wall, phrases: phrases,
      desk: desk, policy: policy, options: options)
  }

  static func desk(
    corner: Desk.Corner = .topRight, opensCard: Bool = true, canDial: Bool = false,
    mayEditMachineList: Bool = false, controls: Set<SourceID> = [], isDemo: Bool = false
  ) -> Desk {
    Desk(
      station: "1024", corner: corner, opensCard: opensCard, canDial: canDial,
      mayEditMachineList: mayEditMachineList, controls: controls, isDemo: isDemo,
      journalPrefix: "run-")
  }

  // MARK: - What happens

  /// Takes a message in; what it asked for.
  @discardableResult
  mutating func send(_ message: Message) -> [Effect] {
    let new = update(&model, message)
    effects += new
    return new
  }

  /// Lets time pass [ms].
  @discardableResult
  mutating func wait(_ milliseconds: Int64) -> [Effect] {
    elapsed += milliseconds
    return send(.tick(now, Story.wall + elapsed + ahead))
  }

  @discardableResult
  mutating func press(_ keys: KeyPress...) -> [Effect] {
    keys.flatMap { press in
      switch press {
      case .character(let character): send(.input(.character(character)))
      case .key(let key): send(.input(.key(key)))
      }
    }
  }

  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.flatMap { send(.input(.character($0))) }
  }

  /// Clicks on the first cell of a text that is on the screen; nothing where it is not.
  @discardableResult
  mutating func click(_ text: String) -> [Effect] {
    for (y, line) in lines.enumerated() {
      guard let column = line.firstIndex(of: text) else { continue }
      return send(.input(.click(Point(x: column, y: y))))
    }
    return []
  }

  mutating func resize(_ width: Int, _ height: Int) {
    send(.input(.resize(Size(width: width, height: height))))
  }

  /// Reports news of a call, at once.
  @discardableResult
  mutating func report(
    _ kind: CallEvent.Kind, _ caller: Caller, id: String? = nil, direction: Direction? = nil,
    popup: Bool = false, age: Int64 = 0, called: String? = nil
  ) -> [Effect] {
    send(
      .report(
        .event(
          CallEvent(
            source: .launcher, kind: kind, at: now - age, callID: id ?? caller.text,
            direction: direction, caller: caller, called: called, popup: popup))))
  }

  /// A call rings; its name.
  @discardableResult
  mutating func ring(
    _ caller: Caller, id: String? = nil, popup: Bool = false, called: String? = nil
  ) -> Call.ID {
    report(.ring, caller, id: id, popup: popup, called: called)
    return model.pops.keys.max() ?? Call.ID(serial: 0)
  }

  /// A call rings and is found.
  @discardableResult
  mutating func ring(_ caller: Caller, found: [Match], popup: Bool = false) -> Call.ID {
    let call = ring(caller, popup: popup)
    send(.found(call, .success(found)))
    return call
  }

  /// The store answers a pending question for a record.
  mutating func deliverRecord(_ record: ThirdPartyRecord) {
    for case .ask(.loadRecord(PartyReference(record.summary), let ticket)) in effects {
      send(.record(ticket: ticket, .success(record)))
    }
  }

  // MARK: - What can be seen

  var now: Moment { Moment(milliseconds: Story.start + elapsed) }

  /// The screen, a line of cells each.
  var lines: [[String]] {
    let frame = render(model)
    return (0..<frame.size.height).map { y in
      (0..<frame.size.width).map { frame[Point(x: $0, y: y)].text }
    }
  }

  /// The screen as an operator reads it.
  var screen: String { lines.map { $0.joined() }.joined(separator: "\n") }

  /// The call to which Enter goes.
  var selectedCall: Call.ID? {
    if case .call(let id, _) = model.selection { id } else { nil }
  }

  /// The text that is being typed in a note.
  var noteText: String? {
    if case .note(let form) = model.dialog { String(form.field.text) } else { nil }
  }

  func journal(_ call: Call.ID) -> JournalEntry? {
    model.journal.first { $0.key == "run-\(call.serial)" }
  }
}

extension [String] {
  /// The column in which the text begins, each element being a cell.
  func firstIndex(of text: String) -> Int? {
    indices.first { self[$0...].joined().hasPrefix(text) }
  }
}

extension [Effect] {
  /// The codes of the records that are to be shown in the card.
  var loaded: [String] {
    compactMap { if case .ask(.loadRecord(let party, _)) = $0 { party.code } else { nil } }
  }
  /// The numbers that are to be looked up for calls.
  var lookedUp: [String] {
    compactMap { if case .ask(.lookUp(_, let number)) = $0 { number.key } else { nil } }
  }
  /// The numbers that are to be called.
  var dialled: [DialRequest] {
    compactMap { if case .telephone(.dial(let request)) = $0 { request } else { nil } }
  }
  /// The keys of the journal lines that are to be written.
  var savedKeys: [String] {
    compactMap { if case .keep(.saveJournal(let entry, _)) = $0 { entry.key } else { nil } }
  }
}
