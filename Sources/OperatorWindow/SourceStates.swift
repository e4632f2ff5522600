import Synchronization
package import Telephony

/// How the sources are, and what came over them, for whoever asks the window from outside (R45).
package final class SourceStates: Sendable {
  private struct Source {
    var health: SourceHealth?
    /// How many facts about calls it told.
    var events = 0
  }

  private struct State {
    var sources: [SourceID: Source] = [:]
    var examined: [any SelfExamining] = []
    /// How many calls came with a digit before their number that may be the prefix for outside lines.
    var prefixes: [String: Int] = [:]
    /// What keeps the window quiet at the moment, beside the configuration.
    var quietness: [String: String] = [:]
  }

  private let state = Mutex(State())

  /// States of no source yet.
  package init() {}

  /// Notes until when the operator is not to be disturbed, if at all, whether the station is on a call, and whose exception
  /// numbers hold.
  package func note(quietUntil end: WallTime?, isOnCall: Bool, collaborator: String?) {
    state.withLock { state in
      state.quietness["quiet"] = end?.iso8601
      state.quietness["busy"] = isOnCall ? "1" : nil
      state.quietness["collaborator"] = collaborator
    }
  }

  /// Remembers those of the sources that examine themselves, to ask them what they noticed.
  package func follow(_ sources: [any CallSource]) {
    state.withLock { $0.examined = sources.compactMap { $0 as? any SelfExamining } }
  }

  /// Notes what a source says, and counts what the configuration may lack.
  package func note(_ report: SourceReport) {
    state.withLock { state in
      switch report {
      case .health(let source, let health):
        state.sources[source, default: Source()].health = health
      case .event(let event):
        state.sources[event.source, default: Source()].events += 1
        guard event.kind == .ring, let prefix = event.caller.assumedPrefix else { return }
        state.prefixes[prefix, default: 0] += 1
      }
    }
  }

  /// `source.NAME` is `up`, `down` or `off`, and `reason.NAME` says why; `events.NAME` counts what came, and
  /// `mend.NAME.1` or `note.NAME.1`, with `advice.NAME.1`, are what the source noticed of itself; `prefix.DIGIT`
  /// is how many calls came with a digit that nobody configured; `quiet` is until when the operator is not to be
  /// disturbed, `busy` that the station is on a call, and `collaborator` whose exception numbers hold.
  package var fields: [String: String] {
    let state = state.withLock { $0 }
    var fields = state.quietness
    for (digit, count) in state.prefixes { fields["prefix.\(digit)"] = String(count) }
    for (id, source) in state.sources {
      fields["events.\(id.name)"] = String(source.events)
      switch source.health {
      case .up: fields["source.\(id.name)"] = "up"
      case .down(let reason, _, _):
        fields["source.\(id.name)"] = "down"
        fields["reason.\(id.name)"] = reason
      case .off(let reason):
        fields["source.\(id.name)"] = "off"
        fields["reason.\(id.name)"] = reason
      case nil: break
      }
    }
    for source in state.examined {
      for (number, symptom) in zip(1..., source.symptoms) {
        fields["\(symptom.weight.rawValue).\(source.id.name).\(number)"] = symptom.sentence
        fields["advice.\(source.id.name).\(number)"] = symptom.advice
      }
    }
    return fields
  }
}
