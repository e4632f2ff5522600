import TestSupport

/// Somebody who calls the softphone: one call of sipp, by a scenario of this folder.
struct SipCaller {
  /// What happens in the call.
  enum Scenario: String {
    case ringThenCancel = "ring-then-cancel"
    case ringThenRefused = "ring-then-refused"
    case ringAnswerBye = "ring-answer-bye"
    case ringAnswerReleased = "ring-answer-released"
  }

  private let sipp: Sipp

  /// Calls `station` on the phone at `phonePort`.
  ///
  /// - Parameters:
  ///   - number: The user part of From, as a telephone network would write it.
  ///   - name: The display name of From.
  ///   - callID: SIP's name for the call.
  init(
    _ scenario: Scenario, from number: String, name: String, to station: String,
    phonePort: UInt16, callID: String = "chain-call"
  ) throws {
    let folder = #filePath.dropLast("SipCaller.swift".count)
    sipp = try Sipp(
      "\(folder)Scenarios/\(scenario.rawValue).xml", against: phonePort, callID: callID,
      keys: ["number": number, "display": name, "station": station])
  }

  /// Waits until the scenario has logged `word`: `ringing`, `answered`.
  func wait(for word: String) async throws { try await sipp.wait(for: word) }

  /// Tells the scenario to hang up, and waits until it has.
  func hangUp() async throws {
    try sipp.goOn()
    try await end()
  }

  /// Waits until the scenario is at its end; fails when anything else than it says has happened.
  func end() async throws { try await sipp.end() }
}
