import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RelayServer
import TestSupport

/// How a test reaches the relay: by its responder alone, or by a server on a port of its own.
enum Way: CaseIterable, Sendable {
  case router, live

  var setup: TestingSetup { self == .router ? .router : .live }
}

/// Where a relay keeps its calls; what it tells of them is the same.
enum Place: CaseIterable, Sendable {
  case memory, redis
}

/// What a relay answers.
struct Answer: Sendable {
  var status: Int
  var headers: HTTPFields
  var body: String
}

/// Asks one relay.
struct RelayClient: Sendable {
  let client: any TestClientProtocol
  let clock: ManualClock
  /// Nil when the relay keeps its calls in memory.
  let redis: RedisServer?

  /// The paths of the calls, below what they begin with.
  static let prefix = "/DhDivaltoServerCTI/api/cti/"

  func ask(
    _ target: String, _ method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
    body: String? = nil
  ) async throws -> Answer {
    let response = try await client.executeRequest(
      uri: target, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    return Answer(
      status: response.status.code, headers: response.headers, body: String(buffer: response.body))
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

/// Runs a test against a relay.
func withRelay(
  _ way: Way = .router, _ options: RelayOptions = RelayOptions(), in place: Place = .memory,
  _ test: @Sendable (RelayClient) async throws -> Void
) async throws {
  let clock = ManualClock()
  let redis = place == .redis ? try await RedisServer() : nil
  var options = options
  if let redis { options.store = redis.url }
  let relay = try Relay(options) { clock.now }
  try await relay.application().test(way.setup) {
    let client = RelayClient(client: $0, clock: clock, redis: redis)
    // Requests are counted, so only where there is something to wait for.
    if redis != nil {
      try await waitUntil("the relay to have its store") {
        try await client.ask("/health").status == 200
      }
    }
    try await test(client)
  }
}
