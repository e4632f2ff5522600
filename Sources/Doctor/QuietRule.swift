import CallWire
import OperatorConfiguration
import Telephony

/// Why a call stays quiet, or stayed quiet, in a sentence, and what to do about it.
struct QuietRule {
  let reason: Reason
  let site: NumberSite
  /// The entries that hold for the number.
  let exceptions: [ExceptionNumber]

  /// What rule it is, as a clause.
  var clause: String {
    switch reason {
    case .exception(let pattern): exception(pattern)
    case .shortNumber(let digits, let minimum):
      "it has \(digits) digits, and \(setting(.minDigits, "\(minimum)"))"
    case .busy: "the station is on a call, and \(setting(.inhibitBusy, "true"))"
    case .internal: "it is an extension, and \(setting(.inhibitInternal, "true"))"
    case .called(let name): "\(name) is called, which \(place(.inhibitCalled)) names"
    case .doNotDisturb:
      "the operator is not to be disturbed"
        + (site.state?.fields["quiet"].map { " until \($0)" } ?? "")
    case .noMatch: "no third party has it for sure, and \(setting(.inhibitUnknown, "true"))"
    case .tooOld: "it was found later than spool_age after it rang, as no window had run"
    case .outgoing: "the station itself made the call"
    case .failed: "its end was reported as a failure"
    case .untold: "it stopped ringing, and nobody said why: another telephone may have taken it"
    case .connectionLost: "nobody told of its end: the telephone was out of reach"
    }
  }

  /// What to do; nil: nothing.
  var advice: String? {
    switch reason {
    case .exception(let pattern):
      if held(pattern).contains(where: { $0.list != .erp }) {
        let whose = held(pattern).first?.collaborator.map { " --collaborator \($0)" } ?? ""
        return "screenpop exception remove \"\(pattern)\"\(whose)"
      }
      return held(pattern).isEmpty ? nil : "Have it removed in the ERP."
    case .shortNumber(let digits, _): return "min_digits = \(digits)"
    case .busy: return "inhibit_busy = false, if calls are to come up all the same."
    case .internal: return "inhibit_internal = false"
    case .called: return "Take it out of inhibit_called."
    case .doNotDisturb: return "D in the window ends it."
    case .noMatch:
      return "inhibit_unknown = false shows unknown callers; or attach the number (a)."
    case .tooOld: return "Keep a window open."
    case .outgoing, .failed, .untold, .connectionLost: return nil
    }
  }

  private func held(_ pattern: String) -> [ExceptionNumber] {
    exceptions.filter { $0.pattern == pattern }
  }

  private func exception(_ pattern: String) -> String {
    let entries = held(pattern).map { entry in
      let list =
        switch entry.list {
        case .own: "the operator's list"
        case .machine: "the machine's list"
        case .erp: "the ERP's list"
        }
      let whom = entry.collaborator.map { "collaborator \($0)" } ?? "everybody"
      return "for \(whom) in \(list)" + (entry.comment.isEmpty ? "" : " (\(entry.comment))")
    }
    return "\(pattern) is an exception number"
      + (entries.isEmpty ? "" : " " + entries.joined(separator: " and "))
  }

  private func setting(_ key: Key, _ value: String) -> String {
    "\(key.rawValue) = \(value) \(place(key, isBrief: true))"
  }

  private func place(_ key: Key, isBrief: Bool = false) -> String {
    let place = "(\(site.settings.origin(of: key).place))"
    return isBrief ? place : "\(key.rawValue) \(place)"
  }
}
