import Telephony
import Testing

/// A program has the station make a call: its telephone rings first, and to whoever sees only the telephone somebody calls.
@Suite("A program's call, told by several sources")
struct OwnRingTests {
  /// The telephone system knows what it does.
  private static func system(
    _ kind: CallEvent.Kind, _ at: Int64, _ caller: Caller = .customer
  ) -> CallEvent {
    CallEvent(kind, at, from: "pbx", id: "1", caller, direction: .outgoing)
  }

  /// Dialog state sees that the telephone rings, and is taken.
  private static func lamp(
    _ kind: CallEvent.Kind, _ at: Int64, _ caller: Caller = .customer
  ) -> CallEvent {
    CallEvent(kind, at, from: "lamp", id: "a", caller, direction: .incoming)
  }

  /// Another telephone of the station rings beside it.
  private static func phone(_ kind: CallEvent.Kind, _ at: Int64) -> CallEvent {
    CallEvent(kind, at, from: "phone", id: "x", direction: .incoming)
  }

  private static let answered: [CallEvent] = [
    system(.dialled, 0), lamp(.ring, 10), phone(.ring, 15), lamp(.answer, 8_000),
    phone(.end(.elsewhere), 8_001), system(.ring, 8_010), system(.answer, 12_000),
    lamp(.end(.normal), 22_000), system(.end(.normal), 22_000),
  ]
  private static let busy: [CallEvent] = [
    system(.dialled, 0, .withheld), lamp(.ring, 10, .withheld), lamp(.answer, 8_000, .withheld),
    system(.ring, 8_010), system(.end(.failed), 9_000), lamp(.end(.normal), 9_500, .withheld),
  ]
  private static let refused: [CallEvent] = [
    system(.dialled, 0), lamp(.ring, 10), phone(.ring, 10), lamp(.end(.rejected), 8_000),
    phone(.end(.missed), 8_000), system(.end(.normal), 8_000),
  ]

  /// The telephone is picked up at once: it was up before the system told that it rings, or all was told before the lamp lit.
  private static let lit: [CallEvent] = [
    lamp(.ring, 0, .withheld), lamp(.answer, 100, .withheld), system(.dialled, 110, .withheld),
    system(.ring, 120), system(.answer, 2_000), lamp(.end(.normal), 12_000, .withheld),
    system(.end(.normal), 12_000),
  ]
  private static let litLate: [CallEvent] = [
    system(.dialled, 0, .withheld), system(.ring, 1), system(.answer, 2_000),
    lamp(.ring, 6, .withheld), lamp(.answer, 20, .withheld), lamp(.end(.normal), 12_000, .withheld),
    system(.end(.normal), 12_000),
  ]

  @Test("A telephone that is picked up at once", arguments: [lit, litLate])
  func atOnce(told: [CallEvent]) {
    let list = CallList(told)
    #expect(list.all.map(\.outcome) == [.answered])
    #expect(list.all.map(\.duration) == [10])
    #expect(list.all.map(\.isOutgoing) == [true])
    #expect(list.all.map(\.caller.number?.key) == ["+33388202122"])
    #expect(!list.hasLive)
  }

  @Test(
    "One outgoing call, answered when the called party does",
    arguments: zip([answered, busy, refused], [10, nil, nil] as [Int?]))
  func oneCall(told: [CallEvent], duration: Int?) {
    for isLate in [false, true] { expect(told, duration, isLate: isLate) }
  }

  private func expect(_ told: [CallEvent], _ duration: Int?, isLate: Bool) {
    var events = told
    // What the telephone shows may be told first.
    if isLate { events.swapAt(0, 1) }
    let list = CallList(events)
    #expect(list.all.map(\.outcome) == [duration == nil ? .ringing : .answered])
    #expect(list.all.map(\.duration) == [duration])
    #expect(list.all.map(\.isOutgoing) == [true])
    #expect(list.all.map(\.caller.number?.key) == ["+33388202122"])
    #expect(!list.hasLive)
  }

  @Test("A ring that the station does not take is an outgoing call, whoever tells of it")
  func notTaken() {
    for told in [[Self.lamp(.ring, 10), Self.lamp(.end(.missed), 5_000)], []] {
      let list = CallList(
        [Self.system(.dialled, 0)] + told + [Self.system(.end(.normal), 5_000)])
      #expect(list.all.map(\.outcome) == [.ringing])
      #expect(list.all.map(\.reason) == [.outgoing])
      #expect(!list.hasLive)
    }
  }

  @Test("Somebody else calls at the same moment", arguments: [Caller.customer, .withheld])
  func somebodyElse(shown: Caller) {
    let list = CallList([
      Self.system(.dialled, 0, shown), Self.lamp(.ring, 10, .stranger),
      Self.lamp(.end(.missed), 5_000, .stranger), Self.system(.end(.normal), 9_000, shown),
    ])
    #expect(list.all.first?.outcome == .missed)
    #expect(list.all.first?.isOutgoing == false)
  }

  @Test("Whoever calls later is no call of the station's own")
  func later() {
    let list = CallList([
      Self.system(.dialled, 0), Self.system(.end(.normal), 1_000), Self.lamp(.ring, 5_000),
    ])
    #expect(list.live.map(\.isOutgoing) == [false])
  }

  @Test("Somebody withheld who calls at the same moment is no call of the station's own")
  func somebodyWithheld() {
    let stranger = { (source: SourceID) in
      CallEvent(.ring, 500, from: source, id: "b", .withheld, direction: .incoming)
    }
    // The telephone has shown the program's call, or the telephone system tells of the other.
    for events in [
      [Self.system(.dialled, 0), Self.lamp(.ring, 10, .withheld), stranger("lamp")],
      [Self.system(.dialled, 0), stranger("pbx"), stranger("lamp")],
    ] {
      let list = CallList(events)
      #expect(list.live.filter { !$0.isOutgoing }.map(\.caller.isWithheld) == [true])
    }
  }

  @Test("A lamp that shows late whom a program calls shows nobody who calls")
  func shownLate() {
    for isOver in [true, false] {
      let over = isOver ? [Self.system(.end(.normal), 3_000)] : []
      let list = CallList([Self.system(.dialled, 0)] + over + [Self.lamp(.ring, 8_000)])
      #expect(list.all.filter(\.isLive).map(\.isOutgoing) == [!isOver])
    }
  }

  /// The lamp shows that the station is on the line.
  private static func busy(_ at: Int64) -> CallEvent {
    CallEvent(.answer, at, from: "lamp", id: "a", Caller(identity: .untold))
  }

  /// The station calls a group that it is in, and the lamp lights for its own telephone.
  private static let echo: [CallEvent] = [
    system(.ring, 0), system(.answer, 500), busy(501), system(.dialled, 1_000),
    CallEvent(.ring, 1_100, from: "lamp", id: "b", .withheld, direction: .incoming),
  ]

  @Test("A station that rings for a call that it makes is called by nobody")
  func echoes() {
    let ends = [
      CallEvent(.answer, 3_000, from: "lamp", id: "b", .withheld),
      Self.system(.end(.normal), 9_500), CallEvent(.end(.normal), 9_500, from: "lamp", id: "a"),
      CallEvent(.end(.untold), 9_000, from: "lamp", id: "b", .withheld, direction: .incoming),
    ]
    let list = CallList(Self.echo + ends)
    #expect(list.all.map(\.isOutgoing) == [true])
    #expect(list.all.map(\.duration) == [9])
  }

  @Test("Who calls beside an echo is somebody", arguments: [Caller.stranger, .withheld])
  func somebodyBesideAnEcho(shown: Caller) {
    let ring = { (source: SourceID, id: String) in
      CallEvent(.ring, 2_000, from: source, id: id, shown, direction: .incoming)
    }
    for events in [[ring("lamp", "c")], [ring("pbx", "2"), ring("lamp", "c")]] {
      let list = CallList(Self.echo + events)
      #expect(list.live.map(\.isOutgoing) == [true, false])
    }
    // It is told under the name that the echo had.
    guard shown.number != nil else { return }
    let list = CallList(Self.echo + [ring("lamp", "b")])
    #expect(list.live.map(\.isOutgoing) == [true, false])
  }
}
