/// An ERP behind an OData service, asked for one set after the other.
final class ODataSource: ERPSource {
  private let questions: ODataQuestions
  private let profile: String
  private let service: ODataService
  private let patience: ERPPatience

  init(
    _ questions: ODataQuestions, _ profile: String, _ service: ODataService,
    _ patience: ERPPatience
  ) {
    (self.questions, self.profile, self.service) = (questions, profile, service)
    self.patience = patience
  }

  let notices: [String] = []
  let found: [String] = []
  let fitted: FittedProfile? = nil

  func total() throws(ERPError) -> Int? { nil }

  func parties(_ question: ERPQuestionKind) throws(ERPError) -> any ERPRows {
    var sets = questions.sets
    if case .number = question { sets = sets.filter { !$0.lookup.isEmpty } }
    return ODataRows(sets, service, patience) { Self.condition($0, question) }
  }

  private static func condition(
    _ set: ODataQuestions.EntitySet, _ question: ERPQuestionKind
  ) -> String {
    switch question {
    case .everything: ""
    case .changes(let since): set.changes(since: since)
    case .number(let digits): set.lookup.replacing("{digits}", with: digits)
    }
  }

  func exceptions() throws(ERPError) -> (any ERPRows)? {
    guard let set = questions.exceptions else { return nil }
    return ODataRows([set], service, patience) { _ in "" }
  }

  func check(since mark: String?) throws(ERPError) {
    for set in questions.sets + (questions.exceptions.map { [$0] } ?? []) {
      var conditions = [""]
      if let mark, !set.changes.isEmpty { conditions.append(set.changes(since: mark)) }
      if !set.lookup.isEmpty {
        conditions.append(set.lookup.replacing("{digits}", with: "00000000"))
      }
      for condition in conditions {
        let options = set.options(condition) + [("$top", "1")]
        let page = try service.page(service.address(of: set.name, options), set.name, patience)
        _ = try ODataPage(page, of: set.name, service.place)
      }
    }
  }
}
