import CallWire
import OperatorConfiguration
import Telephony
import ThirdPartyStore

/// Which rules would keep a call of the number quiet at the moment, or what would come up (R63).
struct RuleCheck: Check {
  let subject = "rules"
  private let site: NumberSite

  init(_ site: NumberSite) { self.site = site }

  func look() async -> [Finding] {
    do throws(StoreError) {
      let exceptions = try site.exceptions()
      let trial = trial(exceptions, try site.matches() ?? [])
      let reasons = trial.reasons()
      let quiet = reasons.map { reason in
        let rule = QuietRule(reason: reason, site: site, exceptions: holding(exceptions))
        return Finding(.mend, "A call stays quiet: \(rule.clause).", advice: rule.advice)
      }
      return (quiet.isEmpty ? [opening(trial)] : quiet) + conditions(besides: reasons)
    } catch {
      return [Finding(.mend, error.sentence.ended)]
    }
  }

  private func trial(_ exceptions: [ExceptionNumber], _ matches: [Match]) -> CallTrial {
    var policy = PopPolicy(
      options: site.settings.pop, exceptions: exceptions, ownNumbers: site.ownNumbers,
      collaborator: site.collaborator)
    if let end = site.state?.fields["quiet"].flatMap({ WallTime(iso8601: $0) }), end > site.now {
      policy.pause = Moment(milliseconds: 0)..<Moment(milliseconds: .max)
    }
    return CallTrial(
      caller: site.caller, station: site.settings.station, ownCallers: site.ownCallers,
      called: site.called, matches: matches, policy: policy,
      isBusy: site.state?.fields["busy"] != nil)
  }

  private func holding(_ exceptions: [ExceptionNumber]) -> [ExceptionNumber] {
    guard let number = site.caller.number else { return [] }
    return exceptions.filter { $0.holds(for: number, collaborator: site.collaborator) }
  }

  /// What comes up, and why the record does not.
  private func opening(_ trial: CallTrial) -> Finding {
    guard trial.verdict() != .open else {
      return Finding(.well, "A ring brings its record up by itself.")
    }
    guard trial.caller.number != nil else {
      return Finding(
        .well, "A ring is shown; no record opens: who has no number is not looked up.")
    }
    let matches = trial.matches
    let why: String
    if matches.isEmpty {
      why = "nobody has the number"
    } else if matches.count > 1 {
      why = "several third parties match"
    } else if matches[0].strength == .weak {
      why = "the match is weak"
    } else {
      let trigger = (trial.ownTrigger ?? site.settings.pop.trigger).rawValue
      let (key, name): (Key, String) =
        trial.ownTrigger == nil ? (.trigger, "trigger") : (.triggerCalled, "trigger_called")
      why = "\(name) = \"\(trigger)\" (\(site.settings.origin(of: key).place)) waits for more"
    }
    return Finding(.well, "A ring is shown with the button; no record opens by itself: \(why).")
  }

  /// Rules that do not hold now, and may have held when the call came.
  private func conditions(besides reasons: [Reason]) -> [Finding] {
    var findings: [Finding] = []
    if site.settings.pop.inhibitBusy, !reasons.contains(.busy) {
      findings.append(
        Finding(.note, "While the station is on a call, it stays quiet: inhibit_busy = true."))
    }
    guard site.called == nil else { return findings }
    let rules: [(numbers: [String], rule: String)] = [
      (site.settings.inhibitCalled, "are kept quiet: inhibit_called"),
      (site.settings.triggerCalled.keys.sorted(), "have triggers of their own: trigger_called"),
    ]
    for (numbers, rule) in rules where !numbers.isEmpty {
      findings.append(
        Finding(
          .note, "Calls to \(numbers.joined(separator: ", ")) \(rule).",
          advice: "To ask about a call to one of them: --called."))
    }
    return findings
  }
}
