public import Telephony

extension NumberPlan {
  /// The numbers in an ERP's phone field, in order, each once: none, one or several.
  ///
  ///     Tél. 03 88 20 21 22 (bureau) / 06 39 98 00 11      both
  ///     01/99/00/10/03                                     one, with slashes
  ///     03 88 20 21 22 poste 12                            the number; their extension is not ours
  ///     03,88,20,21,22                                     one: none would be complete otherwise
  ///     poste 1025 / 1026                                  the extensions
  ///     n/c, voir compta, 0800 SAVON                       none
  ///
  /// `region` is the party's own, nil: the plan's. Extensions count only when the field holds
  /// nothing else, and nothing but labels beside them.
  public func numbers(inField text: String, region: String? = nil) -> [PhoneNumber] {
    let reader = reader(region)
    let field = PhoneField(text)
    var found: [PhoneNumber] = []
    var rest: [PhoneNumber] = []
    for run in field.runs {
      for number in numbers(in: run, reader) where !(found + rest).contains(number) {
        if number.kind == .complete || number.kind == .national {
          found.append(number)
        } else {
          rest.append(number)
        }
      }
    }
    if field.isLabelled, !found.contains(where: { $0.kind == .complete }) {
      let whole = PhoneField(text, ignoringMarks: true).runs
        .flatMap { numbers(in: $0, reader) }.filter { $0.kind == .complete }
      if !whole.isEmpty { return whole }
    }
    let isExtensions = rest.allSatisfy { $0.kind == .extension && $0.key.utf8.count > 2 }
    if found.isEmpty, field.isLabelled, rest.count == 1 || isExtensions { return rest }
    return found
  }

  /// The numbers in a run of digits and separators: the whole, or its parts between slashes, or the
  /// shortest stretches of groups that make complete numbers.
  private func numbers(in run: String, _ reader: PlanReader) -> [PhoneNumber] {
    let whole = reader.number(DialString(run))
    if let whole, whole.kind != .fragment { return [whole] }
    let parts = run.split(separator: "/")
    if parts.count > 1 { return parts.flatMap { numbers(in: String($0), reader) } }

    let groups = run.split(separator: " ")
    var found: [PhoneNumber] = []
    var first = 0
    while first < groups.count {
      let stretch = complete(groups[first...], reader)
      if let stretch { found.append(stretch.number) }
      first += stretch?.groups ?? 1
    }
    return found.isEmpty ? whole.map { [$0] } ?? [] : found
  }

  /// The shortest beginning of the groups that is a complete number with a plus or a leading zero.
  private func complete(
    _ groups: ArraySlice<Substring>, _ reader: PlanReader
  ) -> (number: PhoneNumber, groups: Int)? {
    guard let lead = groups.first?.first(where: { $0 != "(" }), lead == "+" || lead == "0" else {
      return nil
    }
    var text = ""
    for (count, group) in groups.enumerated() {
      text += group
      guard DialString.digitCount(text) <= PlanReader.longest else { return nil }
      if let number = reader.number(DialString(text)), number.kind == .complete {
        return (number, count + 1)
      }
    }
    return nil
  }
}
