import NIOHTTP1

/// What can be asked of the relay.
enum Route {
  case setEvent, getEvent, events, health, metrics
  /// The webhooks of one of the maps, by its index.
  case webhook(Int, isSigned: Bool)

  /// Those that every relay has.
  static let ours: [Route] = [.setEvent, .getEvent, .events, .health, .metrics]

  /// How the request may come.
  var methods: [HTTPMethod] {
    switch self {
    case .setEvent: [.GET, .POST]
    case .getEvent: [.GET, .HEAD, .POST]
    case .events: [.GET]
    case .health, .metrics: [.GET, .HEAD]
    // What stands in a URL no signature covers.
    case .webhook(_, let isSigned): isSigned ? [.POST] : [.GET, .POST]
    }
  }

  /// What a token must be good for; nil: anybody may ask, or what says who comes is the map's.
  var right: Right? {
    switch self {
    case .setEvent: .write
    case .getEvent, .events, .metrics: .read
    case .health, .webhook: nil
    }
  }

  /// The last part of the path; a map's is its own.
  var name: String {
    switch self {
    case .setEvent: "setevent"
    case .getEvent: "getevent"
    case .events: "events"
    case .health: "health"
    case .metrics: "metrics"
    case .webhook: ""
    }
  }

  /// Whether the path lies below the configured prefix.
  fileprivate var isBelowPrefix: Bool {
    switch self {
    case .setEvent, .getEvent, .events, .webhook: true
    case .health, .metrics: false
    }
  }
}

/// The paths of a relay, compared without regard to case (R26).
struct Routes: Sendable {
  /// In lower case.
  private let paths: [(path: [UInt8], route: Route)]
  /// Where a window finds the events: the path as configured.
  let events: String

  init(prefix: String, maps: [WebhookMap]) {
    let ours = Route.ours.map { route in
      (path: (route.isBelowPrefix ? prefix : "/") + route.name, route: route)
    }
    let others = maps.enumerated().map { index, map in
      (path: prefix + map.path, route: Route.webhook(index, isSigned: map.signature != nil))
    }
    paths = (ours + others).map { ($0.path.utf8.map { Self.lowercase($0) }, $0.route) }
    events = prefix + "events"
  }

  subscript(path: some Collection<UInt8>) -> Route? {
    paths.first { known in
      known.path.count == path.count
        && zip(known.path, path).allSatisfy { $0 == Self.lowercase($1) }
    }?.route
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
