import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Import, export, import: nothing changes, whatever strangers call themselves.
@Suite struct RoundTripTests {
  /// What a text may hold: the marks of CSV and of vCards, line ends, formulas, directions, other scripts.
  private static let texts = [
    "Dupont; fille, fils", "\"Dupont\"", "\"", "\"\"", "a\"b", "a\\nb", "a\\", "\\;", "\\\\n,",
    "deux\nlignes", "trois\r\nlignes\rici", "\tonglet", "a\tb", "=1+2", "'=1+2", "''=1+2", "'",
    "''a",
    "'Étoile'", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.example\";\"x\")", "+33",
    "+33388202122",
    "'+33388202122", "-", "--", "@SUM(A1)", "@", "+cmd", "'-1", "=", "BEGIN:VCARD", "END:VCARD",
    "TEL:0388202122", "a:b;c:d", "\u{202E}tnopuD", "\u{2066}a\u{2069}", "\u{200F}", "\u{FEFF}a",
    "e\u{301}", "a\"\u{301},b", "\"\u{200D}", "\u{600}\"", ";\u{301}", ",\u{301}", "\\\u{301}n",
    "n\u{301}", "\n\u{301}",
    "\u{1F469}\u{200D}\u{1F52C}",
    "张伟", "İstanbul", "Straße", "\u{1B}[31mrouge", "\u{7}", "\u{85}a\u{2028}b\u{2029}c", "a\u{A0}b",
    String(repeating: "é", count: 300), "sep=;", "#",
    "a b  c",
    "code", "name;phone", "%3D", "=C3=A9", "=\n=41", "&amp;", "<b>", "{code}", "$(rm)", "`id`",
  ]

  private func filled() async throws -> StoreFixture {
    let store = try StoreFixture()
    let copy = try PartyCopy(into: try store.parties(), from: "erp", .full)
    let number = { (text: String, use: ListedNumber.Use, contact: String?) throws -> ListedNumber in
      let read: PhoneNumber = try #require(store.plan.numbers(inField: text, region: "DE").first)
      return ListedNumber(use: use, number: read, text: text, contact: contact)
    }
    for (index, text) in Self.texts.enumerated() {
      try copy.add([
        CopiedRow(
          key: "\(index)", code: text, kind: .customer, name: text, address: text, zip: text,
          city: text, country: "DE", email: text,
          remarks: index == 0 ? String(repeating: "x,", count: 100_000) : text,
          numbers: [
            try number("+4930123456", .phone, nil), try number("30 123456", .mobile, nil),
            try number("1024", .extension, nil), try number("88202122", .fax, nil),
          ]),
        CopiedRow(
          key: "\(index) c", owner: "\(index)", name: text + "'s",
          numbers: [try number("030 123456", .phone, nil), try number("30 123457", .phone, nil)]),
        CopiedRow(key: "\(index) d", owner: "\(index)", name: text),
      ])
    }
    _ = try copy.finish(mark: nil, at: nil)
    return store
  }

  @Test(arguments: [ExportFormat.csv, .vCard(.three), .vCard(.four)])
  func `hostile texts come back as they went`(format: ExportFormat) async throws {
    let (store, copy) = (try await filled(), try StoreFixture())
    let export = { (store: StoreFixture) throws -> String in
      var text = ""
      try store.parties().export(as: format) { text += $0 }
      return text
    }
    let text = try export(store)
    let outcome = try await copy.importing(text)
    #expect(outcome.refused == [])
    #expect(outcome.notices == [])
    #expect(try copy.parties().count() == (try store.parties().count()))
    #expect(try export(copy) == text)
    #expect(try copy.exported() == (try store.exported()))
    // A second time into the same store.
    try await copy.importing(text)
    #expect(try export(copy) == text)
  }

  /// What a spreadsheet would take for a formula does not begin a field.
  @Test(arguments: [
    ("=1+2", "'=1+2"), ("+cmd", "'+cmd"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("'=1", "''=1"),
    ("+33388202122", "+33388202122"), ("O'Brien", "O'Brien"), ("'t Hooft", "'t Hooft"),
    ("1-2", "1-2"),
  ])
  func `a formula is exported as text`(name: String, field: String) async throws {
    let store = try StoreFixture()
    let copy = try PartyCopy(into: try store.parties(), from: "erp", .full)
    try copy.add([CopiedRow(key: "1", code: "C1", name: name)])
    _ = try copy.finish(mark: nil, at: nil)
    #expect(try store.exported().contains("\nC1,\(field),other,"))
  }
}
