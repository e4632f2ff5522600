import Connector
import Telephony
import Testing

struct ConnectionHealthTests {
  private static func moment(_ seconds: Int64) -> Moment { Moment(milliseconds: seconds * 1000) }

  @Test func anOutageHasOneBeginningAndLongerAndLongerPauses() {
    var health = ConnectionHealth(interval: .seconds(5), goodLife: 0)
    #expect(health.latest == nil)
    let pauses = (0..<5).map { health.fall("silent", at: Self.moment($0)) }
    #expect(pauses == [5, 10, 20, 40, 60].map { Duration.seconds($0) })
    #expect(
      health.latest
        == .down(reason: "silent", since: Self.moment(0), nextTry: Self.moment(4 + 60)))
    #expect(health.outage(at: Self.moment(7)) == 7000)
  }

  @Test func whatIsUpIsNewsOnce() {
    var health = ConnectionHealth(interval: .seconds(1), goodLife: 0)
    health.fall("silent", at: Self.moment(0))
    let news = [health.rise(at: Self.moment(1)), health.rise(at: Self.moment(2))]
    #expect(news == [true, false])
    #expect(health.isUp)
    #expect(health.nextTry == nil)
    #expect(health.outage(at: Self.moment(9)) == 0)
  }

  @Test(arguments: [(59, 4), (60, 1)])
  func onlyAConnectionThatLastedEndsTheLongPauses(life: Int64, pause: Int) {
    var health = ConnectionHealth(interval: .seconds(1), goodLife: 60_000)
    health.fall("taken away", at: Self.moment(0))
    health.fall("taken away", at: Self.moment(1))
    health.rise(at: Self.moment(3))
    let next = health.fall("taken away", at: Self.moment(3 + life))
    #expect(next == .seconds(pause))
  }

  @Test func aPauseOfItsOwnLeavesTheOthersAlone() {
    var health = ConnectionHealth(interval: .seconds(1), goodLife: 0)
    let pauses = [
      health.fall("refused", .after(.seconds(900)), at: Self.moment(0)),
      health.fall("silent", at: Self.moment(900)),
      health.fall("too old", .never, at: Self.moment(901)),
    ]
    #expect(pauses == [.seconds(900), .seconds(1), nil])
    #expect(health.nextTry == nil)
    #expect(health.outage(at: Self.moment(901)) == 901_000)
  }
}
