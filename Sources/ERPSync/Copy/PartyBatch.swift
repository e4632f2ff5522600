import Telephony
import ThirdPartyStore

/// Some rows of the ERP, read: those of one key that follow each other are one.
struct PartyBatch: Sendable {
  /// After so many rows a batch is handed on.
  static let size = 4_000
  /// A party with more numbers than this goes on in a row of its own.
  private static let mostNumbers = 1_000

  private(set) var parties: [CopiedRow] = []
  /// Keys of who is not active.
  private(set) var gone: [String] = []
  private(set) var notices: [String] = []
  /// How many rows came.
  private(set) var rows = 0
  /// How many of them were not taken.
  private(set) var refused = 0

  var isFull: Bool { rows >= Self.size }

  /// Adds a row to the batch.
  mutating func add(_ row: ReadPartyRow) {
    rows += 1
    if notices.count < Self.size { notices += row.notices }
    switch row.content {
    case .refused: refused += 1
    case .gone(let key): if gone.last != key { gone.append(key) }
    case .party(let party):
      guard let last = parties.last, last.key == party.key, last.owner == party.owner,
        Identity.isSame(party.name, as: last.name), last.numbers.count < Self.mostNumbers
      else { return parties.append(party) }
      parties[parties.count - 1].numbers += party.numbers
    }
  }
}
