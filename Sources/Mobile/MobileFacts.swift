import Telephony

/// What a service says of one call; nil: it does not say that.
struct MobileFacts: Hashable {
  /// Where a call stands.
  enum State: Hashable {
    case calling, ringing, active, ended
  }

  /// The object that stands for the call.
  let path: String
  var state: State?
  var direction: Direction?
  /// Empty: withheld.
  var number: String?
  var name: String?
  /// The telephone itself ended it.
  var isLocalEnd: Bool?

  /// Nothing is said yet.
  init(_ path: String, state: State? = nil) {
    self.path = path
    self.state = state
  }

  /// The properties of a call of ModemManager's, or some of them.
  init(modemManager path: String, _ properties: [String: DBusValue]) {
    self.init(path)
    state = properties["State"]?.number.flatMap(Self.state)
    number = properties["Number"]?.text
    switch properties["Direction"]?.number {
    case 1: direction = .incoming
    case 2: direction = .outgoing
    default: direction = state.flatMap(Self.direction)
    }
  }

  /// Reads a state of ModemManager's (MMCallState).
  static func state(_ number: Int64) -> State? {
    switch number {
    case 1, 2: .calling
    case 3, 6: .ringing
    case 4, 5: .active
    case 7: .ended
    default: nil
    }
  }

  /// The properties of a call of oFono's, or some of them.
  init(oFono path: String, _ properties: [String: DBusValue]) {
    self.init(path)
    number = properties["LineIdentification"]?.text
    name = properties["Name"]?.text
    switch properties["State"]?.text {
    case "dialing", "alerting": state = .calling
    case "incoming", "waiting": state = .ringing
    case "active", "held": state = .active
    case "disconnected": state = .ended
    default: break
    }
    direction = state.flatMap(Self.direction)
  }

  private static func direction(_ state: State) -> Direction? {
    switch state {
    case .calling: .outgoing
    case .ringing: .incoming
    case .active, .ended: nil
    }
  }
}
