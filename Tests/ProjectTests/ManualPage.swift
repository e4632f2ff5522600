/// A manual page, as far as its lists are compared with the code: mdoc's sections, items and text.
///
///     .Sh EXIT STATUS
///     .Bl -tag -width Ds
///     .It Ic 0
///     done
struct ManualPage: Sendable, CustomStringConvertible {
  /// One entry of a list.
  struct Item: Hashable, Sendable {
    /// What nothing marks in the tag.
    var title = ""
    /// What `Ic` marks in the tag: `Enter`, `o`.
    var words: [String] = []
    /// What `Ql` marks in the tag.
    var values: [String] = []
    /// The text below the tag, on one line.
    var text = ""
    /// What `Ql` and `Pa` mark in the text.
    var quoted: [String] = []
  }

  /// A heading and what stands under it, up to the next heading of any kind.
  struct Section: Sendable {
    var heading: String
    var items: [Item] = []
    /// What is to be typed, or stands in files, line by line.
    var display: [Substring] = []
  }

  /// Below `Resources/man`: `man1/screenpop.1`, `fr/man1/screenpop.1`.
  let name: String
  let text: String
  private(set) var sections: [Section] = []

  var description: String { name }

  /// Every page, in the order of their names.
  static let all = Project.files.filter { $0.path.hasPrefix("Resources/man/") }.map { file in
    ManualPage(name: String(file.path.dropFirst("Resources/man/".count)), text: file.text)
  }

  /// The English page of this name, `screenpop.1`, or the one in another language; empty when there is none.
  static func named(_ name: String, language: String = "") -> ManualPage {
    let name = language + "man" + name.suffix(1) + "/" + name
    return all.first { $0.name == name } ?? ManualPage(name: name, text: "")
  }

  /// The page of which this one is the translation; nil for an English one.
  var original: ManualPage? {
    guard name.hasPrefix("fr/") else { return nil }
    return Self.all.first { $0.name == name.dropFirst(3) } ?? ManualPage(name: "", text: "")
  }

  /// Reads a page.
  init(name: String, text: String) {
    self.name = name
    self.text = text
    var isCode = false
    var isList = false
    for line in text.split(separator: "\n") {
      let words = Self.words(line)
      switch words.first {
      case ".Bd": isCode = true
      case ".Ed": isCode = false
      case ".Sh", ".Ss":
        sections.append(Section(heading: words.dropFirst().joined(separator: " ")))
      case _ where sections.isEmpty: break
      case _ where isCode: sections[sections.count - 1].display.append(line)
      case ".It": sections[sections.count - 1].items.append(Self.item(words.dropFirst()))
      case ".Bl": isList = true
      case ".El": isList = false
      case ".Pp", nil: break
      default: if isList { add(words, isMacro: line.hasPrefix(".")) }
      }
    }
  }

  /// The entries under a heading; none when the page has no such heading.
  func items(_ heading: String) -> [Item] {
    sections.first { $0.heading == heading }?.items ?? []
  }

  /// The sections from one heading of the page to the next of another kind: those of `.Ss` after it.
  func sections(after heading: String) -> ArraySlice<Section> {
    let rest = sections.drop { $0.heading != heading }.dropFirst()
    return rest.prefix { $0.heading != $0.heading.uppercased() }
  }

  private mutating func add(_ words: [String], isMacro: Bool) {
    let section = sections.count - 1
    let item = sections[section].items.count - 1
    guard item >= 0 else { return }
    var text = words.joined(separator: " ")
    if isMacro {
      let arguments = words.dropFirst().filter { !Self.macros.contains($0) }
      if [".Ql", ".Pa"].contains(words.first), let value = arguments.first {
        sections[section].items[item].quoted.append(value)
      }
      text = arguments.joined(separator: " ")
    }
    let before = sections[section].items[item].text
    sections[section].items[item].text = before.isEmpty ? text : before + " " + text
  }

  private static func item(_ words: ArraySlice<String>) -> Item {
    var item = Item()
    var macro = ""
    for word in words {
      if macros.contains(word) {
        macro = word
      } else if word != "," {
        let plain = word == Self.comma ? "," : word
        if macro.isEmpty { item.title += (item.title.isEmpty ? "" : " ") + plain }
        if macro == "Ic" { item.words.append(plain) }
        if macro == "Ql" { item.values.append(plain) }
      }
    }
    return item
  }

  /// The macros that stand in tags and sentences.
  private static let macros: Set = [
    "Ic", "Ql", "Pq", "No", "Ns", "Pf", "Ar", "Fl", "Xr", "Pa", "Ev", "Brq", "Sy", "Em", "Nm",
  ]
  /// A comma that is a word (`\&,`), not what stands between two.
  private static let comma = "\u{1}"

  /// The words of a line: quoted ones hold blanks, and roff's escapes are read.
  private static func words(_ line: Substring) -> [String] {
    guard line.hasPrefix(".") else { return [unescaped(line)] }
    var words: [Substring] = []
    var rest = line.drop { $0 == " " }
    while let first = rest.first {
      let word = first == "\"" ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != " " }
      words.append(word)
      rest = rest[word.endIndex...]
      if first == "\"" { rest = rest.dropFirst() }
      rest = rest.drop { $0 == " " }
      if word.isEmpty, first != "\"" { break }
    }
    return words.map { word in
      word.replacing("\\&", with: "") == "," && word.count > 1 ? comma : unescaped(word)
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("\\(dq", with: "\"").replacing("\\&", with: "")
      .replacing("\\-", with: "-").replacing("\\e", with: "\\")
  }
}
