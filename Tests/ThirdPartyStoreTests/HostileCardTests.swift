import Telephony
import Testing
import ThirdPartyStore

/// Cards as old and odd programs write them, and as nobody should.
@Suite struct HostileCardTests {
  private func card(_ lines: String..., version: String = "3.0") -> String {
    (["BEGIN:VCARD", "VERSION:\(version)"] + lines + ["END:VCARD"]).joined(separator: "\r\n")
      + "\r\n"
  }

  /// Who has this number, as `name (contact)`.
  private func owner(_ store: StoreFixture, _ number: String) throws -> String? {
    try store.parties().matches(for: try store.number(number)).first.map { match in
      match.party.name + (match.contact.map { " (\($0))" } ?? "")
    }
  }

  @Test(arguments: [
    // RFC 2045, 6.7: an escape is two digits, and nothing else.
    ("FN;ENCODING=QUOTED-PRINTABLE:A =+A =-1 = =4 =ZZ =C3=A9", "A =+A =-1 = =4 =ZZ é"),
    ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=c3=a9 =\r\nM=C3=\r\n=BCller", "Café Müller"),
    ("FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9", "Café"),
    // Folded besides.
    ("FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Zo=c3=a9 Lef=c3=\r\n\t=a8vre", "Zoé Lefèvre"),
    ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=\r\n =A9 Ab=\r\n el", "Zoé Abel"),
    ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9=\r\n Abel", "Zoé Abel"),
    // It is UTF-8 all the same.
    ("FN;CHARSET=windows-1252:Caf\u{E9}", "Café"),
    ("item1.FN:Dupont", "Dupont"), ("fn:Dupont", "Dupont"),
    ("FN;X-A=\"a;b:c,d\";LANGUAGE=fr:Dupont", "Dupont"), ("FN;X-A=\"a:Dupont", "Dupont"),
    ("FN:a\\nb\\Nc\\, d\\; e\\\\n f\\:", "a\nb\nc, d; e\\n f:"),
    ("FN:a\\;\u{301}b;\u{301}c", "a;\u{301}b;\u{301}c"), ("FN:  Dupont\t ", "Dupont"),
    ("FN:Dupont;", "Dupont"),
    ("N:Dupont;Marie;;;", "Marie Dupont"), ("N:Dupont", "Dupont"), ("N:;Marie", "Marie"),
    ("N:Du\\;pont;Marie", "Marie Du;pont"), ("FN:\r\nN:Dupont;Marie", "Marie Dupont"),
    ("N:\\;Marie\\;\\;\\;", "Marie"),
    ("FN:\u{202E}tnopuD\u{7}", "\u{202E}tnopuD\u{7}"), ("ORG:Dupont SA;Achats;Nord", "Dupont SA"),
    ("ORG:;Achats\r\nFN:Marie", "Marie"), ("NICKNAME:x\r\nFN:Marie\r\nFN:Second", "Marie"),
  ])
  func `a name in every dress`(lines: String, name: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(card(lines, "TEL:0199000001"))
    #expect(outcome.refused == [])
    #expect(try owner(store, "0199000001") == name)
  }

  @Test(
    "A card that is set in, as a whole or but for its ends",
    arguments: ["", " ", "  ", "\t"], [" ", "  ", "\t", "    "])
  func indented(outer: String, inner: String) async throws {
    let store = try StoreFixture()
    let card = { (name: String, number: String) in
      [
        "BEGIN:VCARD", outer + inner + "VERSION:3.0", outer + inner + "FN:\(name) et",
        outer + inner
          + "  fils", outer + inner + "TEL;TYPE=work:\(number)", "END:VCARD",
      ].joined(separator: "\n").replacing("END:", with: outer + "END:") + "\n"
    }
    let outcome = try await store.importing(
      outer + card("Alpha", "0199003161") + outer + card("Beta", "0639980011"))
    #expect(outcome.refused == [])
    #expect(try owner(store, "0199003161") == "Alpha et fils")
    #expect(try owner(store, "0639980011") == "Beta et fils")
  }

  @Test(
    "Cards that are set in unevenly, quoted in a reply, or have blanks in their marks",
    arguments: [
      "BEGIN:VCARD\n  VERSION:3.0\n    FN:Alpha\n  TEL:0199003161\nEND:VCARD\n",
      "BEGIN:VCARD\n    VERSION:3.0\n  FN:Alpha\n TEL:0199003161\nEND:VCARD\n",
      "> BEGIN:VCARD\n> VERSION:3.0\n> FN:Alpha\n> TEL:0199003161\n> END:VCARD\n",
      "\u{A0}BEGIN:VCARD\n\u{A0}VERSION:3.0\n\u{A0}FN:Alpha\n\u{A0}TEL:0199003161\n\u{A0}END:VCARD\n",
      "BEGIN: VCARD\nVERSION:3.0\nFN:Alpha\nTEL:0199003161\nEND: VCARD\n",
    ])
  func odd(text: String) async throws {
    let store = try StoreFixture()
    #expect(try await store.importing(text).refused == [])
    #expect(try owner(store, "0199003161") == "Alpha")
  }

  /// RFC 6350, 3.2: a line may be folded anywhere, also within a character.
  @Test func `a line folded at every byte`() async throws {
    let name = "Crémerie \u{1F9C0} «Étoile», fille; & fils"
    let store = try StoreFixture()
    let value = name.replacing(",", with: "\\,").replacing(";", with: "\\;")
    var folded: [UInt8] = []
    for byte in "FN:\(value)".utf8 { folded += [byte] + Array("\r\n ".utf8) }
    let bytes =
      Array("BEGIN:VCARD\r\n".utf8) + folded.dropLast(3)
      + Array("\r\nTEL:0199000001\r\nEND:VCARD\r\n".utf8)
    #expect(try await store.importing(bytes: bytes).refused == [])
    #expect(try owner(store, "0199000001") == name)
  }

  @Test(arguments: [
    ("TEL:03 88 20 21 22", "phone +33388202122"),
    ("item1.TEL;type=pref;type=WORK,VOICE:03 88 20 21 22", "phone +33388202122"),
    ("TEL;TYPE=cell;TYPE=work:06 39 98 00 11", "mobile +33639980011"),
    ("TEL;CELL;PREF:06 39 98 00 11", "mobile +33639980011"),
    ("TEL;TYPE=\"home,fax\":0261910001", "fax +33261910001"),
    ("TEL;VALUE=uri:tel:+33-1-99-00-00-01;ext=12", "phone +33199000001"),
    ("TEL;VALUE=uri;TYPE=\"voice;x\":tel:0199000001;phone-context=+33", "phone +33199000001"),
    ("TEL;VALUE=URI:tel:%2B33199000001", "phone +33199000001"),
    ("TEL;VALUE=uri:tel:1024;phone-context=pbx.example", "phone 1024"),
    ("TEL;VALUE=uri:sip:+33199000001@pbx.example", "phone +33199000001"),
    ("TEL;VALUE=text:01 99 00 00 01 / 06 39 98 00 11", "phone +33199000001 phone +33639980011"),
    ("TEL:n/c", ""), ("TEL:", ""),
  ])
  func `a number in every dress`(line: String, numbers: String) async throws {
    let store = try StoreFixture()
    // The country of who has it does not matter to a number that says its own.
    let outcome = try await store.importing(card("FN:A", "X-SCREENPOP-CODE:A", line))
    #expect(outcome.refused == [])
    let record = try #require(try store.parties().record("A"))
    #expect(
      record.numbers.map { "\($0.use.rawValue) \($0.number?.key ?? "")" }.joined(separator: " ")
        == numbers)
  }

  @Test func `a card within a card`() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      card(
        "FN:Chef", "AGENT:", card("FN:Assistante", "TEL:0199000002") + "TEL:0199000001",
        version: "2.1"))
    #expect(outcome.refused == [])
    #expect(try owner(store, "0199000001") == "Chef")
    #expect(try owner(store, "0199000002") == nil)
  }

  @Test func `cards that say nothing or never end`() async throws {
    let store = try StoreFixture()
    let text =
      "BEGIN:VCARD\r\nEND:VCARD\r\nBEGIN:VCARD\r\n\r\nEND:VCARD\r\nEND:VCARD\r\n"
      + "BEGIN:VCARD\r\nBEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B"
    let outcome = try await store.importing(text)
    #expect(
      outcome.refused == [
        "1: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
        "3: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
        "6: stands outside of any vCard",
        "7: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
        // What stands on the last line may have been cut off.
        "11: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
      ])
    #expect(outcome.report.taken == 1)
    #expect(outcome.report.lost == 0)
  }

  @Test(
    "What a file ends with is kept, and is not certain where it may have been cut off",
    arguments: [
      ("\r\n", "exact"), ("", "weak"), ("\r\nE", "exact"), ("\r\nORG:Al", "exact"),
    ])
  func end(rest: String, strength: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Alpha\r\nTEL:0199003161" + rest)
    #expect(outcome.report.taken == 1)
    let matches = try store.parties().matches(for: try store.number("0199003161"))
    #expect(matches.map { "\($0.party.name) \($0.strength)" } == ["Alpha \(strength)"])
  }

  @Test(
    "A card on one line, as pages of the Web and other languages show it",
    arguments: [
      "BEGIN:VCARD VERSION:3.0 N:Abel;Zoé;;; FN:Zoé Abel TEL;TYPE=CELL:0199003161 REV:20141012T151100Z END:VCARD",
      "BEGIN:VCARD VERSION:2.1 N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Abel;Zo=C3=A9 TEL;HOME:0199003161 END:VCARD",
      "BEGIN:VCARD\\nVERSION:3.0\\nFN:Zoé Abel\\nNOTE:a\\\\nb\\nTEL:0199003161\\nEND:VCARD",
      "BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nFN:Zoé Abel\\r\\nTEL:0199003161\\r\\nEND:VCARD\\r\\n",
    ])
  func oneLine(text: String) async throws {
    let store = try StoreFixture()
    _ = try await store.importing(text + "\n" + card("FN:Beta", "TEL:0639980011"))
    #expect(try owner(store, "0199003161") == "Zoé Abel")
    #expect(try owner(store, "0639980011") == "Beta")
  }

  @Test func `properties that are called as headers of tables are`() async throws {
    let store = try StoreFixture()
    let text =
      "BEGIN:VCARD\nGroup: \nFirst name:Zoé\nLast name: Abel\nHome phone:0199003161\nCell phone:0639980011\n"
      + "Assistant phone:0261910001\nE-Mail 2:zoe@abel.example\nEND:VCARD\n"
    #expect(try await store.importing(text).refused == [])
    #expect(try owner(store, "0199003161") == "Zoé Abel")
    #expect(try owner(store, "0639980011") == "Zoé Abel")
    #expect(try owner(store, "0261910001") == nil)
  }

  @Test func `thousands of cards, with pictures`() async throws {
    let store = try StoreFixture()
    let picture = (1...40).map { _ in " " + String(repeating: "QUJD", count: 18) }
      .joined(separator: "\r\n")
    var text = ""
    for index in 0..<3_000 {
      text += card("FN:Nom \(index)", "UID:\(index)", "TEL:019900\(1_000 + index % 9_000)")
      if index.isMultiple(of: 1_000) {
        text += card(
          "FN:Photo \(index)", "UID:p\(index)", "PHOTO;ENCODING=b;TYPE=JPEG:\r\n\(picture)")
      }
    }
    let outcome = try await store.importing(text)
    #expect(
      outcome.report
        == {
          var report = ImportReport(taken: 3_003, refused: 0, isApplied: true)
          report.isVCard = true
          return report
        }())
    #expect(try store.parties().count() == 3_003)
  }
}
