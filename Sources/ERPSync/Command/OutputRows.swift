import CTIBlock
import TextForms
import ThirdPartyStore

/// The rows that a command printed: CSV with a header, or JSON with an object a line.
///
/// A row that cannot be read is the end of the copy: who stands in it would be taken for deleted.
final class OutputRows: ERPRows {
  private enum Form {
    case nothing
    case csv(CSVReader, places: [String: Int])
    case json(JSONLines, first: JSONRecord?)
  }

  /// A command may print so many rows.
  private static let mostRows = 10_000_000

  private(set) var columns: [String]
  let foreignValues = 0
  private let program: String
  private let template: RecordColumns
  /// Kept for as long as it is read.
  private let output: OutputFile
  private var form = Form.nothing
  private var count = 0

  init(
    _ output: OutputFile, _ template: RecordColumns, known: [String], needed: [String]
  ) throws(ERPError) {
    (self.output, self.template, program) = (output, template, output.program)
    columns = template.names.isEmpty ? known : template.names
    let input = try output.content()
    guard let block = try Self.start(of: input) else { return }
    let first = block.first { $0 > 0x20 }
    guard first == UInt8(ascii: "{") else {
      guard first != UInt8(ascii: "["), first != UInt8(ascii: "<") else {
        throw ERPError(
          .badAnswer, "what \(program) prints is neither CSV nor JSON with an object a line")
      }
      try readHeader(block, input, known)
      return
    }
    var lines = JSONLines(block, input)
    guard let record = try record(of: &lines) else { return }
    if template.names.isEmpty {
      let names = record.names
      columns =
        needed.allSatisfy(names.contains)
        ? known + names.filter { !known.contains($0) } : names
    }
    form = .json(lines, first: record)
  }

  /// The first block; nil when nothing was printed, which for changes is the rule.
  private static func start(of input: InputFile) throws(ERPError) -> [UInt8]? {
    do throws(StoreError) {
      guard input.size != 0 else { return nil }
      let block = try input.readStart()
      return block.contains { $0 > 0x20 } ? block : nil
    } catch {
      throw ERPError(error)
    }
  }

  func next() throws(ERPError) -> [String?]? {
    count += 1
    guard count <= Self.mostRows else {
      throw ERPError(.badAnswer, "\(program) prints more than \(Self.mostRows) rows")
    }
    switch form {
    case .nothing: return nil
    case .csv(var reader, let places):
      let record = try record(of: &reader)
      form = .csv(reader, places: places)
      return record.map { row in
        values { name in places[name].map { row.text($0) } }
      }
    case .json(var lines, let first):
      let record = if let first { first } else { try record(of: &lines) }
      form = .json(lines, first: nil)
      return record.map { values($0.text) }
    }
  }

  private func values(_ field: (String) -> String?) -> [String?] {
    columns.map { template.value(of: $0, field) }
  }

  // MARK: - CSV

  private func readHeader(
    _ block: [UInt8], _ input: InputFile, _ known: [String]
  ) throws(ERPError) {
    let wanted = Set(template.names.isEmpty ? known : template.fields)
    var best: (reader: CSVReader, names: [String], rank: Int)?
    for separator in [",", ";", "\t", "|"].map({ UInt8(ascii: $0) }) {
      var reader = CSVReader(separator: separator, block: block, input: input)
      guard let header = try? record(of: &reader) else { continue }
      let names = (0..<header.count).map { header.text($0) }
      let rank = names.count(where: wanted.contains) * 1_000 + names.count
      if rank > best?.rank ?? 0 { best = (reader, names, rank) }
    }
    guard let best else { throw ERPError(.badAnswer, "what \(program) prints has no header line") }
    let places = Dictionary(
      best.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = template.fields.filter { places[$0] == nil }
    guard missing.isEmpty else {
      throw ERPError(
        .badAnswer,
        "what \(program) prints lacks these columns: \(missing.map { ODBC.line($0.utf8) }.joined(separator: ", "))"
      )
    }
    if template.names.isEmpty { columns = best.names }
    form = .csv(best.reader, places: places)
  }

  private func record(of reader: inout CSVReader) throws(ERPError) -> CSVRecord? {
    let record: CSVRecord?
    do throws(StoreError) {
      record = try reader.next()
    } catch {
      throw ERPError(error)
    }
    if let record, let trouble = record.damage ?? record.notice {
      throw .unreadable(program, record.line, trouble)
    }
    return record
  }

  // MARK: - JSON

  private func record(of lines: inout JSONLines) throws(ERPError) -> JSONRecord? {
    guard let line = try lines.next() else { return nil }
    let text = String(validating: line, as: UTF8.self) ?? Windows1252.decode(line)
    do throws(JSONFault) {
      if let record = JSONRecord(try JSONValue(Array(text.utf8))) { return record }
    } catch {
      throw .unreadable(
        program, lines.number, "\(error.expected) is missing at byte \(error.offset)")
    }
    throw .unreadable(program, lines.number, "it is no object")
  }
}

extension ERPError {
  fileprivate static func unreadable(_ program: String, _ line: Int, _ what: String) -> ERPError {
    ERPError(.badAnswer, "line \(line) of what \(program) prints cannot be read: \(what)")
  }
}
