public import Telephony

/// Whether calls can reach the softphone: what it says of its accounts at their registrars, by its command `reginfo`.
///
///     --- User Agents (2) ---
///     > sip:1024@pbx       OK  Expires 60s
///       sip:1025@127.0.0.1
///
/// `OK`, `ERR` and `zzz` (no answer yet) in colours; nothing where the account has no registrar.
package enum BaresipRegistration: Hashable, Sendable {
  /// There is no account.
  case none
  /// A registrar refuses one, or is out of reach.
  case refused
  /// No registrar has answered yet.
  case pending
  /// A registrar knows it.
  case registered
  /// No account has a registrar.
  case local

  /// What the printed text says; of several accounts the worst counts.
  package init(printed: String) {
    self =
      if !printed.contains("sip:") && !printed.contains("sips:") {
        .none
      } else if printed.contains("mERR") {
        .refused
      } else if printed.contains("mzzz") {
        .pending
      } else if printed.contains("mOK") {
        .registered
      } else {
        .local
      }
  }

  /// What it means for calls.
  var symptom: Symptom {
    switch self {
    case .none:
      Symptom(
        .mend, "The softphone has no account: nobody can call it.",
        advice: "Write one into its file accounts.")
    case .refused:
      Symptom(
        .mend, "A registrar refuses the softphone, or is out of reach: its calls ring elsewhere.",
        advice: "Look at the account's name, password and server in the file accounts of baresip.")
    case .pending:
      Symptom(
        .note, "A registrar has not answered the softphone yet: until then no call reaches it.",
        advice: "Look again in a minute, and at the account's server if it stays so.")
    case .registered: Symptom(.well, "Its account is registered: calls reach it.")
    case .local:
      Symptom(.note, "It registers nowhere: it rings for those who call its address only.")
    }
  }
}

extension BaresipDriver: SelfExamining {
  /// None: the softphone tells of its calls, or the connection ends.
  public var symptoms: [Symptom] { [] }

  /// The softphone serves one program, and the window is to keep it.
  public var isForOne: Bool { true }

  /// Asks the softphone for its accounts.
  public func examine() async -> [Symptom] {
    do throws(DialError) {
      return [BaresipRegistration(printed: try await accounts()).symptom]
    } catch {
      return [Symptom(.mend, error.sentence)]
    }
  }
}
