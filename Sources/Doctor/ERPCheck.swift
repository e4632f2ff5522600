public import CallWire
public import ERPSync
public import Telephony
import TextForms
public import ThirdPartyStore

/// Whether the ERP can be asked, and how old what was copied from it is (R41, R45).
public struct ERPCheck: Check {
  /// The ERP as it is configured, and what the store knows of its copies.
  public struct Subject: Sendable {
    let profile: ERPProfile
    let access: ERPAccess?
    let schedule: CopySchedule
    let copied: @Sendable () throws(StoreError) -> CopyState?

    /// An ERP; `access` is nil where only the machine's service may ask it, `copied` reads what is known of its
    /// copies, nil: there has been none.
    public init(
      _ profile: ERPProfile, _ access: ERPAccess?, _ schedule: CopySchedule,
      copied: @escaping @Sendable () throws(StoreError) -> CopyState?
    ) {
      self.profile = profile
      self.access = access
      self.schedule = schedule
      self.copied = copied
    }
  }

  /// What is looked at.
  public let subject = "erp"
  private let erp: Subject?
  private let state: WindowState?
  private let now: WallTime
  private let patience: Int

  /// A look at this ERP; nil: none is configured.
  ///
  /// - Parameters:
  ///   - state: What the window told of itself; nil: none answered.
  ///   - patience: How long the database may take [s].
  public init(_ erp: Subject?, state: WindowState?, now: WallTime, patience: Int = 30) {
    self.erp = erp
    self.state = state
    self.now = now
    self.patience = patience
  }

  /// The database and the profile, what the window says, then the copies.
  public func look() async -> [Finding] {
    guard let erp else {
      return [
        Finding(.well, "Not configured.", advice: "To use one: [erp] profile and connection.")
      ]
    }
    do throws(StoreError) {
      let copies = try erp.copied()
      return reach(erp, mark: copies?.mark) + window(copies) + lookAtCopies(copies, of: erp)
    } catch {
      return reach(erp, mark: nil) + [Finding(.mend, error.sentence)]
    }
  }

  /// Whether the database answers and the profile fits it; empty where no ERP is configured.
  public func reach() -> [Finding] { erp.map { reach($0, mark: nil) } ?? [] }

  // MARK: - The database

  private func reach(_ erp: Subject, mark: String?) -> [Finding] {
    guard let access = erp.access else {
      return [
        Finding(
          .well,
          "Only the machine's service asks it: erp.password_file may not be read by this user."
        )
      ]
    }
    let answer = OneAnswer<Result<[String], ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try access.check()
      return try access.check(erp.profile, mark: mark)
    } done: {
      answer.give($0)
    }
    let place = access.place
    let reached = Finding(.well, access.reached)
    switch answer.wait(seconds: patience) {
    case .success(let missing):
      return [reached, Finding(.well, "The profile \(erp.profile.name) fits it.")]
        + missing.map {
          Finding(
            .note, "Something is left out of the copies: \($0).", advice: Self.advice(.denied))
        }
    case .failure(let error):
      let finding = Finding(.mend, error.sentence.sentence, advice: Self.advice(error.kind))
      return error.kind == .badAnswer || error.kind == .badProfile ? [reached, finding] : [finding]
    case nil:
      return [
        Finding(
          .mend, "\(place) did not answer within \(patience) s.", advice: Self.advice(.timedOut))
      ]
    }
  }

  private static func advice(_ kind: ERPError.Kind) -> String? {
    switch kind {
    case .badProfile, .badAnswer:
      "See that this is the ERP's database, in a version that the profile was made for; else correct the profile."
    case .unreachable: "Check erp.connection, and that the server can be reached from here."
    case .refused: "Check the user in erp.connection, and what erp.password_file holds."
    case .denied: "Give the user the rights that stand at the head of the profile's file."
    case .timedOut: "Ask who keeps the ERP whether it is well."
    case .failed, .store: nil
    }
  }

  private func window(_ copies: CopyState?) -> [Finding] {
    guard state?.fields["source.erp"] == "down", let reason = state?.fields["reason.erp"],
      // That has a finding of its own.
      copies?.refusal.map({ reason.contains($0.sentence) }) != true
    else { return [] }
    return [Finding(.mend, "The window says: \(reason)".ended)]
  }

  // MARK: - The copies

  private func lookAtCopies(_ copies: CopyState?, of erp: Subject) -> [Finding] {
    refusal(copies) + age(copies, erp.schedule) + marks(copies, erp.profile)
  }

  private func refusal(_ copies: CopyState?) -> [Finding] {
    guard let refusal = copies?.refusal else { return [] }
    return [
      Finding(
        .mend, "The full copy of \(local(refusal.at)) was refused: \(refusal.sentence).",
        advice: "When that is right: screenpop sync --full --accept-fewer")
    ]
  }

  private func age(_ copies: CopyState?, _ schedule: CopySchedule) -> [Finding] {
    guard let copies, let full = copies.fullAt else {
      return [Finding(.mend, "Nothing has been copied yet.", advice: "Copy: screenpop sync")]
    }
    let changes = copies.changedAt.map { local($0) } ?? "none yet"
    let known = Finding(
      .well,
      "\(copies.parties.counted("third party", "third parties")). Last full copy: \(local(full)), last copy of changes: \(changes)."
    )
    let advice =
      schedule.interval == 0
      ? "With interval = 0, timers copy: systemctl --user list-timers; by hand: screenpop sync"
      : "The window copies while it is open; by hand: screenpop sync"
    switch schedule.late(copies, at: now) {
    case nil: return [known]
    case .full where copies.refusal != nil: return [known]
    case .full:
      return [
        known,
        Finding(
          .note, "The day's full copy is missing: who was deleted in the ERP is still known here.",
          advice: advice + " --full"),
      ]
    case .changes:
      return [
        known, Finding(.note, "The last copy is older than it should be.", advice: advice),
      ]
    }
  }

  private func marks(_ copies: CopyState?, _ profile: ERPProfile) -> [Finding] {
    guard let copies, copies.parties > 0, copies.fullAt != nil, copies.mark == nil else {
      return []
    }
    guard profile.tellsChanges else {
      return [Finding(.well, "The profile has no condition changes: every copy is a full one.")]
    }
    return [
      Finding(
        .note,
        "No value of the column changed could be read as a time or a count: every copy is a full one.",
        advice: "Have the profile give a time such as 2026-11-22 10:00:00, or a whole number.")
    ]
  }

  /// Day and minute, as the clock on the wall shows them here.
  private func local(_ time: WallTime) -> String {
    let text = WallTime(milliseconds: time.milliseconds, offset: now.offset).iso8601
    return text.prefix(16).split(separator: "T").joined(separator: " ")
  }
}

extension String {
  /// As a sentence of its own: with a capital at the beginning and a full stop at the end.
  fileprivate var sentence: String { (prefix(1).uppercased() + dropFirst()).ended }
}
