import GRDB
import Telephony
import Testing
import ThirdPartyStore

/// Looking third parties up by name, city or code, as one types.
@Suite struct SearchTests {
  private static let parties = """
    code;name;city;phone
    C00123;L'Étoile d'Or;Saint-Étienne
    C00124;Œuvres de la Straße;Strasbourg
    C00125;S.N.C.F. Réseau;Paris
    C00126;Ets Müller & Fils;St-Louis
    C00127;Société Saint Éloi;Lyon
    C00128;O\u{2019}Brien;Cork
    C00129;İSTANBUL Halı;İzmir
    C00130;Coca-Cola;Ivry
    C00131;Garage Dupont;Lille
    C00132;Dupont SA;Strasbourg
    C00133;Ateliers Le Dupont;Metz
    C00134;Martin;Dupontville
    DUP1;Zorro;Nice
    C00135;Étoile du Sud;Nice
    C00136;100% Bio;Brest
    C00137;Łódź Ærø;Gdańsk
    00042;Zéro Pointé;Pau
    C00138;张伟;北京
    C00139;Café 🍕 Napoli;Lens
    C00140;Ste Dupré Cie;Dax
    """

  /// What is typed, and the codes, best first.
  @Test(arguments: [
    // Accents, ligatures, case, other alphabets.
    ("etoile", ["C00135", "C00123"]), ("ÉTOILE", ["C00135", "C00123"]),
    ("e\u{301}toi", ["C00135", "C00123"]),
    ("oeuvres", ["C00124"]), ("œuv", ["C00124"]), ("strasse", ["C00124"]), ("straße", ["C00124"]),
    ("STRASSE", ["C00124"]), ("muller", ["C00126"]), ("MÜLL", ["C00126"]), ("istanbul", ["C00129"]),
    ("İstanbul", ["C00129"]), ("ISTANBUL", ["C00129"]), ("hali", ["C00129"]), ("izmir", ["C00129"]),
    ("lodz", ["C00137"]), ("aero", ["C00137"]), ("ærø", ["C00137"]), ("gdansk", ["C00137"]),
    ("张", ["C00138"]), ("北京", ["C00138"]),
    // Apostrophes, hyphens, dots.
    ("l'etoile", ["C00123"]), ("letoile", ["C00123"]), ("l’étoile", ["C00123"]),
    ("l etoile", ["C00123"]), ("dor", ["C00123"]), ("obrien", ["C00128"]), ("o'brien", ["C00128"]),
    ("o brien", ["C00128"]), ("sncf", ["C00125"]), ("s.n.c.f.", ["C00125"]),
    ("cocacola", ["C00130"]),
    ("coca cola", ["C00130"]), ("coca-c", ["C00130"]), ("saint-etienne", ["C00123"]),
    ("saintetienne", ["C00123"]), ("saint etienne", ["C00123"]), ("st etienne", ["C00123"]),
    ("st-etienne", ["C00123"]), ("saint louis", ["C00126"]), ("st eloi", ["C00127"]),
    ("ste saint eloi", ["C00127"]), ("etablissements muller", ["C00126"]), ("ets mul", ["C00126"]),
    ("societe dupre", ["C00140"]), ("compagnie dupre", ["C00140"]),
    // Several words, in any order, with a city.
    ("dupont garage", ["C00131"]), ("gar dup", ["C00131"]), ("dup lil", ["C00131"]),
    ("lille garage", ["C00131"]), ("garage paris", []), ("nice", ["C00135", "DUP1"]),
    // The best first: the code, names that begin so, codes that do, words of names, cities.
    ("dup", ["C00132", "DUP1", "C00133", "C00131", "C00140", "C00134"]),
    ("dupont", ["C00132", "C00133", "C00131", "C00134"]), ("dupont s", ["C00132"]),
    ("dup1", ["DUP1"]), ("DUP1", ["DUP1"]), ("e", ["C00135", "C00126", "C00123", "C00127"]),
    // Codes, with their zeros or without.
    ("C00123", ["C00123"]), ("c00123", ["C00123"]), ("c123", ["C00123"]), ("C0123", ["C00123"]),
    ("00042", ["00042"]), ("42", ["00042"]), ("042", ["00042"]), ("100", ["C00136"]),
    // The query language of the index, and what it does not know.
    ("\"", []), ("*", []), ("-", []), ("NEAR", []), ("AND", []), ("OR NOT", []),
    ("^dupont", ["C00132", "C00133", "C00131", "C00134"]),
    ("name:dupont", []), ("dupont*", ["C00132", "C00133", "C00131", "C00134"]),
    ("(dupont", ["C00132", "C00133", "C00131", "C00134"]),
    ("dupont\"", ["C00132", "C00133", "C00131", "C00134"]), ("' OR 1=1 --", []), ("{}", []),
    ("%", []),
    ("_", []), ("100%", ["C00136"]), ("🍕", []), ("cafe 🍕", ["C00139"]), ("café napoli", ["C00139"]),
    ("\u{0}", []), ("\u{202E}", []), ("\n", []), ("'", []), ("''", []),
  ])
  func `what is typed finds, best first`(text: String, codes: [String]) async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let found = try store.parties().search(text, limit: 20).map(\.code)
    #expect(found == codes)
  }

  /// Whoever stands in the list for a longer beginning stands in the one for a shorter.
  @Test func `each key narrows the list`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let parties = try store.parties()
    for text in [
      "l'etoile d'or saint-etienne", "dupont sa strasbourg", "ets muller & fils", "s.n.c.f. reseau",
      "c00123", "coca-cola", "o'brien cork", "istanbul hali",
    ] {
      let whole = try parties.search(text, limit: 1)
      #expect(whole.count == 1, "\(text)")
      for length in 1...text.count {
        let found = try parties.search(String(text.prefix(length)), limit: 50)
        #expect(found.contains { $0 == whole.first }, "\(text.prefix(length))")
      }
    }
  }

  @Test func `a text of ten thousand characters, and words without end`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let parties = try store.parties()
    for (word, same) in [
      ("x", nil), ("\"", nil), ("🍕", nil), ("\u{301}", nil), ("a ", "a"), ("l'", "l"), ("é.", "e"),
    ] as [(String, String?)] {
      let found = try parties.search(String(repeating: word, count: 10_000), limit: 20)
      let expected = try same.map { try parties.search($0, limit: 20) } ?? []
      #expect(Set(found) == Set(expected), "\(word)")
    }
  }

  @Test func `a party that changes is found by its new name only`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    try await store.importing("code;name;city;phone\nC00123;L’Arc-en-Ciel;Évry\n")
    let parties = try store.parties()
    for old in ["letoile", "etoile dor", "st etienne"] {
      #expect(try parties.search(old, limit: 5) == [])
    }
    for new in ["larc", "arcenciel", "evry"] {
      #expect(try parties.search(new, limit: 5).map(\.code) == ["C00123"], "\(new)")
    }
    let made = try parties.create(NewThirdParty(name: "D’Artagnan", city: "St-Lô"))
    #expect(try parties.search("dartagnan saint lo", limit: 5) == [made])
  }
}
