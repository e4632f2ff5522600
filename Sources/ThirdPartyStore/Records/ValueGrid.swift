/// Writes the rows that a file of JSON or XML holds as lists of values as separated values, which ``CSVReader`` reads. What
/// the values are stands elsewhere in the file, or in the first row.
///
///     {"columns": ["name", "phone"], "data": [["A", "01…"], …]}      pandas, Metabase
///     [["name", "phone"], ["A", "01…"], …]                           a spreadsheet's cells
///     {"name": {"0": "A", …}, "phone": {"0": "01…", …}}              pandas, by column
///     <FIELD NAME="name"/>… <ROW><COL><DATA>A</DATA></COL>…</ROW>    FileMaker
enum ValueGrid {
  /// The rows, the headers first; nil when there are none.
  static func values(_ root: DataNode) -> [UInt8]? {
    guard let rows = columns(root) ?? rows(root) else { return nil }
    return Array(rows.map(CSVWriter.row).joined().utf8)
  }

  /// The rows of the longest list of rows.
  private static func rows(_ root: DataNode) -> [[String]]? {
    var lists: [[DataNode]] = []
    collect(root, &lists)
    let grids = lists.filter { list in
      let counts = list.map { cells($0).count }
      return list.count > 1 && !counts.contains(0) && counts.contains { $0 > 1 }
    }
    guard let list = grids.max(by: { $0.count < $1.count }) else { return nil }
    let rows = list.map { row in cells(row).map(text) }
    let (width, own) = (rows.map(\.count).max(), Set(grids.map { $0[0].name }))
    let headers = lists.lazy.filter { !own.contains($0[0].name) && $0.count == width }
      .map { $0.map(name) }
      .first { $0.allSatisfy { $0.contains(where: \.isLetter) } }
    return (headers.map { [$0] } ?? []) + rows
  }

  /// The rows where each member of the file is a column: a list of values, or values by the keys of their rows.
  private static func columns(_ root: DataNode) -> [[String]]? {
    var columns: [(name: String, values: [DataNode])] = []
    for child in root.children {
      if !child.children.isEmpty {
        columns.append((child.name, child.children))
      } else if columns.last?.name == child.name {
        columns[columns.count - 1].values.append(child)
      } else {
        columns.append((child.name, [child]))
      }
    }
    guard columns.count > 1, Set(columns.map(\.name)).count == columns.count,
      Set(columns.map(\.values.count)).count == 1, let count = columns.first?.values.count,
      columns.allSatisfy({ $0.values.allSatisfy(\.children.isEmpty) })
    else { return nil }
    return [columns.map(\.name)]
      + (0..<count).map { row in columns.map { $0.values[row].text } }
  }

  /// All lists in the tree: what stands side by side under one name.
  private static func collect(_ node: DataNode, _ lists: inout [[DataNode]]) {
    var own: [String: [DataNode]] = [:]
    for child in node.children { own[child.name, default: []].append(child) }
    lists += own.keys.sorted().compactMap { own[$0] }
    for child in node.children { collect(child, &lists) }
  }

  /// The values of a row, if all are called alike; attributes of XML, which stand on no line, are none.
  private static func cells(_ node: DataNode) -> [DataNode] {
    let elements = node.children.filter { $0.line > 0 }
    let cells = elements.isEmpty ? node.children : elements
    return cells.allSatisfy({ $0.name == cells[0].name }) ? cells : []
  }

  /// A value, or several under each other.
  private static func text(_ cell: DataNode) -> String {
    cell.children.isEmpty
      ? cell.text : cell.children.map(\.allText).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What a column is called: by its text, or by a member for that.
  private static func name(_ node: DataNode) -> String {
    node.text.isEmpty ? node.child("name")?.text ?? "" : node.text
  }
}
