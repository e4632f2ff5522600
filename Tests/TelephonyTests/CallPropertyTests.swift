import Telephony
import TestSupport
import Testing

@Suite("What holds for every sequence of events")
struct CallPropertyTests {
  /// Events of one source about a few calls with ids, whose callers share numbers.
  static func events(_ count: Int, using numbers: inout SeededNumbers) -> [CallEvent] {
    let callers = [Caller.customer, .stranger, .colleague, .withheld]
    return (0..<count).map { _ in
      let call = Int.random(in: 0..<6, using: &numbers)
      let kinds: [CallEvent.Kind] = [
        .ring, .ring, .answer, .request, .vanish, .other(word: "x"),
        .end(EndReason.allCases.randomElement(using: &numbers) ?? .normal),
      ]
      return CallEvent(
        kinds.randomElement(using: &numbers) ?? .ring,
        Int64.random(in: 0..<300_000, using: &numbers), id: "\(call)", callers[call % 4],
        direction: call == 5 ? .outgoing : nil, popup: Bool.random(using: &numbers))
    }
  }

  /// What is known of each call in the end.
  static func facts(_ events: [CallEvent]) -> [String: [String]] {
    Dictionary(grouping: CallList(events).all) { $0.callIDs[.launcher] ?? "" }.mapValues { calls in
      calls.map { "\($0.outcome) \($0.duration ?? -1) \($0.isOutgoing)" }
    }
  }

  @Test("Order and repetition of news with call ids do not matter", arguments: 1...60)
  func order(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let events = Self.events(24, using: &numbers)
    let facts = Self.facts(events)
    for _ in 0..<20 {
      let repeated = events + events.filter { _ in Bool.random(using: &numbers) }
      #expect(Self.facts(repeated.shuffled(using: &numbers)) == facts)
    }
  }

  @Test("There are never more calls than call ids", arguments: 1...60)
  func count(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed &* 7919)
    var events = Self.events(200, using: &numbers)
    for index in events.indices where Bool.random(using: &numbers) {
      events[index].source = "pbx"
    }
    let ids = Set(
      events.filter { $0.kind != .vanish }.map { "\($0.source.name) \($0.callID ?? "")" })
    #expect(CallList(events).all.count <= ids.count)
  }

  @Test("What goes on, what is busy and what is told agree with the calls", arguments: 1...40)
  func consistency(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed &* 104_729)
    var list = CallList()
    var told: Set<Call.ID> = []
    for var event in Self.events(300, using: &numbers) {
      if Bool.random(using: &numbers) { event.callID = nil }
      if Bool.random(using: &numbers) { event.source = "pbx" }
      if Int.random(in: 0..<9, using: &numbers) == 0 { event.caller = .withheld }
      let before = list.all.filter(\.isLive).map(\.id)
      let changes = list.apply(event)
      let after = list.all.filter(\.isLive)
      #expect(list.live == after)
      #expect(list.hasLive == !after.isEmpty)
      let isBusy = after.contains { $0.state == .answered || $0.isOutgoing }
      #expect(list.isBusy(station: nil, except: Call.ID(serial: 0)) == isBusy)
      // Nothing begins, ends or comes back without being told.
      for call in after where !before.contains(call.id) {
        #expect(changes.contains { $0.call == call.id })
      }
      for id in before where list[id]?.isLive == false { #expect(changes.contains(.ended(id))) }
      for change in changes {
        if case .began(let id) = change { #expect(told.insert(id).inserted) }
      }
    }
    _ = list.expire(at: Moment(milliseconds: 20_000_000), ringTimeout: 90)
    #expect(!list.hasLive)
    #expect(!list.isBusy(station: nil, except: Call.ID(serial: 0)))
  }

  @Test("A flood is remembered in bounded memory, and what is forgotten was told to end first")
  func flood() {
    let floods: [(Int) -> [CallEvent]] = [
      { [CallEvent(.ring, Int64($0), .stranger($0))] },
      { [CallEvent(.ring, Int64($0), id: "\($0)", .withheld)] },
      { [CallEvent(.ring, Int64($0), id: "\($0)")] },
      { [CallEvent(.answer, Int64($0), .stranger($0))] },
      {
        [CallEvent(.ring, Int64($0), .stranger($0)), CallEvent(.end(.normal), 20_000, .withheld)]
      },
      { [CallEvent(.end(.missed), Int64($0), .stranger($0))] },
      { [CallEvent($0 < 5_000 ? .ring : .end(.normal), Int64($0), .stranger($0 % 5_000))] },
    ]
    for events in floods {
      var list = CallList()
      var going: Set<Call.ID> = []
      for index in 0..<10_000 {
        for change in events(index).flatMap({ list.apply($0) }) {
          switch change {
          case .began(let id): going.insert(id)
          case .ended(let id): going.remove(id)
          case .mentioned, .identified, .requested, .answered: break
          }
        }
      }
      #expect(Set(list.live.map(\.id)) == going)
      let remembered = (1...10_000).filter { list[Call.ID(serial: $0)] != nil }.count
      #expect(remembered <= 2 * CallList.memory + 1)
    }
  }

  @Test("Forgotten calls leave no name behind")
  func forgottenNames() {
    var list = CallList()
    for index in 0..<5_000 {
      _ = list.apply(CallEvent(.ring, 0, id: "\(index)", .stranger(index)))
      _ = list.apply(CallEvent(.end(.normal), 1, id: "\(index)", .stranger(index)))
    }
    #expect(list[first] == nil)
    let changes = list.apply(CallEvent(.ring, 2, id: "0", .stranger(0)))
    #expect(changes == [.began(Call.ID(serial: 5_001))])
  }
}
