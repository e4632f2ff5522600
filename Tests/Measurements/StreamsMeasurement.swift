import Glibc
import NIOCore
import NIOPosix

/// Many windows that listen to one relay, and many calls a second.
@MainActor
func measureStreams(_ site: Site) throws -> [Figure] {
  let (windows, rate, seconds) = (5_000, 200, 20)
  try StreamListeners.raiseDescriptorLimit()
  let relay = try RunningServer.relay(site)
  defer { try? relay.stop() }
  let listeners = try StreamListeners(count: windows, port: relay.port)
  let reporter = try LoopbackConnection(port: relay.port)
  let start = ContinuousClock.now
  var sent: [ContinuousClock.Instant] = []
  for call in 0..<rate * seconds {
    let due = start + .seconds(Double(call) / Double(rate))
    let wait = (due - .now).microseconds
    if wait > 0 { usleep(UInt32(wait)) }
    // Each window in turn, far apart; the number is the call's.
    let station = StreamListeners.station(call * 7 % windows)
    sent.append(.now)
    let status = try reporter.get(
      "\(RunningServer.prefix)/setevent?telorg=\(station)&tel=\(1_000_000 + call)&event=ring")
    guard status == 200 else { throw Failure(because: "setevent was answered \(status)") }
  }
  let deadline = ContinuousClock.now + .seconds(10)
  while listeners.arrivals < sent.count, .now < deadline { usleep(10_000) }
  let memory = try relay.figures.memory()
  let times = try listeners.close()
  let delays = times.map { ($0.value - sent[$0.key]).milliseconds }
  return [
    Figure(
      name: "calls not delivered, \(windows) streams, \(rate) calls a second for \(seconds) s",
      value: Double(sent.count - times.count), unit: "", limit: 0),
    Figure(
      name: "setevent → the stream's bytes, median", value: Statistics(delays).median,
      unit: "ms", limit: 10),
    Figure(
      name: "  99th percentile", value: Statistics(delays).percentile(0.99), unit: "ms"),
    Figure(name: "the relay's memory, the most", value: memory.peak, unit: "MB", limit: 150),
  ]
}

/// Windows that listen, each for a station of its own, on one thread.
final class StreamListeners {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let log: ArrivalLog

  /// The station of a window.
  static func station(_ index: Int) -> String { String(20_000 + index) }

  /// Connects them all; each has the answer's head.
  init(count: Int, port: UInt16) throws {
    let log = ArrivalLog(loop: group.next())
    self.log = log
    for first in stride(from: 0, to: count, by: 100) {
      let connections = (first..<min(first + 100, count)).map { index in
        ClientBootstrap(group: group).channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              StreamListener(station: Self.station(index), log: log))
          }
        }.connect(host: "127.0.0.1", port: Int(port))
      }
      for connection in connections { _ = try connection.wait() }
    }
    let deadline = ContinuousClock.now + .seconds(30)
    while try log.loop.submit({ log.heads }).wait() < count {
      guard .now < deadline else { throw Failure(because: "not all streams were opened") }
      usleep(10_000)
    }
  }

  /// How many calls have come.
  var arrivals: Int { (try? log.loop.submit { [log] in log.times.count }.wait()) ?? 0 }

  /// Ends all streams; when each call came.
  func close() throws -> [Int: ContinuousClock.Instant] {
    let times = try log.loop.submit { [log] in log.times }.wait()
    try group.syncShutdownGracefully()
    return times
  }

  /// Each window holds a descriptor, and the usual limit is 1,024.
  static func raiseDescriptorLimit() throws(Failure) {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { throw Failure("read the limit of descriptors") }
    limit.rlim_cur = limit.rlim_max
    guard setrlimit(resource, &limit) == 0 else { throw Failure("raise the limit of descriptors") }
  }
}

/// What has come on all streams. Touched on its loop alone.
private final class ArrivalLog: @unchecked Sendable {
  let loop: any EventLoop
  var heads = 0
  var times: [Int: ContinuousClock.Instant] = [:]

  init(loop: any EventLoop) { self.loop = loop }
}

/// One stream: asks for the events of a station, and notes when a call's number comes.
private final class StreamListener: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let station: String
  private let log: ArrivalLog
  private var hasHead = false

  init(station: String, log: ArrivalLog) {
    self.station = station
    self.log = log
  }

  func channelActive(context: ChannelHandlerContext) {
    let request =
      "GET \(RunningServer.prefix)/events?telorg=\(station) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = ContinuousClock.now
    let text = String(buffer: unwrapInboundIn(data))
    if !hasHead {
      hasHead = true
      log.heads += 1
    }
    // A call a packet: the relay sends each at once.
    guard let start = text.range(of: #""tel":""#) else { return }
    let number = Int(text[start].prefix { $0 != "\"" }) ?? 0
    if number >= 1_000_000 { log.times[number - 1_000_000] = now }
  }
}

extension String {
  /// Where the text goes on after the first `mark`; nil without one.
  fileprivate func range(of mark: String) -> PartialRangeFrom<Index>? {
    let marks = Array(mark.utf8)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      if utf8[index...].starts(with: marks) { return utf8.index(index, offsetBy: marks.count)... }
      index = utf8.index(after: index)
    }
    return nil
  }
}
