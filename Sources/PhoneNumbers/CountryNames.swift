internal import Foundation

/// The names of countries, folded, made once when the first is asked for.
struct CountryNames: Sendable {
  static let all = CountryNames()

  /// Languages in which all countries are named.
  private static let languages = ["fr", "en", "de", "es", "it", "nl"]

  /// Names, all in one word.
  private let codes: [String: String]
  /// Names without the words that name no country; where two countries have one left, neither does.
  private let cores: [String: String]

  private init() {
    var codes: [String: String] = [:]
    var cores: [String: Set<String>] = [:]
    let regions = Locale.Region.isoRegions.map(\.identifier).filter {
      $0.utf8.count == 2 && NumberPlan.knows(region: $0)
    }
    var named: [(name: String, code: String)] = []
    for language in Self.languages {
      let locale = Locale(identifier: language)
      named += regions.compactMap { region in
        locale.localizedString(forRegionCode: region).map { ($0, region) }
      }
    }
    // What a country calls itself, in all of its languages.
    for identifier in Locale.availableIdentifiers {
      let locale = Locale(identifier: identifier)
      guard let region = locale.region?.identifier, regions.contains(region),
        let name = locale.localizedString(forRegionCode: region)
      else { continue }
      named.append((name, region))
    }
    for region in regions {
      let language = Locale.Language(identifier: "und-\(region)").maximalIdentifier
      if let name = Locale(identifier: language).localizedString(forRegionCode: region) {
        named.append((name, region))
      }
    }
    // Where there are no umlauts to type: `Oesterreich`.
    named += named.compactMap { name, code in
      let typed = name.replacing("ä", with: "ae").replacing("ö", with: "oe")
        .replacing("ü", with: "ue").replacing("Ö", with: "Oe").replacing("Ä", with: "Ae")
      return typed == name ? nil : (typed, code)
    }
    for (name, code) in Self.others + named {
      let (key, core) = (Self.folded(name), Self.core(name))
      // Two countries call themselves so.
      guard !Self.shared.contains(core) else { continue }
      // Where two countries have one name in two languages, the first language decides.
      if codes[key] == nil { codes[key] = code }
      if !core.isEmpty { cores[core, default: []].insert(code) }
    }
    self.codes = codes
    self.cores = cores.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// The country that the text names, by its usual name or by one that says its form besides.
  func code(of text: String, folded key: String) -> String? {
    if let code = codes[key] { return code }
    let core = Self.core(text)
    guard !core.isEmpty, core != key else { return nil }
    if let code = cores[core] {
      // The Republic of China is not the People's Republic.
      return code == "CN" && !Self.words(text).contains(where: Self.people.contains) ? nil : code
    }
    return core.contains(" ") ? nil : adjective(core)
  }

  /// The country of which a word is the adjective: `française`, `Slovak`. The one name with which it has most
  /// letters in common, and nearly all of that name's.
  private func adjective(_ word: String) -> String? {
    var best: (length: Int, codes: Set<String>) = (0, [])
    for (name, code) in cores where !name.contains(" ") {
      let common = zip(name, word).prefix { $0 == $1 }.count
      guard common == name.count || (common >= 5 && common >= name.count - 2),
        common >= 4, common >= best.length
      else { continue }
      best = (common, common > best.length ? [code] : best.codes.union([code]))
    }
    return best.codes.count == 1 ? best.codes.first : nil
  }

  /// Letters and digits in small letters without accents, of any script.
  static func folded(_ text: String) -> String {
    words(text).joined()
  }

  static func words(_ text: String) -> [String] {
    let plain = text.folding(
      options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    return plain.unicodeScalars.split {
      !$0.properties.isAlphabetic && $0.properties.numericType == nil
    }
    .map { part in
      String(part).replacing("ß", with: "ss").replacing("ø", with: "o").replacing("æ", with: "ae")
    }
  }

  private static func core(_ text: String) -> String {
    words(text).filter { !forms.contains($0) }.sorted().joined(separator: " ")
  }

  /// Words of an official name that say which form of state it has, and those that join them.
  private static let forms: Set<String> = {
    let words = """
      the a of and rep la le les l el los las il lo i gli die der das de del della dello delle dei degli di du des d
      den het von van united unis unies unie unido unidos unida unito uniti unita vereinigte vereinigtes verenigde
      verenigd island islands isle ile iles insel inseln isla islas isola isole eiland eilanden
      und et e y en s state states etat etats staat estado stato stati
      republic republique republik republica repubblica republiek federal federale federative federativa
      federatieve federated federati federes federados foderative foderierte federale bundesrepublik bondsrepubliek kingdom royaume konigreich reino regno koninkrijk
      confederation eidgenossenschaft confederacion confederazione confederatie
      principality principaute furstentum principado principato prinsdom vorstendom
      duchy grand duche grossherzogtum gran ducado granducato groothertogdom
      commonwealth gemenebest bondsstaat sultanate sultanat sultanato sultanaat emirate emirat union unione
      islamic islamique islamische islamica islamitische arab arabe araba arabische
      democratic democratique demokratische democratica democratische socialist socialiste sozialistische
      socialista socialistische bolivarian bolivarienne bolivariana plurinational plurinacional
      plurinationaler plurinationale plurinazionale bolivarische bolivariaanse staaten staten estados stati
      independiente indipendente onafhankelijke cooperative independent unabhangiger federation foderation federacion federazione federatie
      metropolitaine metropolitan oriental eastern ostlich co operative province of provincia
      people peoples populaire volksrepublik popular popolare volksrepubliek
      """
    return Set(words.split { $0 == " " || $0 == "\n" }.map { String($0) })
  }()

  private static let shared: Set<String> = ["congo", "kongo"]

  private static let people: Set<String> = [
    "people", "peoples", "populaire", "volksrepublik", "popular", "popolare", "volksrepubliek",
  ]

  /// Parts by which a country is called, official names that none of the usual ones is in, and those from before it was
  /// renamed, which files keep: ICU has none of them.
  private static let others: [(name: String, code: String)] = [
    "GB": """
    England Angleterre Inglaterra Inghilterra Engeland Scotland Écosse Schottland Escocia Scozia Schotland \
    Wales Gales Galles Northern-Ireland Irlande-du-Nord Nordirland Irlanda-del-Norte Irlanda-del-Nord \
    Noord-Ierland United-Kingdom-of-Great-Britain-and-Northern-Ireland \
    Royaume-Uni-de-Grande-Bretagne-et-d'Irlande-du-Nord \
    Vereinigtes-Königreich-Großbritannien-und-Nordirland Great-Britain Grande-Bretagne Großbritannien Gran-Bretaña Gran-Bretagna Groot-Brittannië
    """,
    "GF": "Guyane", "NL": "Holland Hollande Holanda Olanda", "CN": "China Chine Cina 中国 PR-China",
    "KR": "한국 Republic-of-Korea Korea-Republic-of",
    "KP": "Democratic-People's-Republic-of-Korea Korea-Democratic-People's-Republic-of",
    "US": """
    United-States-of-America États-Unis-d'Amérique Vereinigte-Staaten-von-Amerika Estados-Unidos-de-América \
    Stati-Uniti-d'America Verenigde-Staten-van-Amerika
    """,
    "GR": """
    Hellenic-Republic République-hellénique Hellenische-Republik República-Helénica Repubblica-Ellenica \
    Helleense-Republiek Hellas
    """,
    "CH": "Swiss-Confederation Confédération-helvétique", "FR": "French-Republic",
    "TR": "Turkey", "CZ": "Czech Česká-republika",
    "CI": "Ivory-Coast Elfenbeinküste Costa-de-Marfil",
    "MM": "Burma Birmanie Birma", "SZ": "Swaziland Swasiland", "CV": "Kap-Verde",
    "TL": "East-Timor",
    "MK": "Macedonia Macédoine Mazedonien FYROM", "BY": "Weißrussland Witrusland Bielorrusia",
    "VA": "Vatican Vatikan Vaticano", "PS": "Palestine Palästina", "CD": "DR-Congo Zaire",
    "BA": "Bosnia Bosnie Bosnien", "TT": "Trinidad", "AG": "Antigua", "ST": "São-Tomé",
    "HK": "Hong-Kong-SAR", "TW": "Taiwan-Province-of-China",
  ].flatMap { code, names in
    names.split(separator: " ").map { (String($0).replacing("-", with: " "), code) }
  }
}
