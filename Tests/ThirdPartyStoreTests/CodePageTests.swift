import Glibc
import Telephony
import Testing
import ThirdPartyStore

/// Files that say nothing of the character set in which they are.
@Suite struct CodePageTests {
  /// The letters in which the sets differ.
  private static let bytes: [String: [Character: UInt8]] = [
    "CP850": [
      "é": 0x82, "è": 0x8A, "à": 0x85, "ç": 0x87, "ö": 0x94, "ü": 0x81, "ä": 0x84, "ß": 0xE1,
      "ñ": 0xA4, "É": 0x90, "°": 0xF8, "ó": 0xA2, "Ö": 0x99, "û": 0x96,
    ],
    "Mac Roman": [
      "é": 0x8E, "è": 0x8F, "à": 0x88, "ç": 0x8D, "ö": 0x9A, "ü": 0x9F, "ä": 0x8A, "ß": 0xA7,
      "ñ": 0x96, "É": 0x83, "°": 0xA1, "ó": 0x97, "Ö": 0x85, "û": 0x9E,
    ],
    "Windows-1252": [
      "é": 0xE9, "è": 0xE8, "à": 0xE0, "ç": 0xE7, "ö": 0xF6, "ü": 0xFC, "ä": 0xE4, "ß": 0xDF,
      "ñ": 0xF1, "É": 0xC9, "°": 0xB0, "ó": 0xF3, "Ö": 0xD6, "û": 0xFB, "Š": 0x8A, "ž": 0x9E,
      "Ž": 0x8E, "š": 0x9A, "’": 0x92, "–": 0x96,
    ],
  ]

  private static func encoded(_ text: String, _ page: String) -> [UInt8] {
    text.flatMap { character in
      bytes[page]?[character].map { [$0] } ?? Array(String(character).utf8)
    }
  }

  private func name(_ file: [UInt8]) async throws -> String? {
    let store = try StoreFixture()
    let outcome = try await store.importing(bytes: file)
    #expect(outcome.refused == [])
    return try store.parties().matches(for: try store.number("0199003161")).first?.party.name
  }

  @Test(
    "Letters within words tell the set",
    arguments: ["CP850", "Mac Roman", "Windows-1252"],
    [
      "Café Noé", "Müller & Söhne", "Société générale", "Garage des Trois Épis", "Straße",
      "Muñoz", "Menuiserie Hervé", "Öztürk", "Gärtnerei Böll", "Forèt", "Vacación",
    ])
  func told(page: String, name: String) async throws {
    let header = page == "CP850" ? "Société;Téléphone" : "Nom;Téléphone"
    let text = "\(header)\r\n\(name);0199003161\r\n"
    #expect(try await self.name(Self.encoded(text, page)) == name)
  }

  @Test func aStrokeBehindALetterIsNoHalfOfAnother() async throws {
    let text =
      "Nom|Téléphone|Tél.|Localité|Notes\r\nCafé|0199003161|néant|Dié|rappelé\r\nNoé||né|Pré|André\r\n"
    #expect(try await name(Self.encoded(text, "Windows-1252")) == "Café")
  }

  @Test func aForeignNameIsNoOtherSet() async throws {
    let names = "Noé Géry Dié Hervé Théo Rémy Pré Léa René Muñoz Nuñez Zoé Bézier".split(
      separator: " ")
    let rows = names.enumerated().map { "\($1);02619100\($0 + 10)\r\n" }.joined()
    let text = "Nom;Tél\r\n\(rows)Gérard père;0199003161\r\n"
    #expect(try await name(Self.encoded(text, "Windows-1252")) == "Gérard père")
  }

  @Test(
    "Letters of CP852 that are letters of ISO-8859-15, too",
    arguments: [(0xBD, "ak", "Żak"), (0xB8, "tefan", "Ştefan")] as [(UInt8, String, String)])
  func capitals(first: UInt8, rest: String, name: String) async throws {
    let bytes = Array("Nom;Tel\n".utf8) + [first] + Array("\(rest);0199003161\n".utf8)
    #expect(try await self.name(bytes) == name)
  }

  @Test(
    "Letters of ISO-8859-15 that are fractions in Windows-1252",
    arguments: [("C\u{BD}ur d'\u{C9}t\u{E9}", "Cœur d'Été"), ("B\u{BD}uf & Fils", "Bœuf & Fils")])
  func fractions(latin: String, name: String) async throws {
    let text = "Nom;Tel\n\(latin);0199003161\n"
    let bytes = text.unicodeScalars.map { UInt8(clamping: $0.value) }
    #expect(try await self.name(bytes) == name)
  }

  @Test(
    "Names of Windows-1252 that are letters elsewhere, and files of two sets, stay as they are",
    arguments: [
      "Škoda", "Tomaš", "Božic", "Žan", "L’Étoile", "Lyon – Nord", "Société N° 1", "D’Angelo",
      "Garage de l’avenir", "Le “Bistrot”", "Tout pour 5 €", "Bob’s Garage", "Rock ’n’ Roll",
      "Marque™",
    ])
  func windows(name: String) async throws {
    #expect(
      try await self.name(Self.encoded("Nom;Tel\n\(name);0199003161\n", "Windows-1252")) == name)
    let mixed =
      Array("Société;Téléphone\n".utf8)
      + Self.encoded("\(name);0199003161\n", "Windows-1252")
    #expect(try await self.name(mixed) == name)
  }

  /// The text in a set of the C library.
  private static func bytes(_ text: String, _ charset: String) throws -> [UInt8] {
    guard let converter = iconv_open(charset, "UTF-8"), converter != iconv_t(bitPattern: -1) else {
      throw Failure.noSet
    }
    defer { iconv_close(converter) }
    var source = Array(text.utf8).map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: source.count * 2 + 16)
    let capacity = target.count
    let written = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        var (input, output) = (source.baseAddress, target.baseAddress)
        var (left, room) = (source.count, capacity)
        return iconv(converter, &input, &left, &output, &room) == 0 ? capacity - room : 0
      }
    }
    try #require(written > 0)
    return target.prefix(written).map { UInt8(bitPattern: $0) }
  }

  private enum Failure: Error { case noSet }

  @Test(
    "Names in other scripts, and of other parts of Europe",
    arguments: [
      ("CP1251", "Ромашка"), ("CP1251", "ООО Берёзка"), ("KOI8-R", "Иванов Пётр"),
      ("CP866", "Молоко Плюс"), ("CP1253", "Παπαδόπουλος ΑΕ"), ("CP1253", "Δημητρίου"),
      ("CP1256", "شركة النور"), ("CP932", "株式会社山田商店"),
      ("CP932", "ソニック表示"),
      ("GBK", "上海机电有限公司"), ("BIG5", "台灣大哥大股份有限公司"), ("CP1250", "Wiśniewski Łódź"),
      ("CP1250", "Żółw"), ("CP1250", "Dvořák Příbram"), ("CP1250", "Győző"),
      ("CP1250", "Kovács István Győr"),
      ("ISO-8859-2", "Gęślą"),
      ("CP1254", "Çağlar Öztürk Şirketi"), ("CP1257", "Žemaitė Jūratė"),
      ("CP1252", "João Conceição"),
      ("CP1252", "Cœur de Sœur"), ("CP1252", "Þórður Ægisson"), ("CP1252", "FRANÇOIS LÉVÊQUE"),
    ])
  func scripts(charset: String, name: String) async throws {
    let file = try Self.bytes("name;phone\r\n\(name);0199003161\r\n", charset)
    #expect(try await self.name(file) == name)
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\(name)\r\nTEL:0199003161\r\nEND:VCARD\r\n"
    #expect(try await self.name(try Self.bytes(card, charset)) == name)
  }

  @Test(
    "A property of a card that names no set is in the one that others name",
    arguments: [
      ("CP1251", "Віталій Кличко"), ("CP1253", "Βαγγέλης"), ("ISO-8859-2", "Szőke"),
    ])
  func named(charset: String, name: String) async throws {
    let quoted = try Self.bytes(name, charset).flatMap(Self.quoted)
    let head = Array("BEGIN:VCARD\nVERSION:2.1\nFN".utf8)
    let tail = Array("\nTEL:0199003161\nLABEL;CHARSET=\(charset):x\nEND:VCARD\n".utf8)
    let plain = try head + Array(":".utf8) + Self.bytes(name, charset) + tail
    #expect(try await self.name(plain) == name)
    let printable = head + Array(";ENCODING=QUOTED-PRINTABLE:".utf8) + quoted + tail
    #expect(try await self.name(printable) == name)
  }

  private static func quoted(_ byte: UInt8) -> [UInt8] {
    Array("=\(String(byte, radix: 16, uppercase: true))".utf8)
  }

  @Test("Quoted-printable text that names no set, and pictures that are no text")
  func unnamed() async throws {
    let quoted = try Self.bytes("Ромашка", "CP1251").flatMap(Self.quoted)
    let picture =
      Array("\nPHOTO;ENCODING=BASE64:".utf8) + [0x89, 0x50, 0xFF, 0xC2, 0x8D, 0xE8, 0xDD]
    let card =
      Array("BEGIN:VCARD\nVERSION:2.1\nFN;QUOTED-PRINTABLE:".utf8) + quoted + picture
      + Array("\nTEL:0199003161\nEND:VCARD\n".utf8)
    #expect(try await name(card) == "Ромашка")
  }

  @Test(
    "Where letters tell nothing more, the country's own set is meant",
    arguments: [
      ("HU", "Szõke", "Szőke"), ("FR", "Szõke", "Szõke"), ("PL", "Iksiñski", "Iksiński"),
      ("CZ", "Èapek", "Čapek"), ("FR", "Peña", "Peña"),
    ])
  func regions(region: String, latin: String, name: String) async throws {
    let store = try StoreFixture(region: region)
    let text = "name;phone\n\(latin);+33199003161\n"
    _ = try await store.importing(bytes: text.unicodeScalars.map { UInt8(clamping: $0.value) })
    let found = try store.parties().matches(for: try store.number("+33199003161"))
    #expect(found.map(\.party.name) == [name])
  }

  @Test("What may be of several sets is refused, and the sets are named")
  func unclear() async throws {
    let store = try StoreFixture()
    await #expect(throws: StoreError.self) {
      try await store.importing(bytes: try Self.bytes("name;phone\n김철수;0199003161\n", "EUC-KR"))
    }
    let page = try #require(CodePage(named: "EUC-KR"))
    let input = InputFile(
      name: "x", bytes: try Self.bytes("name;phone\n김철수;0199003161\n", "EUC-KR"))
    _ = try await PartyImport(into: try store.parties(), page: page).run(input) { _ in }
    let found = try store.parties().matches(for: try store.number("0199003161"))
    #expect(found.map(\.party.name) == ["김철수"])
  }

  @Test(
    "The report says in which sets few letters may be others",
    arguments: [
      ("Szőke", "ISO-8859-2", ["Windows-1250", "ISO-8859-2"]), ("Čapek", "CP1250", ["ISO-8859-2"]),
      ("Weiß", "CP850", ["CP850"]), ("Zoé", "ISO-8859-1", []), ("Müller", "ISO-8859-1", []),
    ] as [(String, String, [String])])
  func perhaps(name: String, page: String, sets: [String]) async throws {
    let store = try StoreFixture()
    let bytes = try Self.bytes("Nom;Tel\n\(name);0199003161\n", page)
    let outcome = try await store.importing(bytes: bytes)
    #expect(outcome.notices.count == (sets.isEmpty ? 0 : 1))
    for set in sets { #expect(outcome.notices.first?.contains(set) == true, "\(outcome.notices)") }
  }

  @Test(
    "What was written as UTF-8 twice is read once",
    arguments: [
      ("FranÃ§ois NoÃ«l", "François Noël"), ("Lâ€™Ã‰toile", "L’Étoile"),
      ("FranÃƒÂ§ois", "François"), ("MÃE & CIA", "MÃE & CIA"), ("Ãngela Âmbar", "Ãngela Âmbar"),
    ])
  func twice(written: String, name: String) async throws {
    #expect(try await self.name(Array("Nom;Tel\n\(written);0199003161\n".utf8)) == name)
  }

  @Test("A set that is named, and names of none")
  func named() async throws {
    let store = try StoreFixture()
    let page = try #require(CodePage(named: "ISO-8859-2"))
    let input = InputFile(
      name: "x",
      bytes: Array("Nazwa;Telefon\nW\u{0}od;0199003161\n".utf8).map { $0 == 0 ? 0xB3 : $0 })
    _ = try await PartyImport(into: try store.parties(), page: page).run(input) { _ in }
    let found = try store.parties().matches(for: try store.number("0199003161"))
    #expect(found.map(\.party.name) == ["Włod"])
    for name in ["nowhere", "UTF-8", "UTF-16", "", "CP850//IGNORE"] {
      #expect(CodePage(named: name) == nil, "\(name)")
    }
  }
}
