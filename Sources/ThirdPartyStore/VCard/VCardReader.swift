import TextForms

/// One vCard of a file.
struct VCard {
  /// The line of its BEGIN, from 1.
  var line: Int
  /// Those of its properties that an import reads.
  var properties: [VCardProperty] = []
  /// Why it is none, nil when it is one.
  var damage: String?
  /// What of it was left out.
  var notices: [String] = []

  /// The first property of this name that says something.
  func first(_ name: String) -> VCardProperty? {
    properties.first { $0.name == name && !$0.text.isEmpty }
  }
}

/// Reads vCards 2.1 (Versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), a block of the file at a time.
///
/// A line that is no property costs itself, and a card ends at its END, at the next BEGIN or with the file.
/// A reader of our own: the libraries of Debian 12 know version 3 at most (libvformat, libvc) or version
/// 4 alone (libbelcard), and want the whole file in memory.
struct VCardReader {
  /// More properties than this make no third party.
  private static let mostProperties = 10_000
  private static let wanted: Set<String> = [
    "BEGIN", "END", "FN", "N", "ORG", "KIND", "TEL", "EMAIL", "ADR", "NOTE", "CATEGORIES", "UID",
    given, family, "AGENT", "NICKNAME", "X-ABADR", "X-ABLABEL", "X-ADDRESSBOOKSERVER-KIND",
    VCardWriter.codeProperty,
  ]
  private static let known = wanted.union(VCardLines.names)
  /// Parts of a name that are properties of their own, as no version has them.
  static let given = "FIRST NAME"
  static let family = "LAST NAME"
  /// Properties whose text may go on, where a program wrote a line break as one.
  private static let texts: Set<String> = ["FN", "N", "ORG", "ADR", "NOTE", "NICKNAME"]

  /// How much of the file has been taken into blocks [bytes].
  var bytesRead: Int { lines.bytesRead }
  private var lines: VCardLines
  /// The line of a BEGIN that ended a card without END: the next card's.
  private var pendingBegin: Int?
  /// Whether the line before is a property that an import wants.
  private var isBehindWanted = false
  /// The character sets that properties named so far, in capitals.
  private var charsets: Set<String> = []
  /// In which set a property is that names none and is not in UTF-8; nil: the one that old programs mean.
  private let page: CodePage?

  /// Cards of `block`, the first of the file, and of the rest of `input`.
  init(block: [UInt8], input: InputFile, page: CodePage? = nil) {
    lines = VCardLines(block: block, input: input)
    self.page = page
  }

  /// Whether a line of the file's beginning begins a card, or ends the first, which may have lost its BEGIN.
  static func recognises(_ block: [UInt8]) -> Bool {
    block.prefix(2_048).split { $0 == Ascii.lf || $0 == Ascii.cr }.contains { line in
      let bare = line.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(11)
      return VCardLines.isBegin(line.prefix(64)) || VCardLines.isBegin(bare)
        || VCardLines.isEnd(line.prefix(64))
    }
  }

  /// What the beginning of a file says of its character sets.
  struct Charsets {
    /// Those that properties name, in capitals.
    fileprivate(set) var named: Set<String> = []
    /// The values of properties that are read and name none, a line each.
    fileprivate(set) var unnamed: [UInt8] = []

    /// The one set beside UTF-8 that properties name: the others' as well.
    var only: CodePage? {
      let others = named.subtracting(["UTF-8", "UTF8"])
      return others.count == 1 ? others.first.flatMap(CodePage.init(named:)) : nil
    }
  }

  /// What `block`, the beginning of a file, says of its character sets.
  static func charsets(of block: [UInt8]) -> Charsets {
    // The block may end within a character.
    let end = block.lastIndex { $0 == Ascii.lf || $0 == Ascii.cr } ?? block.endIndex
    let whole = block.count < CSVReader.blockSize ? block : Array(block[..<end])
    var reader = VCardReader(block: whole, input: InputFile(name: "", bytes: []))
    var charsets = Charsets()
    while let (_, head, bytes) = (try? reader.nextWanted()) ?? nil {
      if head?.charset == nil {
        charsets.unnamed += head.map { VCardProperty.bytes($0, bytes) } ?? bytes[...]
        charsets.unnamed.append(Ascii.lf)
      }
    }
    charsets.named = reader.charsets
    return charsets
  }

  /// The next card, nil after the last. Lines that stand between cards are told as one that is damaged.
  mutating func next() throws(StoreError) -> VCard? {
    guard let (number, start) = try nextProperty() else { return nil }
    var card = VCard(line: number)
    guard case .property(let start) = start, start.isMark("BEGIN") else {
      try readStray(&card, start)
      return card
    }
    // In 2.1 the card of a person's assistant stands within the person's, behind an empty AGENT.
    var (isAgent, agents) = (false, 0)
    var isBehindOther = false
    while let (number, line) = try nextProperty() {
      guard case .property(let property) = line else {
        if case .other(let bytes) = line, agents == 0 { goOn(&card, number, bytes) }
        isBehindOther = true
        continue
      }
      isBehindOther = false
      defer { isAgent = property.name == "AGENT" && property.value.trimmed.isEmpty }
      if property.isMark("BEGIN"), isAgent {
        agents += 1
      } else if property.isMark("END"), agents > 0 {
        agents -= 1
      } else if property.isMark("END") {
        return card
      } else if property.isMark("BEGIN") {
        pendingBegin = number
        card.notices.append("has no END")
        return card
      } else if property.opensAgent {
        agents += 1
      } else if agents == 0 {
        add(property, to: &card)
      }
    }
    // Of a file that was cut off, the last line may lack its end. A number that has all its digits may be whole.
    if lines.isCutOff, isBehindWanted, !isBehindOther, agents == 0,
      var last = card.properties.popLast(), last.name == "TEL"
    {
      last.isCutOff = true
      card.properties.append(last)
    }
    card.notices.append("has no END")
    return card
  }

  /// Reads what stands between cards: one that lost its BEGIN, if it has a name and an END.
  private mutating func readStray(_ card: inout VCard, _ first: Line) throws(StoreError) {
    var (line, isEnded) = (first, false)
    while true {
      if case .property(let property) = line {
        if property.isMark("END") {
          isEnded = true
          break
        }
        add(property, to: &card)
      }
      guard let (number, next) = try nextProperty() else { break }
      if case .property(let property) = next, property.isMark("BEGIN") {
        pendingBegin = number
        break
      }
      line = next
    }
    let isNamed = ["FN", "N", "ORG"].contains { card.first($0) != nil }
    if isEnded, isNamed {
      card.notices.append("has no BEGIN")
    } else {
      card.damage = "stands outside of any vCard"
    }
  }

  private func add(_ property: VCardProperty, to card: inout VCard) {
    if card.properties.count < Self.mostProperties {
      card.properties.append(property)
    } else if card.properties.count == Self.mostProperties, card.notices.last?.first != "m" {
      card.notices.append("more than \(Self.mostProperties) properties: the others left out")
    }
  }

  /// A line of the card that is no property: more of the text before it, or nothing that matters.
  private func goOn(_ card: inout VCard, _ number: Int, _ bytes: [UInt8]) {
    // The rest of a picture, or of something else that nobody here reads.
    guard isBehindWanted, let last = card.properties.last else { return }
    if Self.texts.contains(last.name), bytes.count < 200 {
      card.properties[card.properties.count - 1].goOn(bytes, page)
    } else {
      card.notices.append("line \(number) is no property: left out")
    }
  }

  private enum Line {
    case property(VCardProperty)
    /// What stands on a line that is no property.
    case other([UInt8])
  }

  /// The next property that an import wants, or a line that is none, and the line on which it begins.
  private mutating func nextProperty() throws(StoreError) -> (Int, Line)? {
    if let number = pendingBegin {
      pendingBegin = nil
      return VCardProperty(Array("BEGIN:VCARD".utf8)).map { (number, .property($0)) }
    }
    guard let (number, head, bytes) = try nextWanted() else { return nil }
    return (number, head.map { .property(VCardProperty($0, bytes, page)) } ?? .other(bytes))
  }

  /// The next line of a property that an import wants, or of none.
  private mutating func nextWanted() throws(StoreError) -> (Int, VCardProperty.Head?, [UInt8])? {
    while let (number, unfolded) = try lines.nextUnfolded() {
      var bytes = unfolded
      guard !bytes.allSatisfy({ $0 <= 0x20 }) else { continue }
      guard bytes.count < VCardLines.longestLine, let head = VCardProperty.Head(bytes) else {
        if bytes.count < VCardLines.longestLine, !bytes.contains(UInt8(ascii: ":")) {
          return (number, nil, bytes)
        }
        isBehindWanted = false
        continue
      }
      if let charset = head.charset { charsets.insert(charset) }
      if head.isQuotedPrintable { try joinSoftBreaks(&bytes) }
      isBehindWanted = Self.wanted.contains(head.name)
      guard isBehindWanted else { continue }
      return (number, head, bytes)
    }
    return nil
  }

  /// Quoted-printable goes on after a line that ends in `=`, but not where a property begins: the value was
  /// cut off there. A blank at the head of a further line is one of the value, unless the line was folded besides, as
  /// tabs and characters that it would part show.
  private mutating func joinSoftBreaks(_ bytes: inout [UInt8]) throws(StoreError) {
    var folded = bytes
    while bytes.last == UInt8(ascii: "=") {
      bytes.removeLast()
      folded.removeLast()
      guard let next = try lines.peekText(), !Self.beginsProperty(next),
        let (_, line) = try lines.nextUnfolded(isQuoted: true)
      else { break }
      let more = line.prefix(max(0, VCardLines.longestLine - bytes.count))
      bytes += more.first == 0x09 ? more.dropFirst() : more
      folded += more.first == 0x09 || more.first == Ascii.blank ? more.dropFirst() : more
    }
    if folded.count < bytes.count, !Self.isText(bytes), Self.isText(folded) { bytes = folded }
  }

  private static func isText(_ quoted: [UInt8]) -> Bool {
    String(
      validating: PercentCoding.decode(quoted[...], escape: UInt8(ascii: "=")), as: UTF8.self)
      != nil
  }

  /// Whether a line is surely a property, and not the text that goes on.
  static func beginsProperty(_ line: some Collection<UInt8>) -> Bool {
    let name = line.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
    guard name.count < line.count, name.count < 40 else { return false }
    let words = String(decoding: name, as: UTF8.self).split(separator: ".")
    return words.last.map { known.contains(String($0)) } ?? false
  }
}
