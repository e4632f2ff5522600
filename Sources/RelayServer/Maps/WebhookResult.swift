/// What became of a webhook.
enum WebhookResult: Hashable {
  case taken
  /// It holds nothing for a window; answered 200, because who sends it would try again, or stop sending at all.
  case ignored(Reason)
  case refused(Reason)

  /// Why; a list that no stranger can add to.
  enum Reason: String {
    /// The event is none that a window could use.
    case event
    /// No station is named.
    case station
    /// It only asked for a text back.
    case echo
    case token
    case signature
    /// Not JSON, or too deep.
    case body
    /// A field cannot be what it should.
    case field
    case length
    /// The store is away, or full.
    case store
  }

  /// The two labels in the metrics.
  var labels: (result: String, reason: String) {
    switch self {
    case .taken: ("taken", "")
    case .ignored(let reason): ("ignored", reason.rawValue)
    case .refused(let reason): ("refused", reason.rawValue)
    }
  }
}
