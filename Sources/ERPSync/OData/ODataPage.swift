import CTIBlock

/// One page of a set: `{"value": [{…}, …], "@odata.nextLink": "…"}` (OData JSON Format 4.01, sections 4.6.5 and 13).
struct ODataPage {
  let records: [JSONRecord]
  /// Where the next page is; nil: this is the last.
  let next: String?
  /// Whether it names its context: then addresses in it are relative to the service's own, and not to the page's.
  let hasContext: Bool

  init(_ document: JSONValue, of set: String, _ place: String) throws(ERPError) {
    guard case .object(let members) = document, case .array(let values)? = members["value"] else {
      var why = "it has no list \"value\""
      if case .object(let members) = document, members["d"] != nil {
        why = "this is OData 2 or 3, and 4 is needed"
      }
      throw ERPError(
        .badAnswer, "asking \(place) failed: what it answers for \(set) is no page of a set: \(why)"
      )
    }
    // A service that fails behind the head of its answer can say so only in the answer (OData JSON Format 4.01, section 21).
    if let fault = ["error", "@odata.error", "@error"].lazy.compactMap({ members[$0] }).first {
      let said = JSONPath("message")?.value(in: fault)?.text ?? ""
      throw ERPError(
        .failed,
        "asking \(place) failed: \(set) ends with an error: \(ODBC.line(said.utf8.prefix(300)))")
    }
    records = values.compactMap { JSONRecord($0) }
    guard records.count == values.count else {
      throw ERPError(
        .badAnswer, "asking \(place) failed: \(set) has values that are no entities")
    }
    // 4.01 leaves the prefix out, 3 the sign.
    let value = { (name: String) in
      ["@odata.\(name)", "@\(name)", "odata.\(name)"].lazy.compactMap { members[$0] }.first
    }
    next = value("nextLink")?.text.flatMap { $0.isEmpty ? nil : $0 }
    hasContext = value("context") != nil
  }
}
