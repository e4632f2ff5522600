import Foundation
import Glibc
import TestSupport
import Testing

/// What the operator has seen of a driver's calls is kept, whatever ends the window, and counts once (R48).
///
/// KEPT_KILLS says how many times a window is killed; a few where it is not set.
@Suite(.timeLimit(.minutes(15)))
struct KilledWindowTests {
  private static let kills =
    ProcessInfo.processInfo.environment["KEPT_KILLS"].flatMap { Int($0) } ?? 4

  private static func number(_ index: Int) -> String { "019900\(1000 + index)" }

  private static func leg(_ index: Int) -> Leg {
    Leg(
      channel: "PJSIP/1024-\(10_000_000 + index)", id: "\(index).1", call: "\(index).0",
      connected: number(index), name: "<unknown>")
  }

  /// The numbers that a screen shows.
  private static func numbers(on screen: String) -> Set<String> {
    Set(screen.matches(of: #/01 99 00( \d\d){2}/#).map { $0.0.filter { $0 != " " } })
  }

  /// A window is killed at a random moment of a stream of calls, of which one still rings when the next window
  /// looks.
  @Test func noCallIsLostAndNoneCountsTwice() async throws {
    let manager = StandInManager()
    let workplace = try await WindowTests.place(at: manager)
    let round = 12
    var seen: Set<String> = []
    for kill in 0..<Self.kills {
      let window = try await workplace.openWindow()
      try await window.wait(for: "● asterisk")
      let calls = kill * round..<(kill + 1) * round
      if kill > 0 { try await manager.play(Self.leg(calls.lowerBound - 1).hangsUp()) }
      let last = Self.leg(calls.upperBound - 1)
      manager.answer {
        StandInManager.accept($0, channels: last.event("CoreShowChannel", state: 5))
      }
      for index in calls {
        let leg = Self.leg(index)
        try await manager.play(leg.rings + (index == calls.upperBound - 1 ? "" : leg.hangsUp()))
      }
      let wanted = Int.random(in: 0...round)
      let mine = Set(calls.map { Self.number($0) })
      try await window.wait(until: "\(wanted) calls") {
        Self.numbers(on: $0).intersection(mine).count >= wanted
      }
      Self.end(window)
      try await window.gone()
      manager.hangUp()
      seen.formUnion(Self.numbers(on: try await window.text()))
    }
    manager.answer { StandInManager.accept($0) }
    let window = try await workplace.openWindow()
    try await window.wait(for: "● asterisk")
    let wanted = Set(seen.map { "+33" + $0.dropFirst() })
    let calls = try await workplace.journal(until: "all \(wanted.count) calls") { calls in
      wanted.isSubset(of: calls.compactMap(\.number))
    }
    let counts = Dictionary(grouping: calls.compactMap(\.number)) { $0 }.mapValues(\.count)
    #expect(counts.filter { $0.value > 1 } == [:])
    try await manager.stop()
  }

  private static func end(_ window: TmuxScreen) { Glibc.kill(window.program, SIGKILL) }
}
