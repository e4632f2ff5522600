import Glibc
public import PhoneNumbers
public import Telephony
import TextForms

/// The exception numbers of the machine: `exceptions.csv` in `screenpop/` of the folders of
/// `$XDG_CONFIG_DIRS`, with the columns `number,collaborator,comment`.
///
/// All the files are read; the first is the one that is written. What a file says in spellings that
/// cannot be read is left as it stands.
public struct MachineExceptions: Sendable {
  /// The files, the one to write first.
  public let paths: [String]
  private let plan: NumberPlan
  /// How long another program's turn is waited for [ms].
  var patience = FolderLock.patience

  /// The machine's lists in these files, which need not exist.
  public init(paths: [String], plan: NumberPlan) {
    self.paths = paths
    self.plan = plan
  }

  /// The entries of all files, in their order; one that is said twice counts once.
  public func load() throws(StoreError) -> [ExceptionNumber] {
    var entries: [ExceptionNumber] = []
    for path in paths {
      for line in try Self.lines(of: path) {
        guard let entry = entry(line),
          !entries.contains(where: {
            $0.pattern == entry.pattern && $0.collaborator == entry.collaborator
          })
        else { continue }
        entries.append(entry)
      }
    }
    return entries
  }

  /// Adds an entry to the first file, in place of the one for the same pattern and collaborator.
  public func add(_ exception: ExceptionNumber) throws(StoreError) {
    let path = try writable()
    let turn = try turn(at: path)
    defer { turn.release() }
    let kept = try Self.lines(of: path).filter { !isSame(entry($0), exception) }
    let new = Line(
      number: exception.pattern, collaborator: exception.collaborator ?? "",
      comment: exception.comment)
    try Self.write(kept + [new], to: path)
  }

  /// Removes an entry from the first file; false when it was not there.
  public func remove(_ exception: ExceptionNumber) throws(StoreError) -> Bool {
    let path = try writable()
    let turn = try turn(at: path)
    defer { turn.release() }
    let lines = try Self.lines(of: path)
    let kept = lines.filter { !isSame(entry($0), exception) }
    guard kept.count < lines.count else { return false }
    try Self.write(kept, to: path)
    return true
  }

  /// Whether ``add(_:)`` may write: what the window asks before it offers everybody's list.
  public var isWritable: Bool {
    guard var folder = paths.first else { return false }
    while let end = folder.lastIndex(of: "/"), end > folder.startIndex {
      folder = String(folder[..<end])
      if access(folder, F_OK) == 0 { break }
    }
    // With the dot, a file in the folder's place does not pass for one.
    return access(folder + "/.", W_OK) == 0
  }

  /// A row of a file, as written.
  private struct Line {
    var number: String
    var collaborator: String
    var comment: String
  }

  private func entry(_ line: Line) -> ExceptionNumber? {
    plan.exceptionPattern(line.number).map { pattern in
      ExceptionNumber(
        pattern: pattern, collaborator: line.collaborator.isEmpty ? nil : line.collaborator,
        comment: line.comment, list: .machine)
    }
  }

  private func isSame(_ entry: ExceptionNumber?, _ other: ExceptionNumber) -> Bool {
    entry?.pattern == other.pattern && entry?.collaborator == other.collaborator
  }

  private func writable() throws(StoreError) -> String {
    guard let path = paths.first else {
      throw StoreError(
        .cannotOpen, "no folder for the machine's exceptions: XDG_CONFIG_DIRS is empty")
    }
    return path
  }

  private static func lines(of path: String) throws(StoreError) -> [Line] {
    // One that cannot be looked at is not empty: it would be written anew.
    guard access(path, F_OK) == 0 || errno != ENOENT && errno != ENOTDIR else { return [] }
    let input = try InputFile(ordinary: path)
    var reader = CSVReader(separator: UInt8(ascii: ","), block: [], input: input)
    var lines: [Line] = []
    var isFirst = true
    while let record = try reader.next() {
      defer { isFirst = false }
      if isFirst, record.text(0).lowercased().hasSuffix("number") { continue }
      lines.append(
        Line(number: record.text(0), collaborator: record.text(1), comment: record.text(2)))
    }
    return lines
  }

  /// Writes a file beside the old one and renames it, so that a reader meets one or the other.
  private static func write(_ lines: [Line], to path: String) throws(StoreError) {
    let text =
      CSVWriter.row(["number", "collaborator", "comment"])
      + lines.map { CSVWriter.row([$0.number, $0.collaborator, $0.comment]) }.joined()
    do throws(NewFile.Trouble) {
      let file = try NewFile(path, mode: 0o644)
      try file.write(Array(text.utf8))
      try file.takePlace()
    } catch {
      throw StoreError(error)
    }
  }

  /// The right to read the list and to write it anew: of two programs, one would else take back what the other wrote.
  /// The file's folder is made where missing.
  private func turn(at path: String) throws(StoreError) -> FolderLock {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    try StoreFile.makeFolder(folder, mode: 0o755)
    return try FolderLock(folder, patience: patience)
  }
}
