import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

@Suite struct VCardTests {
  /// `name (kind, city, country): use number(contact) …` of the only party.
  private func picture(_ store: StoreFixture) throws -> [String] {
    var codes: [String] = []
    try store.parties().export { row in codes.append(String(row.prefix { $0 != "," })) }
    var seen: Set<String> = []
    return try codes.dropFirst().filter { seen.insert($0).inserted }.compactMap { code in
      try store.parties().record(code).map { record in
        let numbers = record.numbers.map {
          "\($0.use.rawValue) \($0.number?.key ?? "-")(\($0.contact ?? ""))"
        }
        let summary = record.summary
        return "\(summary.name) (\(summary.kind.rawValue), \(summary.city), \(record.country)): "
          + numbers.joined(separator: " ")
      }
    }.sorted()
  }

  @Test(arguments: [
    // RFC 6350, section 8, with numbers of ours.
    (
      """
      BEGIN:VCARD
      VERSION:4.0
      FN:Simon Perreault
      N:Perreault;Simon;;;ing. jr,M.Sc.
      TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+33-1-99-00-00-01;ext=102
      item1.TEL;VALUE=uri;TYPE="work,cell,voice,video,text":tel:+33-6-39-98-00-01
      ADR;TYPE=work:;Suite D2-630;2875 Laurier;Québec;QC;G1V 2M2;Canada
      PHOTO;VALUE=uri:http://www.example.com/pub/photos/jqpublic.gif
      END:VCARD
      """,
      "Simon Perreault (other, Québec, CA): phone +33199000001() mobile +33639980001()"
    ),
    // A person of an organization, folded, escaped, in a group, types in lower case.
    (
      """
      begin:vcard
      version:3.0
      n:Dupont;Marie;;;
      fn:Marie
        Dupont
      org:Tôles\\, Fers \\; Cie;Achats
      tel;type=work;type=FAX:01 99 00 00 02
      A.tel;type=home;type="CELL,voice":06 39 98 00 02 (perso)
      note:a\\nb\\, c
      end:vcard
      """,
      "Tôles, Fers ; Cie (other, , ): fax +33199000002(Marie Dupont) mobile +33639980002(Marie Dupont)"
    ),
    // 2.1 as telephones and Outlook write it.
    (
      """
      BEGIN:VCARD
      VERSION:2.1
      N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=
      =C3=B6rg
      TEL;WORK;VOICE:0261910001
      TEL;CELL;VOICE:0639980003
      ADR;WORK;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:;;3 rue;S=E9lestat;;67600;France
      PHOTO;ENCODING=BASE64;JPEG:
       /9j/4AAQSkZJRgABAQEAYABgAAD

      CATEGORIES:Amis,Client
      END:VCARD
      """,
      "Jörg Müller (customer, Sélestat, FR): phone +33261910001() mobile +33639980003()"
    ),
    // The country of the address reads the number.
    (
      "BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Berlin GmbH\r\nTEL:030 123456\r\n"
        + "ADR:;;Platz 1;Berlin;;10115;Deutschland\r\nEND:VCARD\r\n",
      "Berlin GmbH (other, Berlin, DE): phone +4930123456()"
    ),
  ])
  func `cards as programs write them`(text: String, expected: String) async throws {
    for ends in ["\n", "\r\n", "\r"] {
      let store = try StoreFixture()
      let unified = text.replacing("\r\n", with: "\n").replacing("\n", with: ends)
      let outcome = try await store.importing(unified)
      #expect(outcome.refused == [])
      #expect(outcome.report.isVCard)
      #expect(try picture(store) == [expected])
    }
  }

  @Test func `people of one organization are contact persons of one party`() async throws {
    let store = try StoreFixture()
    let card = { (name: String, number: String) in
      "BEGIN:VCARD\nFN:\(name)\nORG:Dupont SA\nTEL:\(number)\nEND:VCARD\n"
    }
    let text =
      card("Marie", "0639980001") + card("Dupont SA", "0199000001") + card("Paul", "0639980002")
    for _ in 1...2 {
      try await store.importing(text)
      #expect(
        try picture(store) == [
          "Dupont SA (other, , ): phone +33639980001(Marie) phone +33199000001() "
            + "phone +33639980002(Paul)"
        ])
    }
    let matches = try store.parties().matches(for: try store.number("0639980002"))
    #expect(matches.map(\.contact) == ["Paul"])
  }

  @Test func `cards that are not taken are named with line and reason`() async throws {
    let store = try StoreFixture()
    let text = """
      BEGIN:VCARD
      FN:Un
      TEL:0199000001
      END:VCARD
      stray
      BEGIN:VCARD
      TEL:0199000002
      END:VCARD
      BEGIN:VCARD
      FN:Trois
      TEL:call me
      END:VCARD
      BEGIN:VCARD
      FN:Quatre
      BEGIN:VCARD
      FN:Cinq
      TEL:0199000005
      TEL:voir Paul
      ADR:;;;;;;Atlantis
      END:VCARD
      BEGIN:VCARD
      FN:Six
      no property
      END:VCARD
      BEGIN:VCARD
      FN:Sept
      """
    let outcome = try await store.importing(text)
    #expect(
      outcome.refused == [
        "5: stands outside of any vCard",
        "6: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
        "25: neither a name (FN, N, NICKNAME, EMAIL) nor an organization (ORG)",
      ])
    #expect(
      outcome.notices == [
        "9: TEL \"call me\": no telephone number, left out", "13: has no END",
        "15: the country \"Atlantis\" is not known: its national numbers match weakly only",
        "15: TEL \"voir Paul\": no telephone number, left out",
      ])
    #expect(outcome.report.taken == 5)
    #expect(outcome.report.lost == 0)
    #expect(outcome.report.isApplied)
    let strict = try StoreFixture()
    #expect(try await !strict.importing(text, allOrNothing: true).report.isApplied)
    #expect(try strict.parties().count() == 0)
  }

  @Test func `hostile cards`() async throws {
    let store = try StoreFixture()
    let line = String(repeating: "x", count: 3_000_000)
    let text = """
      BEGIN:VCARD
      FN:A\u{202E}B\u{0}\u{1B}[31m
      PHOTO;ENCODING=b:\(line)
      NOTE;ENCODING=QUOTED-PRINTABLE:=4=ZZ=
      =
      =41
      TEL;TYPE="a:b;c":0199000001
      TEL;TYPE=:0199000002
      X-\u{1}:1
      END:VCARD
      """
    let outcome = try await store.importing(text)
    #expect(outcome.report.taken + outcome.report.refused == 1)
    let open = try await store.importing("BEGIN:VCARD\nFN:\(line)\n")
    #expect(open.report.taken == 0)
    let many = String(repeating: "TEL:0199000001\n", count: 20_000)
    let long = try await store.importing("BEGIN:VCARD\nFN:A\n\(many)END:VCARD")
    #expect(long.notices == ["1: more than 10000 properties: the others left out"])
  }

  private static let sample = #"""
    code;name;kind;phone;mobile;fax;poste;contact;email;address;zip;city;country;notes
    C1;"Dupont; ""SA"", \Fils";customer;0388202122;0639980011;;;;a@b.example;"1 rue
    des Tanneurs";67000;Strasbourg;FR;"note, with; marks"
    C1;;;0639980012;;;;Marie Dupont;;;;;;
    C1;;;;;;;Sans Numéro;;;;;;
    C2;Müller très très longue raison sociale qui dépasse de beaucoup une ligne de carte;fournisseur;388202122;;0261910001;1025;;;;;;;
    C3;张伟;prospect;88202122;;;;;;;;;;
    C4;Sans numéro;autre;;;;;;;;;;;
    ;Sans code;contact;0465710001;;;;;;;;;;
    """#

  @Test(arguments: [ExportFormat.vCard(.three), .vCard(.four)])
  func `what is exported as vCards makes the same store again`(format: ExportFormat) async throws {
    let (store, copy) = (try StoreFixture(), try StoreFixture())
    try await store.importing(Self.sample)
    var cards = ""
    try store.parties().export(as: format) { cards += $0 }
    for line in cards.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    let outcome = try await copy.importing(cards)
    #expect(outcome.refused == [])
    #expect(outcome.notices == [])
    #expect(try copy.exported() == (try store.exported()))
  }

  @Test(
    "Telephones under names that programs made up, and none",
    arguments: [
      ("PHONE.WORK:0199000001", ["+33199000001"]), ("PHONE;TYPE=CELL:0199000001", ["+33199000001"]),
      ("TEL.HOME:0199000001", ["+33199000001"]), ("Telephone:0199000001", ["+33199000001"]),
      ("X-PHONETIC-FIRST-NAME:0199000001", []), ("X-ASSISTANT-PHONE:0199000001", []),
      ("SPOUSE-PHONE:0199000001", []), ("TITLE:0199000001", []),
    ] as [(String, [String])])
  func madeUp(line: String, numbers: [String]) throws {
    let text = "BEGIN:VCARD\nVERSION:4.0\nFN:Un\n\(line)\nEND:VCARD\n"
    let input = InputFile(name: "x", bytes: Array(text.utf8))
    let rows = try PartyImport.preview(input, plan: NumberPlan(), count: 2) { _ in }
    #expect(rows.flatMap { $0.numbers.compactMap { $0.number?.key } } == numbers)
  }

  @Test("A value whose last soft break nothing follows ends there")
  func softBreakAtEnd() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      """
      BEGIN:VCARD
      VERSION:2.1
      FN:Un
      ADR;ENCODING=QUOTED-PRINTABLE:=
      ;;=
      Rue =C3=89mile;Metz;;57000;=

      LABEL;ENCODING=QUOTED-PRINTABLE:=
      Rue =C3=89mile
      TEL:0199000001
      END:VCARD

      """)
    #expect(outcome.notices == [])
    let found = try store.parties().matches(for: try store.number("0199000001"))
    #expect(found.map(\.party.city) == ["Metz"])
  }

  @Test(
    "A number that no call can match is told, whatever was meant by it",
    arguments: ["7654321", "+33 1"])
  func tooShort(text: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "BEGIN:VCARD\nFN:Un\nTEL:\(text)\nTEL:0199000001\nEND:VCARD\n")
    #expect(outcome.notices == ["1: TEL \"\(text)\" lacks digits: no call matches it"])
  }

  @Test(
    "A card that lost its BEGIN",
    arguments: [
      "VERSION:3.0\nFN:Un\nTEL:0199000001\nEND:VCARD\n",
      "N:Un;;;;\nTEL;CELL:0199000001\nEND:VCARD\nBEGIN:VCARD\nFN:Deux\nTEL:0199000002\nEND:VCARD\n",
      "BEGIN:VCARD\nFN:Deux\nTEL:0199000002\nEND:VCARD\nFN:Un\nTEL:0199000001\nEND:VCARD\n",
    ])
  func lostBegin(text: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(text)
    #expect(outcome.refused == [])
    let found = try store.parties().matches(for: try store.number("0199000001"))
    #expect(found.map(\.party.name) == ["Un"])
  }
}
