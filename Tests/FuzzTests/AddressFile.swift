@testable import ThirdPartyStore

/// Files of third parties: rows of CSV and vCards, read at once and in two blocks alike.
enum AddressFile: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let cut = min(Int(bytes.first ?? 0), bytes.count)
    let first = Array(bytes[..<cut])
    func rest() -> InputFile { InputFile(name: "rest", bytes: Array(bytes[cut...])) }
    let separator = Array(",;\t".utf8)[Int(bytes.last ?? 0) % 3]
    precondition(
      rows(CSVReader(separator: separator, block: bytes))
        == rows(CSVReader(separator: separator, block: first, input: rest())),
      "rows read otherwise in two blocks")
    precondition(
      cards(VCardReader(block: bytes, input: InputFile(name: "none", bytes: [])))
        == cards(VCardReader(block: first, input: rest())),
      "cards read otherwise in two blocks")
  }
}

private func rows(_ reader: CSVReader) -> [[String]] {
  var reader = reader
  var rows: [[String]] = []
  while let record = try? reader.next() {
    rows.append(["\(record.line)"] + (0...record.count).map { record.text($0) })
  }
  return rows
}

private func cards(_ reader: VCardReader) -> [[String]] {
  var reader = reader
  var cards: [[String]] = []
  while let card = try? reader.next() {
    cards.append(
      ["\(card.line)", card.damage ?? ""] + card.properties.flatMap { [$0.text] + $0.components })
  }
  return cards
}
