import Synchronization
import Telephony

/// How the sources are, for whoever asks the window from outside (R45).
final class SourceStates: Sendable {
  private let healths = Mutex<[SourceID: SourceHealth]>([:])
  /// How many calls came with a digit before their number that may be the prefix for outside lines.
  private let prefixes = Mutex<[String: Int]>([:])

  /// Takes over what a source says of itself, and counts what the configuration may lack.
  func note(_ report: SourceReport) {
    switch report {
    case .health(let source, let health): healths.withLock { $0[source] = health }
    case .event(let event):
      guard event.kind == .ring, let prefix = event.caller.assumedPrefix else { return }
      prefixes.withLock { $0[prefix, default: 0] += 1 }
    }
  }

  /// `source.NAME` is `up`, `down` or `off`, and `reason.NAME` says why; `prefix.DIGIT` is how many calls came
  /// with a digit that nobody configured.
  var fields: [String: String] {
    var fields = prefixes.withLock { $0 }.reduce(into: [String: String]()) { fields, prefix in
      fields["prefix.\(prefix.key)"] = "\(prefix.value)"
    }
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
