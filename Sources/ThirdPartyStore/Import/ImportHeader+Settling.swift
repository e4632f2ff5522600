/// What the rows below a header say of its columns.
extension ImportHeader {
  /// Whether ``settled(by:)`` may change it.
  var isUnsettled: Bool {
    words.contains { $0.isBarePlace || $0.isBareNumber } || hasNumbers || hasIdentity
  }

  /// The header, with those columns of which the rows alone say what they are: telephone numbers under `Business 2`,
  /// `Numéro` and `Joignable au`, and the only names that there are under `Patient`.
  func settled(by rows: ArraySlice<CSVRecord>) -> ImportHeader {
    var columns = columns
    tellNumbers(&columns, rows)
    tellLabelled(&columns, rows)
    tellNobodysNames(&columns, rows)
    tellTelephones(&columns, rows)
    Self.nameSpokenFor(&columns, words, rows)
    Self.nameOrganizations(&columns, words, rows)
    if !has(.code) { Self.nameParts(&columns, words, rows) }
    let guess = nameSomebody(&columns, rows)
    let tails = Self.tails(columns, texts, rows)
    let behind = behindOthers(columns, rows).subtracting(mapped)
    guard columns != self.columns || !tails.isEmpty || !behind.isEmpty else { return self }
    var settled = ImportHeader(texts, words, columns, mapped, isOrdered)
    (settled.guess, settled.tails) = (guess, tails)
    settled.doubtful.formUnion(behind)
    return settled
  }

  /// Numbers under words that may be of something else: `Business 2`, `Numéro`.
  private func tellNumbers(_ columns: inout [ImportColumn?], _ rows: ArraySlice<CSVRecord>) {
    for field in texts.indices where !(columns[field]?.isNumber ?? false) {
      // Beside a telephone, a number is the customer's.
      let isNumber =
        words[field].isBareNumber
        && !rows.contains { row in
          !row.text(field).isEmpty
            && columns.indices.contains {
              self.columns[$0] == .phone && row.text($0).utf8.count > 5
            }
        }
      guard isNumber || words[field].isBarePlace,
        Self.areNumbers(
          rows.lazy.map { $0.text(field) }, isStrict: hasNumbers && isNumber,
          mayBePlain: words[field].isWhere || !hasNumbers)
      else { continue }
      columns[field] = .phone
    }
  }

  /// Values beside a column that says what they are.
  private func tellLabelled(_ columns: inout [ImportColumn?], _ rows: ArraySlice<CSVRecord>) {
    for field in texts.indices where columns[field] == nil && words[field].isValue {
      guard let label = Self.label(of: texts[field], among: texts),
        rows.contains(where: { HeaderWords($0.text(label)).use != nil })
      else { continue }
      columns[field] = .phone
    }
  }

  /// Columns that are called as if they named somebody, and do not.
  private func tellNobodysNames(_ columns: inout [ImportColumn?], _ rows: ArraySlice<CSVRecord>) {
    for field in texts.indices where columns[field]?.isName == true && !mapped.contains(field) {
      let all = rows.lazy.map { $0.text(field) }
      // A column in which nothing stands names nobody: `Business2`. Neither does one of ones and zeros: `Client`.
      if !rows.isEmpty, Self.areAnswers(all, isEmptyOne: words[field].isBarePlace) {
        columns[field] = nil
      } else if words[field].isEntity, !columns.contains(.code), Self.areKeys(all),
        columns.indices.contains(where: { $0 != field && columns[$0]?.isName == true })
      {
        columns[field] = .code
      } else if columns[field] == .name, Self.areKeys(all, mayRepeat: true),
        columns.indices.contains(where: { other in
          other != field && [.name, .company, .display, .last].contains(columns[other])
            && Self.areLikeNames(rows.map { $0.text(other) })
        })
      {
        // `Name` is the order's, `Billing Name` the customer's.
        columns[field] = nil
      }
    }
  }

  /// Beside a telephone that a header tells of, one that none tells of may be anybody's. Where no header tells of any, the
  /// administrator does (`--map`).
  private func tellTelephones(_ columns: inout [ImportColumn?], _ rows: ArraySlice<CSVRecord>) {
    guard columns.contains(where: { $0?.isNumber == true }) else { return }
    for field in texts.indices where columns[field] == nil || columns[field] == .zip {
      let all = rows.lazy.map { $0.text(field) }
      // A word for postal codes may be another language's for a mobile: `Cep`.
      guard words[field].mayNameSomebody, !words[field].isBareNumber, Self.areTelephones(all),
        columns[field] == nil || all.allSatisfy({ $0.isEmpty || $0.utf8.count > 10 })
      else { continue }
      columns[field] = .phone
    }
  }

  /// Where no column names anybody, the one that does all the same; the column that is only guessed, if it is.
  private func nameSomebody(
    _ columns: inout [ImportColumn?], _ rows: ArraySlice<CSVRecord>
  ) -> Int? {
    let isNamed = columns.indices.contains { field in
      guard columns[field]?.isName == true, !words[field].isBirthName else { return false }
      return has(.code) || mapped.contains(field) || rows.contains { !$0.text(field).isEmpty }
    }
    guard !isNamed, !rows.isEmpty else { return nil }
    let unnamed = columns
    Self.nameCalled(&columns, words, rows)
    if hasNumbers, columns == unnamed { Self.nameFirst(&columns, words) }
    Self.nameByBirth(&columns, words, except: mapped)
    guard columns == unnamed, let guess = Self.name(columns, words, texts, rows) else { return nil }
    columns[guess] = .name
    return guess
  }

  /// The column that says what the values under a header are.
  static func label(of header: String, among texts: [String]) -> Int? {
    let stem = Self.stem(header)
    return texts.firstIndex { text in
      text != header && Self.stem(text) == stem
        && SearchText.words(SearchText.folded(text)).contains(where: Self.labelWords.contains)
    }
  }

  /// `phone 1` of `Phone 1 - Value` and of `Phone 1 - Type`.
  private static func stem(_ header: String) -> [String] {
    SearchText.words(SearchText.folded(header)).filter {
      !labelWords.contains($0) && !valueWords.contains($0)
    }
  }

  private static let labelWords: Set<String> = [
    "type", "label", "libelle", "etiquette", "typ", "bezeichnung", "tipo", "etiqueta", "etichetta",
  ]
  static let valueWords: Set<String> = [
    "value", "valeur", "wert", "valor", "valore", "waarde",
  ]
}
