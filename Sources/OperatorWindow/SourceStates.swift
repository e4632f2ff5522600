import Synchronization
package import Telephony

/// How the sources are, and what came over them, for whoever asks the window from outside (R45).
package final class SourceStates: Sendable {
  private struct State {
    var health: SourceHealth?
    /// How many facts about calls it told.
    var events = 0
  }

  private let states = Mutex<[SourceID: State]>([:])
  private let examined = Mutex<[any SelfExamining]>([])
  /// How many calls came with a digit before their number that may be the prefix for outside lines.
  private let prefixes = Mutex<[String: Int]>([:])

  /// What keeps the window quiet at the moment, beside the configuration.
  private let quietness = Mutex<[String: String]>([:])

  /// States of no source yet.
  package init() {}

  /// Takes over until when the operator is not to be disturbed, if at all, whether the station is on a call, and whose
  /// exception numbers hold.
  package func note(quietUntil end: WallTime?, isOnCall: Bool, collaborator: String?) {
    quietness.withLock { quietness in
      quietness["quiet"] = end?.iso8601
      quietness["busy"] = isOnCall ? "1" : nil
      quietness["collaborator"] = collaborator
    }
  }

  /// Asks those of the sources that examine themselves what they noticed, when somebody asks.
  package func follow(_ sources: [any CallSource]) {
    examined.withLock { $0 = sources.compactMap { $0 as? any SelfExamining } }
  }

  /// Takes over what a source says, and counts what the configuration may lack.
  package func note(_ report: SourceReport) {
    states.withLock { states in
      switch report {
      case .health(let source, let health): states[source, default: State()].health = health
      case .event(let event): states[event.source, default: State()].events += 1
      }
    }
    guard case .event(let event) = report, event.kind == .ring,
      let prefix = event.caller.assumedPrefix
    else { return }
    prefixes.withLock { $0[prefix, default: 0] += 1 }
  }

  /// `source.NAME` is `up`, `down` or `off`, and `reason.NAME` says why; `events.NAME` counts what came, and
  /// `mend.NAME.1` or `note.NAME.1`, with `advice.NAME.1`, are what the source noticed of itself; `prefix.DIGIT`
  /// is how many calls came with a digit that nobody configured; `quiet` is till when the operator is not to be
  /// disturbed, `busy` that the station is on a call, and `collaborator` whose exception numbers hold.
  package var fields: [String: String] {
    var fields = prefixes.withLock { $0 }.reduce(into: [String: String]()) { fields, prefix in
      fields["prefix.\(prefix.key)"] = "\(prefix.value)"
    }
    fields.merge(quietness.withLock { $0 }) { told, _ in told }
    for (source, state) in states.withLock({ $0 }) {
      fields["events.\(source.name)"] = String(state.events)
      switch state.health {
      case .up: fields["source.\(source.name)"] = "up"
      case .down(let reason, _, _):
        fields["source.\(source.name)"] = "down"
        fields["reason.\(source.name)"] = reason
      case .off(let reason):
        fields["source.\(source.name)"] = "off"
        fields["reason.\(source.name)"] = reason
      case nil: break
      }
    }
    for source in examined.withLock({ $0 }) {
      for (number, symptom) in zip(1..., source.symptoms) {
        fields["\(symptom.weight.rawValue).\(source.id.name).\(number)"] = symptom.sentence
        fields["advice.\(source.id.name).\(number)"] = symptom.advice
      }
    }
    return fields
  }
}
