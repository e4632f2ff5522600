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

  @Test(
    "Names of Windows-1252 that are letters elsewhere, and files of two sets, stay as they are",
    arguments: ["Škoda", "Tomaš", "Božic", "Žan", "L’Étoile", "Lyon – Nord", "Société N° 1"])
  func windows(name: String) async throws {
    #expect(
      try await self.name(Self.encoded("Nom;Tel\n\(name);0199003161\n", "Windows-1252")) == name)
    let mixed =
      Array("Société;Téléphone\n".utf8)
      + Self.encoded("\(name);0199003161\n", "Windows-1252")
    #expect(try await self.name(mixed) == name)
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
    for name in ["nowhere", "UTF-8", "Shift_JIS", "UTF-16", "", "CP850//IGNORE"] {
      #expect(CodePage(named: name) == nil, "\(name)")
    }
  }
}
