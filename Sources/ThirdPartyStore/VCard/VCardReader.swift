/// One vCard of a file.
struct VCard {
  /// The line of its BEGIN, from 1.
  var line: Int
  /// Those of its properties that an import reads.
  var properties: [VCardProperty] = []
  /// Why it could not be read to its end, nil when it could.
  var damage: String?

  /// The first property of this name that says something.
  func first(_ name: String) -> VCardProperty? {
    properties.first { $0.name == name && !$0.text.isEmpty }
  }
}

/// Reads vCards 2.1 (Versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), a block of the file at a time.
///
/// A reader of our own: the libraries of Debian 12 know version 3 at most (libvformat, libvc) or version
/// 4 alone (libbelcard), and want the whole file in memory.
struct VCardReader {
  /// A line longer than this is read over: pictures and keys, which nobody here needs [bytes].
  private static let longestLine = CSVReader.longestRow
  /// More properties than this make no third party.
  private static let mostProperties = 10_000
  private static let wanted: Set<String> = [
    "BEGIN", "END", "FN", "N", "ORG", "KIND", "TEL", "EMAIL", "ADR", "NOTE", "CATEGORIES", "UID",
    "AGENT", VCardWriter.codeProperty,
  ]

  /// How much of the file has been taken into blocks [bytes].
  private(set) var bytesRead: Int
  private let input: InputFile
  private var block: [UInt8]
  private var position = 0
  private var line = 0
  /// The next physical line, which may belong to the one before; nil after the last.
  private var pending: (number: Int, bytes: [UInt8])?
  private var isStarted = false

  /// Cards of `block`, the first of the file, and of the rest of `input`.
  init(block: [UInt8], input: InputFile) {
    self.block = block
    self.input = input
    bytesRead = block.count
  }

  /// Whether the file begins like vCards.
  static func recognises(_ block: [UInt8]) -> Bool {
    let start = block.prefix(256).drop { $0 <= 0x20 }.prefix(11)
    return String(decoding: start, as: UTF8.self).uppercased() == "BEGIN:VCARD"
  }

  /// The next card, nil after the last. A line that stands between cards is told as one that is damaged.
  mutating func next() throws(StoreError) -> VCard? {
    guard let (number, start) = try nextProperty() else { return nil }
    var card = VCard(line: number)
    guard let start, start.isMark("BEGIN") else {
      card.damage = "stands outside of any vCard"
      return card
    }
    // In 2.1 the card of a person's assistant stands within the person's, behind an empty AGENT.
    var (isAgent, agents) = (false, 0)
    while let (number, property) = try nextProperty() {
      guard let property else {
        card.damage = card.damage ?? "line \(number) is no property"
        continue
      }
      defer { isAgent = property.name == "AGENT" && property.value.trimmed.isEmpty }
      if property.isMark("BEGIN"), isAgent {
        agents += 1
        continue
      }
      if property.isMark("END"), agents > 0 {
        agents -= 1
        continue
      }
      if property.isMark("END") { return card }
      if property.isMark("BEGIN") {
        pendingBegin = number
        break
      }
      if agents > 0 { continue }
      if card.properties.count < Self.mostProperties {
        card.properties.append(property)
      } else {
        card.damage = "more than \(Self.mostProperties) properties"
      }
    }
    card.damage = card.damage ?? "has no END"
    return card
  }

  /// The line of a BEGIN that ended a card without END: the next card's.
  private var pendingBegin: Int?

  /// The next property that an import wants, and the line on which it begins; the property is nil where
  /// there is a line that is none.
  private mutating func nextProperty() throws(StoreError) -> (Int, VCardProperty?)? {
    if let number = pendingBegin {
      pendingBegin = nil
      return (number, VCardProperty(Array("BEGIN:VCARD".utf8)))
    }
    while var (number, bytes) = try nextUnfolded() {
      guard !bytes.allSatisfy({ $0 <= 0x20 }) else { continue }
      guard bytes.count < Self.longestLine else { continue }
      guard let property = VCardProperty(bytes) else { return (number, nil) }
      guard Self.wanted.contains(property.name) else {
        // Its continuation is still to be read over.
        if property.isQuotedPrintable { try joinSoftBreaks(&bytes) }
        continue
      }
      guard property.isQuotedPrintable, bytes.last == UInt8(ascii: "=") else {
        return (number, property)
      }
      try joinSoftBreaks(&bytes)
      return (number, VCardProperty(bytes))
    }
    return nil
  }

  /// Quoted-printable goes on after a line that ends in `=`.
  private mutating func joinSoftBreaks(_ bytes: inout [UInt8]) throws(StoreError) {
    while bytes.last == UInt8(ascii: "="), let (_, more) = try nextUnfolded() {
      bytes.removeLast()
      bytes += more.prefix(max(0, Self.longestLine - bytes.count))
    }
  }

  /// A line with those that continue it: they begin with a blank, which is no part of them.
  private mutating func nextUnfolded() throws(StoreError) -> (Int, [UInt8])? {
    if !isStarted {
      pending = try nextPhysical()
      isStarted = true
    }
    guard var (number, bytes) = pending else { return nil }
    pending = try nextPhysical()
    while let (_, more) = pending, let first = more.first,
      first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), more.count > 1
    {
      bytes += more.dropFirst().prefix(max(0, Self.longestLine - bytes.count))
      pending = try nextPhysical()
    }
    return (number, bytes)
  }

  /// A line of the file without its end, cut to the longest.
  private mutating func nextPhysical() throws(StoreError) -> (number: Int, bytes: [UInt8])? {
    var bytes: [UInt8] = []
    var isAny = false
    while true {
      if position == block.count {
        block = try input.read(CSVReader.blockSize)
        (position, bytesRead) = (0, bytesRead + block.count)
        guard !block.isEmpty else { break }
      }
      isAny = true
      let rest = block[position...]
      let end = rest.firstIndex { $0 == Ascii.lf || $0 == Ascii.cr }
      bytes += rest[..<(end ?? block.count)].prefix(max(0, Self.longestLine - bytes.count))
      position = end.map { $0 + 1 } ?? block.count
      guard let end else { continue }
      // A return counts as a line end of its own only where no line feed follows.
      if block[end] == Ascii.cr, try followsLineFeed() { position += 1 }
      break
    }
    guard isAny else { return nil }
    line += 1
    return (line, bytes)
  }

  private mutating func followsLineFeed() throws(StoreError) -> Bool {
    if position == block.count {
      block = try input.read(CSVReader.blockSize)
      (position, bytesRead) = (0, bytesRead + block.count)
    }
    return position < block.count && block[position] == Ascii.lf
  }
}
