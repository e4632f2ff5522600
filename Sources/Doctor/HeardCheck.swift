import CallWire
import OperatorConfiguration
import PhoneNumbers
import Telephony
import ThirdPartyStore

/// Whether anybody told of a call of the number, and what became of it (R63): the journal, the spool and the log.
struct HeardCheck: Check {
  let subject = "heard"
  private let site: NumberSite
  private let time: WallTime?
  private let log: String
  private let runtime: RuntimeDirectory

  /// How far from the time that is asked about a call may have come [ms].
  private static let span: Int64 = 5 * 60_000

  init(_ site: NumberSite, at time: WallTime?, log: String, runtime: RuntimeDirectory) {
    self.site = site
    self.time = time
    self.log = log
    self.runtime = runtime
  }

  func look() async -> [Finding] {
    do throws(StoreError) {
      let journal = try site.ownData()
      let exceptions = try site.exceptions()
      guard let time else { return try lately(journal, exceptions) + waiting() }
      return try then(time, journal, exceptions) + waiting()
    } catch {
      return [Finding(.mend, error.sentence.ended)] + waiting()
    }
  }

  // MARK: - The journal

  private func lately(
    _ journal: OperatorStore?, _ exceptions: [ExceptionNumber]
  ) throws(StoreError) -> [Finding] {
    let entries = try journal?.journal(of: site.caller, limit: 3) ?? []
    guard entries.isEmpty else {
      return entries.map { entry in
        Finding(.note, "\(entry.at.iso8601): \(story(of: entry, exceptions)).")
      }
    }
    let alike = try journal?.journal(endingAs: site.caller, limit: 3) ?? []
    return [
      Finding(
        .note, "No call of it is in the journal.",
        advice:
          "If it called: screenpop doctor says whether the window hears, --at 10:02 what it heard then."
      )
    ] + alike.map(otherwise)
  }

  private func then(
    _ time: WallTime, _ journal: OperatorStore?, _ exceptions: [ExceptionNumber]
  ) throws(StoreError) -> [Finding] {
    let entries =
      try journal?.journal(
        from: time - Self.span, to: time + Self.span, limit: 1_000) ?? []
    let caller = site.caller
    let own = entries.filter {
      $0.number.map { $0 == caller.number?.key }
        ?? ($0.isWithheld ? caller.isWithheld : caller.account == $0.text)
    }
    guard own.isEmpty else { return own.map { verdict(on: $0, exceptions) } }
    let others = entries.filter { other in
      other.number == nil || Self.ends(other.number, as: caller.number)
    }
    return [Finding(.note, "No call of it came within five minutes of \(time.iso8601).")]
      + others.prefix(5).map(otherwise) + history(time, hasOthers: !entries.isEmpty)
  }

  /// What became of a call of the number, and what of that was not as it should be.
  private func verdict(on entry: JournalEntry, _ exceptions: [ExceptionNumber]) -> Finding {
    let sentence = "\(entry.at.iso8601): \(story(of: entry, exceptions))."
    switch (entry.outcome, entry.reason) {
    case (_, .outgoing): return Finding(.note, sentence)
    case (_, let reason?):
      return Finding(.mend, sentence, advice: rule(reason, exceptions).advice)
    case (.answeredElsewhere, nil): return Finding(.note, sentence)
    default: return Finding(.well, sentence)
    }
  }

  private func rule(_ reason: Reason, _ exceptions: [ExceptionNumber]) -> QuietRule {
    QuietRule(reason: reason, site: site, exceptions: exceptions)
  }

  private func story(of entry: JournalEntry, _ exceptions: [ExceptionNumber]) -> String {
    let shown = entry.reason?.isInhibition == true ? "kept quiet" : "shown"
    let outcome =
      switch entry.outcome {
      case .ringing: "it rang, and nothing more was reported"
      case .answered: "it was answered"
      case .missed: "it was \(shown), and missed"
      case .rejected: "it was \(shown), and rejected"
      case .answeredElsewhere: "another station took it, and it left the corner"
      case .inhibited: "it was kept quiet"
      }
    guard let reason = entry.reason else { return outcome }
    return "\(outcome): \(rule(reason, exceptions).clause)"
  }

  /// A call that may be the one that is asked about, and was read as somebody else's.
  private func otherwise(_ entry: JournalEntry) -> Finding {
    if entry.isWithheld {
      return Finding(
        .note, "\(entry.at.iso8601): somebody called who was withheld.",
        advice: "If it was this caller, the number did not come along: see to the telephone system."
      )
    }
    if entry.number == nil, entry.text.isEmpty {
      return Finding(
        .note, "\(entry.at.iso8601): somebody was on the line, and the telephone did not say who.")
    }
    return Finding(
      .note, "\(entry.at.iso8601): \(entry.text) called, which is read as another number.",
      advice: entry.number == nil
        ? "See what the telephone software passes as the number."
        : "If it is the same caller, a prefix is in the way: outside_prefix, or region.")
  }

  private static func ends(_ number: String?, as other: PhoneNumber?) -> Bool {
    guard let number, let other else { return false }
    let count = min(number.utf8.count, other.key.utf8.count, 8)
    return count >= 6 && number.utf8.suffix(count).elementsEqual(other.key.utf8.suffix(count))
  }

  // MARK: - The log

  private func history(_ time: WallTime, hasOthers: Bool) -> [Finding] {
    let history = LogHistory(path: log)
    guard let presence = history.presence(at: time, isOpen: site.state != nil) else {
      return [
        Finding(
          .note,
          history.begin.map { "The log begins at \($0.iso8601) and says nothing of that time." }
            ?? "There is no log at \(log).")
      ]
    }
    if case .uncertain(let last) = presence, !hasOthers {
      return [
        Finding(
          .mend,
          "A window was killed, perhaps before that time: the last that it wrote is of \(last.iso8601).",
          advice: "Keep a window open; q and a closed terminal end it well.")
      ]
    }
    guard presence != .no else {
      return [
        Finding(.mend, "No window ran at that time, by \(log).", advice: "Keep a window open.")
      ]
    }
    let outages = history.outages(at: time).map { outage in
      Finding(
        .mend,
        "\(outage.source) was out of reach since \(outage.since.iso8601): \(outage.words)".ended,
        advice: "screenpop doctor tries it again.")
    }
    guard outages.isEmpty else { return outages }
    return [
      Finding(
        hasOthers ? .note : .mend,
        hasOthers
          ? "Other calls came at that time: the window heard, and nobody told of this one."
          : "A window ran, all sources were within reach, and nobody told of any call.",
        advice: "See whether the telephone tells of calls of this line: screenpop doctor.")
    ]
  }

  // MARK: - The spool

  /// Messages of the number that no window has taken.
  private func waiting() -> [Finding] {
    var findings: [Finding] = []
    let own = runtime.spool.list(station: site.settings.station).entries
    for entry in runtime.spool.listAll().entries {
      guard let message = try? CallMessage(line: entry.line),
        site.plan.caller(message.tel).identity == site.caller.identity
      else { continue }
      let whose = entry.station.map { " for the window of station \($0)" } ?? ""
      let isOther = !own.contains { $0.name == entry.name }
      findings.append(
        Finding(
          .mend,
          "A message of it waits in \(runtime.spool.path) for \(entry.age / 1000) s\(whose).",
          advice: isOther
            ? "Give the launcher and the window the same station: this one is "
              + "\(site.settings.station ?? "without")."
            : "No window takes it: screenpop watch."))
    }
    return findings
  }
}
