import Synchronization
import Telephony

/// How the sources are, for whoever asks the window from outside (R45).
final class SourceStates: Sendable {
  private let healths = Mutex<[SourceID: SourceHealth]>([:])

  /// Takes over what a source says of itself.
  func note(_ report: SourceReport) {
    if case .health(let source, let health) = report { healths.withLock { $0[source] = health } }
  }

  /// `source.NAME` is `up`, `down` or `off`, and `reason.NAME` says why.
  var fields: [String: String] {
    var fields: [String: String] = [:]
    for (source, health) in healths.withLock({ $0 }) {
      switch health {
      case .up: fields["source.\(source.name)"] = "up"
      case .down(let reason, _, _):
        fields["source.\(source.name)"] = "down"
        fields["reason.\(source.name)"] = reason
      case .off(let reason):
        fields["source.\(source.name)"] = "off"
        fields["reason.\(source.name)"] = reason
      }
    }
    return fields
  }
}
