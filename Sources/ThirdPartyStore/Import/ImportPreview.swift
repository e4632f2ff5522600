public import PhoneNumbers
public import Telephony

/// A row of a file as an import would take it.
public struct PreviewedRow: Hashable, Sendable {
  /// Its line in the file, from 1.
  public var line: Int
  /// The code that the party would have.
  public var code: String
  /// Nil where the row says none.
  public var kind: ThirdPartyKind?
  /// The party's name; empty where an earlier row or the store has it.
  public var name: String
  /// The contact person whose numbers these are; empty for the party's own.
  public var contact: String
  /// The numbers, as they would be read.
  public var numbers: [ListedNumber]
}

extension PartyImport {
  /// The first `count` rows of `input` as they would be taken, each with what would be told; nothing is
  /// changed. Throws `badInput` when there is no usable header line.
  public static func preview(
    _ input: InputFile, plan: NumberPlan, map: ImportMap = ImportMap(), page: CodePage? = nil,
    count: Int, tell: (ImportEvent) -> Void
  ) throws(StoreError) -> [PreviewedRow] {
    var rows = try rows(of: input, plan: plan, map: map, page: page, tell: tell)
    var shown: [PreviewedRow] = []
    var latest: ReadRow?
    while shown.count < count, let unread = try rows.next() {
      latest = unread.read()?.settled(below: unread.isBelow ? latest : nil)
      guard let row = latest else { continue }
      switch row.content {
      case .failure(let refusal): tell(.refused(line: row.line, why: refusal.why))
      case .success(let party):
        shown.append(
          PreviewedRow(
            line: row.line, code: party.code, kind: party.kind,
            name: party.name.isEmpty ? party.fallback : party.name,
            contact: party.name.isEmpty && party.contact == party.fallback ? "" : party.contact,
            numbers: party.numbers))
        for notice in row.notices { tell(.notice(line: row.line, notice)) }
      }
    }
    return shown
  }
}
