internal import Foundation

/// The entities of some sets as rows, page after page.
final class ODataRows: ERPRows {
  /// So many pages may a set have.
  private static let mostPages = 100_000

  let columns: [String]
  let foreignValues = 0
  private let service: ODataService
  private let patience: ERPPatience
  private let condition: (ODataQuestions.EntitySet) -> String
  private var sets: ArraySlice<ODataQuestions.EntitySet>
  /// Where the set that is being read goes on; nil: at its beginning.
  private var page: URL?
  private var seen: Set<URL> = []
  private var records: [JSONRecord] = []
  private var position = 0

  init(
    _ sets: [ODataQuestions.EntitySet], _ service: ODataService, _ patience: ERPPatience,
    _ condition: @escaping (ODataQuestions.EntitySet) -> String
  ) {
    (self.sets, self.service, self.patience) = (sets[...], service, patience)
    self.condition = condition
    columns = Set(sets.flatMap(\.columns.names)).sorted()
  }

  func next() throws(ERPError) -> [String?]? {
    while let set = sets.first {
      if position < records.count {
        defer { position += 1 }
        let record = records[position]
        return columns.map { set.columns.value(of: $0, record.text) }
      }
      guard page != nil || seen.isEmpty else {
        sets = sets.dropFirst()
        (seen, records, position) = ([], [], 0)
        continue
      }
      try turn(set)
    }
    return nil
  }

  /// Reads the next page of a set.
  private func turn(_ set: ODataQuestions.EntitySet) throws(ERPError) {
    let url =
      if let page { page } else {
        try service.address(of: set.name, set.options(condition(set)))
      }
    guard seen.insert(url).inserted, seen.count <= Self.mostPages else {
      throw ERPError(
        .badAnswer, "asking \(service.place) failed: the pages of \(set.name) have no end")
    }
    let content = try ODataPage(
      service.page(url, set.name, patience), of: set.name, service.place)
    (records, position) = (content.records, 0)
    page =
      if let next = content.next {
        try service.address(next, after: content.hasContext ? nil : url)
      } else { nil }
  }
}
