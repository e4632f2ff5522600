extension ERPProfile {
  /// Reads a profile out of TOML; `file` is for sentences.
  init(name: String, bytes: [UInt8], of file: String) throws(ERPError) {
    var table = try ProfileTable(bytes, of: file)
    let overlap = try table.number("overlap") ?? 600
    let (record, new) = (try table.text("record_url"), try table.text("new_url"))
    let questions: Questions =
      if let command = try table.table("command") {
        .command(try Self.command(command, file))
      } else if table.has("odata") {
        .odata(try Self.odata(&table, file))
      } else {
        .sql(try Self.sql(&table))
      }
    try table.end()
    self.init(
      name: name, questions: questions, overlap: overlap, recordURL: record, newPartyURL: new)
  }

  private static func sql(_ table: inout ProfileTable) throws(ERPError) -> SQLQuestions {
    var questions = SQLQuestions(
      select: try table.text("select", isNeeded: true), all: try table.text("all", isNeeded: true))
    questions.changes = try table.text("changes")
    questions.lookup = try table.text("lookup")
    questions.exceptions = try table.text("exceptions")
    questions.count = try table.text("count")
    for (name, blocks) in try table.lists("piece") {
      guard !blocks.isEmpty else { throw table.fault("[[piece.\(name)]] is empty") }
      questions.pieces[name] = try blocks.map { block throws(ERPError) in try piece(block) }
    }
    try table.end()
    guard questions.select.contains("{where}") else {
      throw table.fault(
        "select has no {where}: it stands where a condition goes, such as WHERE {where}")
    }
    return questions
  }

  private static func piece(_ block: ProfileTable) throws(ERPError) -> SQLQuestions.Piece {
    var block = block
    let piece = SQLQuestions.Piece(
      probe: block.has("probe") ? try block.text("probe") : nil,
      sql: try block.text("sql", isNeeded: true))
    try block.end()
    return piece
  }

  private static func command(
    _ table: ProfileTable, _ file: String
  ) throws(ERPError) -> CommandQuestions {
    var table = table
    var questions = CommandQuestions(all: try table.command("all", isNeeded: true))
    questions.changes = try table.command("changes")
    questions.lookup = try table.command("lookup")
    questions.exceptions = try table.command("exceptions")
    questions.columns = try columns(&table, file)
    try table.end()
    return questions
  }

  private static func odata(
    _ table: inout ProfileTable, _ file: String
  ) throws(ERPError) -> ODataQuestions {
    var sets: [ODataQuestions.EntitySet] = []
    for block in try table.tables("odata") {
      let set = try entitySet(block, file)
      for column in ERPColumn.needed where !set.columns.names.contains(column.rawValue) {
        throw block.fault("the column \(column.rawValue) is missing in columns of \(set.name)")
      }
      sets.append(set)
    }
    guard !sets.isEmpty else { throw table.fault("[[odata]] is empty") }
    let exceptions = try table.table("exceptions")
    return ODataQuestions(
      sets: sets,
      exceptions: try exceptions.map { block throws(ERPError) in
        try entitySet(block, file, known: RecordColumns.ofExceptions)
      })
  }

  private static func entitySet(
    _ table: ProfileTable, _ file: String,
    known: [String] = ERPColumn.allCases.map(\.rawValue)
  ) throws(ERPError) -> ODataQuestions.EntitySet {
    var table = table
    var set = ODataQuestions.EntitySet(name: try table.text("set", isNeeded: true))
    set.filter = try table.text("filter")
    set.changes = try table.text("changes")
    set.lookup = try table.text("lookup")
    set.expand = try table.text("expand")
    set.columns = try columns(&table, file, known: known)
    try table.end()
    return set
  }

  private static func columns(
    _ table: inout ProfileTable, _ file: String,
    known: [String] = ERPColumn.allCases.map(\.rawValue)
  ) throws(ERPError) -> RecordColumns {
    var columns = RecordColumns()
    for (name, template) in try table.texts("columns").sorted(by: { $0.key < $1.key }) {
      try columns.name(name, template, file, known: known)
    }
    return columns
  }
}
