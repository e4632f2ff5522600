import NIOCore
import NIOEmbedded
import Testing

@testable import Connector

/// A peer that speaks all the time is read in batches; one that speaks now and then at once.
struct ReadPaceTests {
  @Test func readsWhoSpeaksAllTheTimeOncePerPause() throws {
    let reads = Reads()
    let channel = EmbeddedChannel(handlers: [reads, ReadPace()])
    // A piece a millisecond, for ten seconds.
    for _ in 0..<10_000 {
      channel.read()
      channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    }
    let (paced, saved) = (10_000 / 50, 40)
    #expect((paced..<paced + saved + 1).contains(reads.count))
    // After a quiet time the first pieces are read at once.
    channel.embeddedEventLoop.advanceTime(by: .seconds(60))
    let before = reads.count
    for _ in 0..<saved { channel.read() }
    #expect(reads.count == before + saved)
    channel.read()
    #expect(reads.count == before + saved)
    channel.embeddedEventLoop.advanceTime(by: ReadPace.pause)
    #expect(reads.count == before + saved + 1)
  }

  @Test func readsAnAnswerWithoutWaiting() throws {
    let reads = Reads()
    let channel = EmbeddedChannel(handlers: [reads, ReadPace()])
    channel.embeddedEventLoop.advanceTime(by: .seconds(60))
    for _ in 0...ReadPace.saved { channel.read() }
    let before = reads.count
    // A read waits already when something is asked.
    channel.write(ByteBuffer(string: "Action: Getvar"), promise: nil)
    #expect(reads.count == before + 1)
    for _ in 1..<ReadPace.answering { channel.read() }
    #expect(reads.count == before + 10)
    channel.read()
    #expect(reads.count == before + 10)
    channel.embeddedEventLoop.advanceTime(by: ReadPace.pause)
    #expect(reads.count == before + 11)
  }

  @Test func readsAListWithoutWaiting() throws {
    let reads = Reads()
    let channel = EmbeddedChannel(handlers: [reads, ReadPace()])
    for _ in 0..<1_000 {
      try channel.writeInbound(ByteBuffer(repeating: 0x61, count: ReadPace.batch))
      channel.read()
    }
    #expect(reads.count == 1_000)
  }

  @Test func readsNothingOfAConnectionThatIsGone() throws {
    let reads = Reads()
    let channel = EmbeddedChannel(handlers: [reads, ReadPace()])
    for _ in 0...ReadPace.saved { channel.read() }
    let before = reads.count
    _ = try channel.finish()
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(reads.count == before)
  }
}

/// Counts what is read of the socket.
private final class Reads: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  var count = 0

  func read(context: ChannelHandlerContext) {
    count += 1
    context.read()
  }
}
