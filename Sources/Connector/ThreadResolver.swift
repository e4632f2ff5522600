import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Looks a host up by the system's means, each name on a thread of its own: a name server that does not answer holds up
/// nobody else, and what is an address already is not looked up. NIO's resolver uses Dispatch's threads, which, once used,
/// wake the process every second.
final class ThreadResolver: Resolver, Sendable {
  /// There is no such host, or nobody who knows.
  struct Failure: Error, CustomStringConvertible {
    /// No answer has come.
    static let silence = Failure(description: "no server of names answers for it")

    let description: String
  }

  /// How many questions may be under way in the whole program; each may hang for minutes.
  private static let most = 32
  private static let underWay = Mutex(0)

  typealias Question =
    @Sendable (_ host: String, _ port: Int, _ family: Int32) throws ->
    [SocketAddress]

  private let loop: any EventLoop
  private let question: Question
  private let unanswered = Atomic(0)
  private let hasFound = Atomic(false)

  /// A resolver that answers on the runtime's loop what `question` finds, on any thread.
  init(
    _ runtime: ConnectorRuntime, question: @escaping Question = ThreadResolver.addresses(of:_:_:)
  ) {
    loop = runtime.loop
    self.question = question
  }

  /// Whether an answer is being waited for, and nothing is known so far.
  var isWaiting: Bool {
    unanswered.load(ordering: .relaxed) > 0 && !hasFound.load(ordering: .relaxed)
  }

  func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
    ask(for: host, port, AF_INET)
  }

  func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
    ask(for: host, port, AF_INET6)
  }

  func cancelQueries() {}

  /// An address of a host: the first that the system names, or the one whose turn it is.
  func address(of host: String, port: Int, _ turn: AddressTurn) -> EventLoopFuture<SocketAddress> {
    ask(for: host, port, AF_UNSPEC).flatMapThrowing { addresses in
      guard let address = turn.choose(among: addresses) else {
        throw Failure(description: "the name has no address")
      }
      return address
    }
  }

  private func ask(
    for host: String, _ port: Int, _ family: Int32
  ) -> EventLoopFuture<[SocketAddress]> {
    if let address = try? SocketAddress(ipAddress: host, port: port) {
      let isWanted = family == AF_UNSPEC || family == address.protocol.rawValue
      return loop.makeSucceededFuture(isWanted ? [address] : [])
    }
    let isFree = Self.underWay.withLock { count in
      defer { count += count < Self.most ? 1 : 0 }
      return count < Self.most
    }
    guard isFree else { return loop.makeFailedFuture(Failure.silence) }
    unanswered.wrappingAdd(1, ordering: .relaxed)
    let promise = loop.makePromise(of: [SocketAddress].self)
    let answered = { @Sendable (answer: Result<[SocketAddress], any Error>) in
      Self.underWay.withLock { $0 -= 1 }
      if case .success(let found) = answer, !found.isEmpty {
        self.hasFound.store(true, ordering: .relaxed)
      }
      self.unanswered.wrappingSubtract(1, ordering: .relaxed)
      promise.completeWith(answer)
    }
    let isStarted = OwnThread.start {
      answered(Result { try self.question(host, port, family) })
    }
    if !isStarted { answered(.failure(Failure(description: "no further thread can be had"))) }
    return promise.futureResult
  }

  @Sendable static func addresses(
    of host: String, _ port: Int, _ family: Int32
  ) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &found)
    guard code == 0 else { throw Failure(description: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(found) }
    var addresses: [SocketAddress] = []
    var next = found
    while let entry = next?.pointee {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let isTold = getnameinfo(
        entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      if isTold == 0 {
        addresses.append(
          try SocketAddress(ipAddress: text.withUnsafeBytes { Self.text($0) }, port: port))
      }
      next = entry.ai_next
    }
    return addresses
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
