import Canvas
import OperatorScreen
import OperatorWindow
import Synchronization
import Testing

/// The window's queue.
struct MailboxTests {
  /// Counts how often the window was woken.
  private final class Bell: Sendable {
    private let count = Mutex(0)
    var rings: Int { count.withLock { $0 } }
    func ring() { count.withLock { $0 += 1 } }
  }

  private static func pattern(_ message: Message) -> String {
    switch message {
    case .noPattern(let text): text
    case .input: "input"
    default: "?"
    }
  }

  @Test func theWindowIsWokenOnceForManyMessages() {
    let bell = Bell()
    let mailbox = Mailbox { bell.ring() }
    for number in 1...5 { mailbox.post(.noPattern("\(number)")) }
    #expect(bell.rings == 1)
    #expect(mailbox.nextBatch().messages.map(Self.pattern) == ["1", "2", "3", "4", "5"])
    mailbox.post(.noPattern("6"))
    #expect(bell.rings == 2)
  }

  @Test func handsGoBeforeNews() {
    let mailbox = Mailbox {}
    mailbox.post(.noPattern("news"))
    mailbox.post(.input(.key(.enter)))
    #expect(mailbox.nextBatch().messages.map(Self.pattern) == ["input", "news"])
  }

  @Test func aFloodIsTakenInBatches() {
    let bell = Bell()
    let mailbox = Mailbox { bell.ring() }
    for number in 0..<450 { mailbox.post(.noPattern("\(number)")) }
    let batches = (0..<3).map { _ in mailbox.nextBatch().messages.map(Self.pattern) }
    #expect(batches.map(\.count) == [200, 200, 50])
    #expect(batches.flatMap { $0 } == (0..<450).map { "\($0)" })
    // Once for the first message, and after each batch that was not all.
    #expect(bell.rings == 3)
    #expect(mailbox.nextBatch().messages.isEmpty)
  }

  /// While others go first, little is taken, nobody is woken for the rest, and hands go before all the same.
  @Test func whoYieldsAsksAgainByItself() {
    let bell = Bell()
    let mailbox = Mailbox { bell.ring() }
    for number in 0..<40 { mailbox.post(.noPattern("\(number)")) }
    mailbox.post(.input(.key(.enter)))
    let first = mailbox.nextBatch(yields: true)
    #expect(first.messages.map(Self.pattern) == ["input"] + (0..<16).map { "\($0)" })
    #expect(first.isHeld)
    _ = mailbox.nextBatch(yields: true)
    let last = mailbox.nextBatch(yields: true)
    #expect(last.messages.count == 8)
    #expect(!last.isHeld)
    #expect(bell.rings == 1)
  }

  /// What waits stays bounded: past some number nobody goes first.
  @Test func whoHasTooMuchYieldsToNobody() {
    let mailbox = Mailbox {}
    for number in 0...20_000 { mailbox.post(.noPattern("\(number)")) }
    let batch = mailbox.nextBatch(yields: true)
    #expect(batch.messages.count == 200)
    #expect(!batch.isHeld)
  }

  @Test func atTheEndEverythingIsTaken() {
    let mailbox = Mailbox {}
    for number in 0..<450 { mailbox.post(.noPattern("\(number)")) }
    #expect(mailbox.drain().count == 450)
    #expect(mailbox.drain().isEmpty)
  }
}
