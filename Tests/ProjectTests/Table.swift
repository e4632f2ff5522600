/// The tables of a document, by the heading above them.
enum Table {
  /// The rows of the first table under a heading, without its head: cells as written, trimmed.
  static func rows(of document: String, under heading: String) -> [[String]] {
    let lines = Project.text(document).split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { isHeading($0, heading) }) else { return [] }
    let section = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
    let rows = section.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
    return rows.dropFirst(2).map { cells(String($0)) }
  }

  /// What stands in backticks in a cell: `` `↑` `k` `` is `↑` and `k`.
  static func code(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  private static func isHeading(_ line: Substring, _ heading: String) -> Bool {
    line.hasPrefix("#") && line.drop { $0 == "#" } == " " + heading
  }

  /// The cells of a row; `\|` is a bar in a cell.
  private static func cells(_ row: String) -> [String] {
    let bar: Character = "\u{1}"
    let marked = row.split(separator: "\\|", omittingEmptySubsequences: false)
      .joined(separator: String(bar))
    let cells = marked.split(separator: "|", omittingEmptySubsequences: false)
    return cells.dropFirst().dropLast().map { cell in
      let text = String(cell.map { $0 == bar ? "|" : $0 })
      return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
