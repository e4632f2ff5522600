import CallWire
import Glibc
import LauncherSupport
import TestSupport
import Testing

@Suite struct DeliveryTests {
  private let folder: TemporaryFolder
  private let line: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    line = try CallMessage(event: "ring", tel: "0199001234", mid: "m").encoded()
  }

  private func offer(limit: Int64 = 5000) -> Delivery {
    Delivery.offer(line, to: folder.runtime.socketPaths(), limit: limit)
  }

  @Test(arguments: [
    ("ok\n", Delivery.taken(name: nil)),
    ("ok", .taken(name: nil)),
    ("name=Ana+Roy\n", .taken(name: "Ana Roy")),
    ("refused no: try later\n", .refused("no: try later")),
    ("HTTP/1.1 400 Bad Request\r\n\r\n", .unanswered),
    ("\n", .unanswered),
    ("", .unanswered),
    (String(repeating: "x", count: 100_000), .unanswered),
  ])
  func readsTheAnswer(answer: String, delivery: Delivery) async throws {
    let window = try StandInWindow(folder.runtime, .answers(answer))
    #expect(offer() == delivery)
    #expect(window.lines == ["v=1&event=ring&tel=0199001234&mid=m"])
    window.crash()
  }

  @Test(arguments: [
    StandInWindow.Manner.silent, .frozen, .drips("ok this goes on and on, for long"),
  ])
  func waitsNoLongerThanTheLimit(manner: StandInWindow.Manner) throws {
    let window = try StandInWindow(folder.runtime, manner)
    #expect(offer(limit: 50) == .unanswered)
    window.crash()
  }

  @Test func reachesEveryWindowAtOnce() async throws {
    let first = try StandInWindow(folder.runtime, .answers("ok\n"))
    let second = try StandInWindow(folder.runtime, station: "1024", .answers("ok\n"))
    let frozen = try StandInWindow(folder.runtime, station: "1025", .frozen)
    let dead = try StandInWindow(folder.runtime, station: "1026", .frozen)
    dead.crash()
    let refusing = try StandInWindow(folder.runtime, station: "1027", .answers("refused x\n"))
    #expect(offer() == .taken(name: nil))
    #expect(await eventually { first.lines.count == 1 && second.lines.count == 1 })
    for window in [first, second, frozen, refusing] { window.crash() }
  }

  @Test func isUnansweredWhereNobodyListens() throws {
    #expect(offer() == .unanswered)
    try StandInWindow(folder.runtime, .frozen).crash()
    #expect(offer() == .unanswered)
    #expect(Delivery.offer(line, to: ["/" + String(repeating: "x", count: 200)]) == .unanswered)
  }

  @Test func waitsForRoomInAFullQueue() throws {
    let window = try StandInWindow(folder.runtime, .frozen)
    for _ in 0..<5 { #expect(offer(limit: 0) == .unanswered) }
    #expect(offer(limit: 50) == .unanswered)
    window.crash()
  }
}
