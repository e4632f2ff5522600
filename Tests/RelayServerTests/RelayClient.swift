import RelayServer
import TestSupport

/// Where a relay keeps its calls; what it tells of them is the same.
enum Place: CaseIterable, Sendable {
  case memory, redis
}

/// What a relay answers.
struct Answer: Sendable {
  var status: Int
  /// By their names in lower case.
  var headers: [String: String]
  var body: String

  /// Takes an answer apart; status 0 when there is none.
  init(_ text: String) {
    let parts = text.components(splitBefore: "\r\n\r\n")
    let lines = parts.head.split(separator: "\r\n", omittingEmptySubsequences: false)
    status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    headers = [:]
    for line in lines.dropFirst() {
      let end = line.firstIndex(of: ":") ?? line.endIndex
      headers[line[..<end].lowercased()] = line[end...].dropFirst().drop { $0 == " " }.description
    }
    body = parts.rest
  }
}

extension String {
  /// What stands before a separator, and what behind it.
  fileprivate func components(splitBefore separator: String) -> (head: String, rest: String) {
    guard let range = firstRange(of: separator) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}

/// Asks one relay.
struct RelayClient: Sendable {
  let port: Int
  let clock: ManualClock
  /// Nil when the relay keeps its calls in memory.
  let redis: RedisServer?

  /// The paths of the calls, below what they begin with.
  static let prefix = "/DhDivaltoServerCTI/api/cti/"

  /// Asks on a connection of its own, with the Host of this machine unless the headers have one.
  func ask(
    _ target: String, _ method: String = "GET", headers: [String: String] = [:],
    body: String? = nil
  ) async throws -> Answer {
    var headers = headers
    headers["Host"] = headers["Host"] ?? "localhost"
    headers["Connection"] = "close"
    if let body { headers["Content-Length"] = "\(body.utf8.count)" }
    let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
    return Answer(
      try await RawConnection(port: port).answer(
        to: "\(method) \(target) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")"))
  }

  /// Reports with the query of a `setevent`.
  @discardableResult
  func set(_ query: String) async throws -> Answer {
    try await ask("\(Self.prefix)setevent?\(query)")
  }

  /// Lets time pass.
  func wait(seconds: Int64) async throws {
    clock.advance(seconds: seconds)
    try await redis?.age(seconds: seconds)
  }

  /// What `getevent` says of a station, ids of the relay's own as `N`.
  func get(_ query: String = "telorg=1024") async throws -> String {
    try await ask("\(Self.prefix)getevent?\(query)").body.replacing(/"id":"[0-9]{13,}"/) { _ in
      #""id":"N""#
    }
  }
}

/// The usual options, changed.
func options(_ change: (inout RelayOptions) throws -> Void) rethrows -> RelayOptions {
  var options = RelayOptions()
  try change(&options)
  return options
}

/// Runs a test against a relay on a port of its own.
func withRelay(
  _ options: RelayOptions = RelayOptions(), in place: Place = .memory,
  _ test: @Sendable (RelayClient) async throws -> Void
) async throws {
  let clock = ManualClock()
  let redis = place == .redis ? try await RedisServer() : nil
  var options = options
  options.port = 0
  if let redis { options.store = redis.url }
  let service = try await Relay(options) { clock.now }.start()
  let client = RelayClient(port: service.port, clock: clock, redis: redis)
  do {
    // Requests are counted, so only where there is something to wait for.
    if redis != nil {
      try await waitUntil("the relay to have its store") {
        try await client.ask("/health").status == 200
      }
    }
    try await test(client)
  } catch {
    await service.stop()
    throw error
  }
  await service.stop()
}

extension String {
  /// What a counter stands at in these metrics; 0 when it is not there.
  func count(of label: String) -> Int {
    guard let range = firstRange(of: label) else { return 0 }
    return Int(self[range.upperBound...].prefix { $0 != "\n" }) ?? 0
  }
}
