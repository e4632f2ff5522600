import CTIBlock

/// The CTI servers that a configuration describes, each as a block, as a file with one, or by fields.
struct ConfiguredServers: Hashable, Sendable {
  /// The server that is asked for calls; nil: none.
  private(set) var event: CTIExchange?
  /// The server that calls numbers; nil: none.
  private(set) var dial: CTIExchange?
  /// What had no effect.
  private(set) var notes: [ConfigurationProblem] = []

  private var problems: [ConfigurationProblem] = []

  /// No server.
  init() {}

  /// Reads what the settings say; throws everything that is wrong with it.
  init(_ settings: Settings) throws(ConfigurationError) {
    let cti = text(settings, .ctiBlock, .ctiBlockFile)
    let fields = Key.allCases.filter {
      $0.ctiField != nil && settings.value($0) != $0.fallback
    }
    if let cti {
      event = exchange(.event, in: cti)
      if let field = fields.first {
        complain(
          settings, field, "the CTI server is described by \"\(cti.key.rawValue)\" too: keep one")
      }
    } else if let first = fields.first {
      event = exchange(settings, fields, first)
    }
    if let block = text(settings, .dialBlock, .dialBlockFile) {
      dial = exchange(.dial, in: block)
    } else if let cti, cti.blocks.contains(where: { $0.purpose == .dial }) {
      // An installation's text may hold both.
      dial = exchange(.dial, in: cti)
    }
    check(settings)
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
  }

  // MARK: - Texts

  /// A text with blocks, and where it stands.
  private struct Text {
    var key: Key
    var place: String
    /// The line of the place in which the text begins; nil when that is not known.
    var firstLine: Int?
    var blocks: [CTIFields]

    /// The line of the place for a line of the text, both from 1.
    func line(_ line: Int?) -> Int? {
      guard let firstLine else { return nil }
      return firstLine + (line ?? 1) - 1
    }
  }

  /// The text of one key, or of the file that the other names; nil when neither says anything.
  private mutating func text(_ settings: Settings, _ block: Key, _ file: Key) -> Text? {
    let (written, path) = (settings.plain(block), settings.path(file))
    if !written.isEmpty, path != nil {
      complain(settings, file, "\"\(block.rawValue)\" is given too: keep one")
      return nil
    }
    if let path { return content(of: path, settings, file).flatMap { text($0, file, path, 1) } }
    guard !written.isEmpty else { return nil }
    let (place, entry) = settings.place(of: block)
    return text(written, block, place, entry?.textLine)
  }

  private mutating func text(
    _ content: String, _ key: Key, _ place: String, _ firstLine: Int?
  ) -> Text? {
    var text = Text(key: key, place: place, firstLine: firstLine, blocks: [])
    do {
      let read = try CTIBlockText(content)
      text.blocks = read.blocks
      for name in read.unknownKeys {
        notes.append(
          ConfigurationProblem(
            place: place, line: firstLine,
            sentence: "the key <\(name)> is not known and has no effect"))
      }
      return text
    } catch {
      add(error, text)
      return nil
    }
  }

  /// The text of a file, which an old installation may have written in ISO 8859-1.
  private mutating func content(of path: String, _ settings: Settings, _ key: Key) -> String? {
    do throws(TextFile.Failure) {
      guard let bytes = try TextFile.content(of: path) else {
        complain(settings, key, "there is no \(path)")
        return nil
      }
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    } catch {
      complain(settings, key, "\(path) cannot be read: \(error.reason)")
      return nil
    }
  }

  /// The one block of the text with this purpose, checked.
  private mutating func exchange(_ purpose: CTIPurpose, in text: Text) -> CTIExchange? {
    let blocks = text.blocks.filter { $0.purpose == purpose }
    guard let block = blocks.first, blocks.count == 1 else {
      let line = text.line(blocks.last?.line)
      let sentence =
        blocks.isEmpty
        ? "there is no <\(purpose.rawValue)> block"
        : "there are two <\(purpose.rawValue)> blocks: keep one"
      problems.append(ConfigurationProblem(place: text.place, line: line, sentence: sentence))
      return nil
    }
    do {
      let exchange = try CTIExchange(block)
      if purpose == .dial, !exchange.tellsNumber {
        problems.append(
          ConfigurationProblem(
            place: text.place, line: text.line(block.line),
            sentence: "neither <url> nor <data> holds $teldest$, the number to dial: write it there"
          ))
      }
      if exchange.holdsSecret, text.key == .ctiBlockFile || text.key == .dialBlockFile,
        TextFile.isOpenToOthers(text.place)
      {
        problems.append(
          ConfigurationProblem(
            place: text.place, line: nil,
            sentence: "it holds a password and others may read it: chmod o-rwx \(text.place)"))
      }
      return exchange
    } catch {
      add(error, text)
      return nil
    }
  }

  private mutating func add(_ error: CTIBlockError, _ text: Text) {
    problems += error.problems.map { problem in
      let field = problem.field.map { "<\($0.rawValue)>: " } ?? ""
      return ConfigurationProblem(
        place: text.place, line: text.line(problem.line), sentence: field + problem.sentence)
    }
  }

  // MARK: - Fields

  private mutating func exchange(
    _ settings: Settings, _ keys: [Key], _ first: Key
  ) -> CTIExchange? {
    var fields = CTIFields(.event)
    for key in Key.allCases {
      guard let field = key.ctiField else { continue }
      fields[field] =
        switch settings.value(key) {
        case .flag(let flag): flag ? "1" : ""
        default: settings.plain(key)
        }
    }
    do {
      return try CTIExchange(fields)
    } catch {
      for problem in error.problems {
        let key = Key.allCases.first { $0.ctiField == problem.field }
        complain(
          settings, key.flatMap { keys.contains($0) ? $0 : nil } ?? first, key, problem.sentence)
      }
      return nil
    }
  }

  // MARK: - What belongs together

  /// The names under which everything else reports.
  private static let otherSources = [
    "launcher", "relay", "journal", "baresip", "asterisk", "freeswitch", "csta", "fritzbox",
    "mobile", "sip", "sip-telephone", "erp",
  ]

  private mutating func check(_ settings: Settings) {
    if Self.otherSources.contains(settings.ctiName) {
      complain(
        settings, .ctiName, "another source has the name \"\(settings.ctiName)\": choose one")
    }
    if settings.attention.contains(.command), settings.attentionCommand == nil {
      complain(settings, .attention, "there is no program: write attention_command")
    }
    guard problems.isEmpty else { return }
    switch settings.dialThrough {
    case "rest" where dial == nil:
      complain(
        settings, .dialThrough,
        "no CTI server for dialling is described: write dial.block or dial.block_file")
    case "command" where settings.dialCommand.isEmpty:
      complain(settings, .dialThrough, "there is no program: write dial.command")
    case "baresip" where settings.baresipAddress == nil:
      complain(settings, .dialThrough, "no softphone is configured: write baresip.address")
    default: break
    }
  }

  private mutating func complain(_ settings: Settings, _ key: Key, _ sentence: String) {
    complain(settings, key, key, sentence)
  }

  /// Complains of `key` at the place of `at`.
  private mutating func complain(
    _ settings: Settings, _ at: Key, _ key: Key?, _ sentence: String
  ) {
    let (place, entry) = settings.place(of: at)
    problems.append(
      ConfigurationProblem(
        place: place, line: entry?.line,
        sentence: key.map { "\"\($0.rawValue)\": \(sentence)" } ?? sentence))
  }
}
