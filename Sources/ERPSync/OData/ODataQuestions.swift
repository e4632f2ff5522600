/// Which sets of an OData service hold third parties.
struct ODataQuestions: Hashable, Sendable {
  /// One set of entities, and what the columns are made of.
  struct EntitySet: Hashable, Sendable {
    /// Its name, below the service's address: `Customers`, `companies(7)/customers`.
    var name: String
    /// The condition for all of it that is wanted; empty: all.
    var filter = ""
    /// The condition for what has changed since `{since}` or, where only a day is kept, `{date}`; empty: it cannot tell.
    var changes = ""
    /// The condition for who has a number that ends in `{digits}`; empty: it is not asked.
    var lookup = ""
    /// What comes with each entity: `Country($select=Code)`.
    var expand = ""
    var columns = RecordColumns()
  }

  var sets: [EntitySet]
  /// Where the exception numbers are; nil: there are none.
  var exceptions: EntitySet?

  var tellsChanges: Bool { sets.allSatisfy { !$0.changes.isEmpty } }
  var looksUp: Bool { sets.contains { !$0.lookup.isEmpty } }
}

extension ODataQuestions.EntitySet {
  /// The options of a question: name and value.
  func options(_ condition: String) -> [(name: String, value: String)] {
    let conditions = [filter, condition].filter { !$0.isEmpty }
    let filter =
      conditions.count > 1
      ? conditions.map { "(\($0))" }.joined(separator: " and ") : conditions.first ?? ""
    // What is expanded comes by itself.
    let expanded = Set<Substring>(
      expand.split(separator: ",").map { $0.prefix { $0 != "(" }.filter { $0 != " " } })
    let fields = columns.fields.map { $0.prefix { $0 != "." && $0 != "[" } }
    let selected = Set(fields).subtracting(expanded).sorted().joined(separator: ",")
    return [("$filter", filter), ("$select", selected), ("$expand", expand)]
      .filter { !$0.1.isEmpty }
  }

  /// The condition of a copy of changes: a time is written in UTC, a number as it is.
  func changes(since mark: String) -> String {
    let time = mark.count == 19 ? mark.replacing(" ", with: "T") + "Z" : mark
    return changes.replacing("{since}", with: time)
      .replacing("{date}", with: String(mark.prefix(10)))
  }
}
