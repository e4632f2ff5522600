/// Columns that a person named by hand: `N° appel=phone`.
public struct ImportMap: Sendable, Hashable {
  private var columns: [String: ImportColumn] = [:]

  /// Nothing is named.
  public init() {}

  /// Names a column; false when the text is not `HEADER=COLUMN` with a column that an import understands.
  public mutating func add(_ text: String) -> Bool {
    guard let mark = text.lastIndex(of: "="), mark > text.startIndex,
      let column = ImportColumn(
        rawValue: String(text[text.index(after: mark)...]).lowercased().trimmed)
    else { return false }
    columns[Self.key(String(text[..<mark]))] = column
    return true
  }

  func column(of header: String) -> ImportColumn? {
    columns.isEmpty ? nil : columns[Self.key(header)]
  }

  /// The headers that were named and are not among these.
  func missing(from texts: [String]) -> Bool {
    let keys = Set(texts.map { Self.key($0) })
    return columns.keys.contains { !keys.contains($0) }
  }

  private static func key(_ header: String) -> String {
    let visible = header.visible.trimmed.lowercased()
    let words = SearchText.words(SearchText.folded(visible)).joined(separator: " ")
    return words.isEmpty ? visible : words
  }
}
