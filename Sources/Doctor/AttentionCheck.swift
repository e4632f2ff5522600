public import OperatorConfiguration
public import Telephony

/// Whether the operator is asked to look when a call rings: each way is tried (R58).
public struct AttentionCheck: Check {
  /// What is looked at.
  public let subject = "attention"
  private let ways: Set<AttentionWay>
  private let isRemote: Bool
  private let attempt: @Sendable (AttentionWay) async -> Attempt

  /// What came of trying a way.
  public enum Attempt: Hashable, Sendable {
    /// It was done; what the operator should have noticed.
    case done(String)
    /// It has no effect here, and why.
    case idle(String)
    case failed(String)
  }

  /// A look at these ways; `isRemote` is whether the terminal is on another machine.
  public init(
    _ ways: Set<AttentionWay>, isRemote: Bool,
    attempt: @escaping @Sendable (AttentionWay) async -> Attempt
  ) {
    self.ways = ways
    self.isRemote = isRemote
    self.attempt = attempt
  }

  /// Each way in turn.
  public func look() async -> [Finding] {
    guard !ways.isEmpty else {
      return [
        Finding(
          .note, "A call that rings asks nobody to look.",
          advice: "attention = [\"bell\", \"title\"] does.")
      ]
    }
    var findings: [Finding] = []
    for way in AttentionWay.allCases where ways.contains(way) {
      let name = "\"\(way.rawValue)\""
      switch await attempt(way) {
      case .done(let said): findings.append(Finding(.well, "\(name) was tried: \(said)".ended))
      case .idle(let said): findings.append(Finding(.note, "\(name): \(said)".ended))
      case .failed(let said):
        findings.append(
          Finding(
            .note, "\(name) failed: \(said)".ended,
            advice: "Mend that, or leave \(name) out of attention."))
      }
      if way == .notify, isRemote {
        findings.append(
          Finding(
            .note, "The terminal is on another machine, where no notification comes up.",
            advice: "Use \"bell\", \"title\" or \"osc\"."))
      }
    }
    return findings
  }
}
