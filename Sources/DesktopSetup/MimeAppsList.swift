/// `mimeapps.list`: which program opens what (MIME Application Associations 1.0.1).
///
///     [Default Applications]
///     x-scheme-handler/tel=screenpop-url-tel.desktop;org.gnome.Calls.desktop;
///
/// The first program that is installed wins, so what stood there before ours goes on standing behind it,
/// and opens the type again when ours is taken out. Nothing else of the file changes, to the byte.
struct MimeAppsList {
  private var lines: [[UInt8]]

  /// The list with these bytes; none for a file that does not exist.
  init(_ bytes: [UInt8] = []) {
    lines = bytes.split(separator: lineEnd, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// The bytes of the file; empty when nothing is left in it.
  var bytes: [UInt8] { Array(lines.joined(separator: [lineEnd])) }

  /// The programs that open a type, the first one first.
  func defaults(for type: String) -> [String] {
    entries(of: type, in: [.defaults]).flatMap(\.programs).filter { !$0.isEmpty }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Puts a program before all others for a type, and takes it off the list of those that the user does
  /// not want for it.
  mutating func prefer(_ program: String, for type: String) {
    drop(program, for: type, in: [.removed])
    let word = Array(program.utf8)
    let entries = entries(of: type, in: [.defaults])
    // Of a type that stands there twice, some readers take the first line and others the last.
    for entry in entries where entry.programs.first != word {
      lines[entry.line] = entry.text([word] + entry.programs.filter { $0 != word })
    }
    guard entries.isEmpty else { return }
    let line = Array("\(type)=\(program);".utf8)
    if let header = lines.firstIndex(where: { Group($0) == .defaults }) {
      lines.insert(line, at: header + 1)
    } else {
      // The last line is empty in a file that ends with a line end.
      if lines.last?.isEmpty == false { lines.append([]) }
      if lines.count > 1 { lines.append([]) }
      lines.insert(contentsOf: [Array(Group.defaults.rawValue.utf8), line], at: lines.count - 1)
    }
  }

  /// Takes a program out for a type, wherever it stands.
  mutating func drop(_ program: String, for type: String) {
    drop(program, for: type, in: [.defaults, .added, .removed])
  }

  // MARK: - Lines

  private enum Group: String {
    case defaults = "[Default Applications]"
    case added = "[Added Associations]"
    case removed = "[Removed Associations]"
    case other

    /// The group that a line begins; nil when it begins none.
    init?(_ line: [UInt8]) {
      guard line.first == UInt8(ascii: "["), let end = line.lastIndex(where: { !isBlank($0) })
      else {
        return nil
      }
      self = Group(rawValue: String(decoding: line[...end], as: UTF8.self)) ?? .other
    }
  }

  /// A line `type=program;program;`.
  private struct Entry {
    /// Its place among the lines.
    var line: Int
    /// What stands before the first program, with the sign between.
    var head: ArraySlice<UInt8>
    /// What stands between semicolons; the last is empty when the line ends in one.
    var programs: [[UInt8]]
    /// Blanks and a carriage return at the end.
    var tail: ArraySlice<UInt8>

    /// Nil for a line of another type, a comment, or nothing.
    init?(_ bytes: [UInt8], at line: Int, of type: String) {
      guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")),
        let end = bytes[..<sign].lastIndex(where: { !isBlank($0) }),
        bytes[...end].elementsEqual(type.utf8)
      else { return nil }
      let value = bytes[(sign + 1)...]
      let from = value.firstIndex { !isBlank($0) } ?? value.endIndex
      let to = value[from...].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? from
      self.line = line
      head = bytes[..<from]
      programs = bytes[from..<to]
        .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { Array($0) }
      tail = bytes[to...]
    }

    /// The line with other programs.
    func text(_ programs: [[UInt8]]) -> [UInt8] {
      Array(head) + programs.joined(separator: [UInt8(ascii: ";")]) + tail
    }
  }

  private func entries(of type: String, in groups: Set<Group>) -> [Entry] {
    var isInside = false
    var entries: [Entry] = []
    for (index, line) in lines.enumerated() {
      if let group = Group(line) {
        isInside = groups.contains(group)
      } else if isInside, let entry = Entry(line, at: index, of: type) {
        entries.append(entry)
      }
    }
    return entries
  }

  private mutating func drop(_ program: String, for type: String, in groups: Set<Group>) {
    let word = Array(program.utf8)
    // From the end, since a line that goes moves those behind it.
    for entry in entries(of: type, in: groups).reversed() where entry.programs.contains(word) {
      let kept = entry.programs.filter { $0 != word }
      guard kept.allSatisfy(\.isEmpty) else {
        lines[entry.line] = entry.text(kept)
        continue
      }
      lines.remove(at: entry.line)
      dropLastGroup(ifItEndsAt: entry.line)
    }
  }

  /// Takes out the last group, with the blank line above it, when nothing is left in it.
  private mutating func dropLastGroup(ifItEndsAt end: Int) {
    guard end > 0, Group(lines[end - 1]) != nil, lines[end...].allSatisfy(\.isEmpty) else { return }
    let isApart = end > 1 && lines[end - 2].isEmpty
    lines.removeSubrange((isApart ? end - 2 : end - 1)..<end)
  }
}

private let lineEnd = UInt8(ascii: "\n")

/// White space inside a line; the carriage return of a file from elsewhere counts as such.
private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
