import Telephony
import Testing

/// What is known of a physical call that a driver and others tell of, whatever each of them knows and in
/// whatever order their news comes.
@Suite("One call, told by several sources")
struct CallTruthTests {
  /// A call as its sources tell it, and what is true of it.
  struct Story: Sendable, CustomTestStringConvertible {
    var name: String
    var events: [CallEvent]
    var outcome: Outcome
    var duration: Int?
    var testDescription: String { name }

    init(
      _ name: String, _ outcome: Outcome, duration: Int? = nil, _ events: [CallEvent]
    ) {
      self.name = name
      self.events = events
      self.outcome = outcome
      self.duration = duration
    }
  }

  /// The softphone names its calls, and says which way they go.
  private static func phone(
    _ kind: CallEvent.Kind, _ at: Int64, id: String = "a", direction: Direction = .incoming
  ) -> CallEvent {
    CallEvent(kind, at, from: "softphone", id: id, direction: direction)
  }

  /// The telephone system has other names for them.
  private static func system(
    _ kind: CallEvent.Kind, _ at: Int64, _ caller: Caller = .customer, id: String = "pbx-1"
  ) -> CallEvent {
    CallEvent(kind, at, from: "pbx", id: id, caller, direction: .incoming)
  }

  /// The launcher is told of rings, and sometimes of more.
  private static func launcher(_ kind: CallEvent.Kind, _ at: Int64) -> CallEvent {
    CallEvent(kind, at)
  }

  private static let stories: [Story] = [
    Story(
      "the launcher only rings; the driver knows that it was answered", .answered, duration: 60,
      [launcher(.ring, 0), phone(.ring, 40), phone(.answer, 3_000), phone(.end(.normal), 63_000)]),
    Story(
      "the launcher only rings; the driver knows that the caller gave up", .missed,
      [launcher(.ring, 0), phone(.ring, 40), phone(.end(.missed), 20_000)]),
    Story(
      "the launcher only rings; the driver knows that the operator refused", .rejected,
      [phone(.ring, 0), launcher(.ring, 40), phone(.end(.rejected), 5_000)]),
    Story(
      "a telephone only rang, where another one of the station took the call", .answered,
      duration: 60,
      [
        system(.ring, 0), phone(.ring, 10), system(.answer, 3_000), phone(.end(.elsewhere), 3_001),
        system(.end(.normal), 63_000),
      ]),
    Story(
      "a telephone does not know that another one of the station took the call", .answered,
      duration: 60,
      [
        phone(.ring, 0), system(.ring, 10), phone(.end(.missed), 3_000), system(.answer, 3_002),
        system(.end(.normal), 63_002),
      ]),
    Story(
      "both tell everything, a little apart", .answered, duration: 60,
      [
        launcher(.ring, 10), phone(.ring, 0), launcher(.answer, 3_010), phone(.answer, 3_000),
        phone(.end(.normal), 63_000), launcher(.end(.normal), 63_020),
      ]),
    Story(
      "the softphone cannot tell that a colleague took it; the system can", .answeredElsewhere,
      [
        phone(.ring, 0), system(.ring, 15), phone(.end(.missed), 8_000),
        system(.end(.elsewhere), 8_010),
      ]),
    Story(
      "two drivers and the launcher", .answered, duration: 10,
      [
        system(.ring, 0), phone(.ring, 5), launcher(.ring, 30), system(.answer, 4_000),
        phone(.answer, 4_003), system(.end(.normal), 14_003),
      ]),
    Story(
      "the softphone did not ring, because the desk phone did", .answered, duration: 30,
      [
        launcher(.ring, 0), system(.ring, 10), system(.answer, 2_000),
        system(.end(.normal), 32_000),
      ]),
    Story(
      "the system saw the refusal that the launcher calls an end", .rejected,
      [
        launcher(.ring, 0), system(.ring, 10), launcher(.end(.normal), 4_000),
        system(.end(.rejected), 4_010),
      ]),
    Story(
      "the station calls out, and the launcher tells of it without a direction", .answered,
      duration: 20,
      [
        phone(.ring, 0, direction: .outgoing), launcher(.ring, 20),
        phone(.answer, 5_000, direction: .outgoing),
        phone(.end(.normal), 25_000, direction: .outgoing),
      ]),
  ]

  /// Behind a code is nobody until somebody is told; a telephone of the house is one.
  @Test func aServiceThatTheStationDialsIsNoCall() {
    let code = { (key: String) in Caller(number: PhoneNumber(.extension, key), digits: 2) }
    var list = CallList()
    for kind in [CallEvent.Kind.ring, .answer, .end(.failed)] {
      for code in ["*98", "**1025", "**203"].map(code) {
        #expect(list.apply(CallEvent(kind, 0, id: "7", code, direction: .outgoing)).isEmpty)
      }
    }
    #expect(list.all.isEmpty && !list.isBusy(station: "1024"))
    #expect(!list.apply(CallEvent(.answer, 10, id: "7", direction: .outgoing)).isEmpty)
    #expect(!list.apply(CallEvent(.ring, 0, id: "8", code("**610"), direction: .outgoing)).isEmpty)
    #expect(!list.apply(CallEvent(.ring, 0, id: "9", code("*98"))).isEmpty)
  }

  @Test("What is true", arguments: stories)
  func told(story: Story) {
    expect(CallList(story.events.sorted { $0.at < $1.at }), story, "in order")
  }

  /// Every order in which the news may come in, each source's own first ring before the rest of it.
  @Test("What is true in any order", arguments: stories)
  func toldInAnyOrder(story: Story) {
    for order in Self.orders(of: story.events) where Self.mayHappen(order) {
      expect(
        CallList(order), story,
        "\(order.map { "\($0.source.name) \($0.kind) \($0.at.milliseconds)" })")
    }
  }

  private func expect(_ list: CallList, _ story: Story, _ order: String) {
    let calls = list.all
    #expect(calls.count == 1, "\(order)")
    #expect(calls.first?.outcome == story.outcome, "\(order)")
    #expect(calls.first?.duration == story.duration, "\(order)")
    #expect(!list.hasLive, "\(order)")
  }

  /// A source tells its own news in order; only the sources overtake each other.
  private static func mayHappen(_ order: [CallEvent]) -> Bool {
    Set(order.map(\.source)).allSatisfy { source in
      let own = order.filter { $0.source == source }.map(\.at)
      return own == own.sorted()
    }
  }

  private static func orders(of events: [CallEvent]) -> [[CallEvent]] {
    guard events.count > 1 else { return [events] }
    return events.indices.flatMap { index in
      var rest = events
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }

  // MARK: - Several calls

  @Test("The same caller twice is two calls, each with its own end")
  func twice() {
    let list = CallList([
      Self.phone(.ring, 0, id: "a"), Self.launcher(.ring, 100), Self.phone(.ring, 20_000, id: "b"),
      Self.launcher(.ring, 20_100), Self.phone(.answer, 22_000, id: "b"),
      Self.phone(.end(.missed), 25_000, id: "a"), Self.phone(.end(.normal), 32_000, id: "b"),
    ])
    #expect(list.all.map(\.outcome) == [.missed, .answered])
    #expect(list.all.map(\.duration) == [nil, 10])
  }

  @Test(
    "Whoever knows it makes the line busy for a call that another tells of",
    arguments: [
      [phone(.ring, 0), phone(.answer, 1_000)], [system(.ring, 0), system(.answer, 1_000)],
      [phone(.ring, 0, direction: .outgoing)], [phone(.answer, 0)],
    ])
  func busy(events: [CallEvent]) {
    var list = CallList(events)
    _ = list.apply(CallEvent(.ring, 30_000, .stranger))
    #expect(list.isBusy(station: "1024", except: second))
    _ = list.apply(Self.phone(.end(.normal), 31_000))
    _ = list.apply(Self.system(.end(.normal), 31_000))
    #expect(!list.isBusy(station: "1024", except: second))
  }

  @Test("What who knows better has corrected stands, whatever another source goes on to say")
  func correctionStands() {
    for caller in [Caller.stranger, .withheld] {
      var correction = Self.system(.ring, 3_000, caller)
      correction.corrects = true
      let list = CallList([
        Self.system(.ring, 0), Self.phone(.ring, 20, id: "a"), correction,
        Self.phone(.answer, 4_000, id: "a"), Self.system(.answer, 4_010, caller),
      ])
      #expect(list.all.map(\.caller) == [caller])
    }
  }

  @Test("A call that was lost with the softphone's connection ends when it is back")
  func lost() {
    let list = CallList([
      Self.phone(.ring, 0), Self.launcher(.ring, 20), Self.phone(.answer, 2_000),
      Self.phone(.end(.normal), 62_000),
    ])
    #expect(list.all.map(\.duration) == [60])
    let ringing = CallList([Self.phone(.ring, 0), Self.phone(.vanish, 9_000)])
    #expect(ringing.all.map(\.outcome) == [.ringing])
    #expect(!ringing.hasLive)
    let stillRinging = CallList([
      Self.phone(.ring, 0), Self.launcher(.ring, 20), Self.phone(.vanish, 9_000),
    ])
    #expect(stillRinging.hasLive)
  }
}
