/// What a request says, whatever the administrator calls it.
public enum Parameter: Int, CaseIterable, Sendable {
  /// The site or account; often empty.
  case ident
  /// The operator's extension.
  case station
  /// The number at the other end.
  case number
  /// What happened to the call.
  case event
  /// The telephony's own name for the call.
  case id
  /// The caller's name, as the telephony knows it.
  case name
  /// Why the call ended.
  case reason
  /// Incoming or outgoing.
  case direction
  /// The secret that opens the relay.
  case token
  /// How old the value is [s]; only in answers.
  case age

  /// The name that it has unless configured (R26).
  var usualName: String {
    switch self {
    case .ident: "ident"
    case .station: "telorg"
    case .number: "tel"
    case .event: "event"
    case .id: "id"
    case .name: "name"
    case .reason: "reason"
    case .direction: "direction"
    case .token: "token"
    case .age: "age"
    }
  }
}
