import NIOHTTP1

/// What can be asked of the relay.
enum Route: CaseIterable {
  case setEvent, getEvent, events, health, metrics

  /// How the request may come.
  var methods: [HTTPMethod] {
    switch self {
    case .setEvent: [.GET, .POST]
    case .getEvent: [.GET, .HEAD, .POST]
    case .events: [.GET]
    case .health, .metrics: [.GET, .HEAD]
    }
  }

  /// What a token must be good for; nil: anybody may ask.
  var right: Right? {
    switch self {
    case .setEvent: .write
    case .getEvent, .events, .metrics: .read
    case .health: nil
    }
  }

  /// Whether the path lies below the configured prefix, and its last part.
  fileprivate var place: (isBelowPrefix: Bool, name: String) {
    switch self {
    case .setEvent: (true, "setevent")
    case .getEvent: (true, "getevent")
    case .events: (true, "events")
    case .health: (false, "health")
    case .metrics: (false, "metrics")
    }
  }
}

/// The paths of a relay, compared without regard to case (R26).
struct Routes: Sendable {
  /// In lower case.
  private let paths: [(path: [UInt8], route: Route)]
  /// Where a window finds the events: the path as configured.
  let events: String

  init(prefix: String) {
    paths = Route.allCases.map { route in
      let place = route.place
      let path = (place.isBelowPrefix ? prefix : "/") + place.name
      return (path.utf8.map { Self.lowercase($0) }, route)
    }
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
