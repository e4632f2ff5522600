/// The words that telephone systems put where the number of a withheld caller would stand.
///
///     OUT-OF-AREA   Appel masqué   Numéro non communiqué   keine Rufnummer   Llamada sin número
///
/// They are read word by word, in the usual languages of Europe, without case and accents: a word
/// that says it (`masqué`), or a denial with a word for what is missing (`non communiqué`, `no caller id`),
/// and beside them only words for a call and its number. One word more, as in `Private Bank`, is a name.
/// Written together they are read alike (`NoCallerID`).
public enum WithheldWord {
  /// What a word says.
  private enum Sense: Int {
    /// That there is no number.
    case withheld = 1
    /// That something is not there.
    case denial = 2
    /// What would be there, or that it is: says it behind a denial only.
    case thing = 4
    /// Nothing.
    case filler = 8
  }

  /// What says it only when nothing stands beside it: the codes of analogue caller identification (ETSI
  /// EN 300 659-3: private, out of area), what programs print for nothing, the user that Asterisk sends when
  /// it has no number.
  private static func isAlone(_ text: String) -> Bool {
    switch text {
    case "p", "o", "na", "nc", "nil", "null", "none", "asterisk", "invalid", "undefined", "nan",
      "prive", "aucun", "nessuno", "ninguno", "kein", "keine", "clir":
      true
    default: false
    }
  }

  /// Words, each of which may end in one of ``endings``.
  private static let withheld: [StaticString] = [
    "anonym", "anonim", "withheld", "unknown", "unavailable", "unlisted", "unidentified", "private",
    "privat", "privad", "prive", "restricted", "restreint", "reserve", "riservat", "reservad",
    "blocked", "hidden", "secret", "segret", "confidential", "confidentiel", "masque", "cache",
    "inconnu", "indisponible", "desconocid", "ocult", "sconosciut", "nascost", "oscurat",
    "unbekannt", "unterdruckt", "unterdrueckt", "unterdruckung", "verborgen", "geheim", "gesperrt",
    "outofarea", "suppressed", "payphone", "phonebooth", "cabine", "cabina", "publiphone",
    "anoniem", "onbekend", "afgeschermd", "onderdrukt", "desconhecid", "confidencial",
    "restrit", "bloquead", "zastrzezony", "prywatny", "ukryty", "nieznany", "skjult", "hemmelig",
    "hemmeligt",
    "ukendt", "ukjent", "okand", "okant", "dolt", "hemligt", "skyddat", "tuntematon", "salainen",
    "skryte", "skryty", "neznamy", "nezname", "gizli", "bilinmeyen", "rejtett", "titkos",
    "ismeretlen", "necunoscut", "ascuns", "skriveni", "nepoznat",
    "telefonzelle", "munztelefon", "muenztelefon", "munzfernsprecher",
  ]
  private static let denials: [StaticString] = [
    "no", "non", "not", "pas", "sans", "ohne", "kein", "nicht", "senza", "sin", "without", "aucun",
    "nessun", "ningun", "geen", "nao", "sem", "brak", "utan", "uden", "uten", "ei", "bez",
  ]
  private static let things: [StaticString] = [
    "number", "numero", "nummer", "rufnummer", "rufnummern", "telefonnummer", "id", "cli",
    "callerid",
    "identification", "available", "verfugbar", "verfuegbar", "disponible", "disponibile",
    "communique", "transmis", "identifie", "identificad", "identificat", "affiche", "provided",
    "present", "presentation", "ubermittelt", "uebermittelt", "angezeigt", "bekannt", "comunicat",
    "comunicad", "mostrad", "mostrat", "shown", "displayed", "fourni", "renseigne", "trasmess",
    "valid", "disponivel", "numer", "numru", "cislo", "numara", "numar", "szam", "broj",
    "telefonnummer",
    "telefonszam",
  ]
  private static let fillers: [StaticString] = [
    "call", "caller", "calling", "called", "name", "nom", "appel", "appelant", "correspondant",
    "telephone", "telephonique", "telefon", "telefonic", "phone", "tel", "anruf", "anrufer",
    "teilnehmer", "person", "llamada", "llamante", "chiamata", "chiamante", "utente", "abonne",
    "user", "party", "public", "publique", "pubblic", "offentlich", "oeffentlich", "de", "du", "le",
    "la", "l", "el", "il", "des", "der", "die", "das", "by", "of", "par", "out", "area", "zone",
    "est", "is", "ist", "es", "dzwoniacy", "polaczenie", "samtal", "opkald", "anrop", "hovor",
    "volajici", "hivo", "hivas", "arayan", "apel",
  ]
  private static let endings: [StaticString] = [
    "", "e", "s", "es", "ee", "ees", "er", "en", "em", "o", "a", "i", "os", "as", "ous", "us",
  ]

  /// Whether the text says that there is no number: by its words, as a sentinel (``Sentinel``), or by nothing
  /// but separators.
  public static func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

  static func matches(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest else { return false }
    let text = bytes.text
    if isMask(text) { return true }
    guard let words = words(text) else { return isOtherScript(text) || Sentinel.matches(text) }
    guard !words.isEmpty else { return text.unicodeScalars.allSatisfy(isBlank) }
    let together = words.reduce(into: []) { $0 += $1 }
    if isAlone(String(decoding: together, as: UTF8.self)) { return true }
    // `OUT-OF-AREA` is one word in three.
    if let said = sense(of: together[...]), said & Sense.withheld.rawValue != 0 { return true }
    var senses = 0
    for word in words {
      guard let said = sense(of: word[...]) else { return false }
      senses |= said
    }
    return senses & Sense.withheld.rawValue != 0
      || senses & Sense.denial.rawValue != 0 && senses & Sense.thing.rawValue != 0
  }

  private static let longest = 96

  /// Whether it says nothing at all: what fields are filled with that must not be empty.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\u{A0}", "\u{202F}", "\t", "-", "_", ".", "/", "(", ")", "<", ">": true
    default: false
    }
  }

  /// The usual ones of scripts that have no small letters or others than Latin ones.
  private static func isOtherScript(_ text: String) -> Bool {
    switch text.lowercased() {
    case "非通知", "非通知設定", "公衆電話", "表示圏外", "通知不可能", "未知", "未知号码", "私人号码", "无主叫号码",
      "номер скрыт", "скрытый номер", "скрыт", "неизвестный", "неизвестный номер", "неизвестно",
      "прихований номер", "анонимный", "απόκρυψη", "άγνωστος", "απόρρητο", "رقم خاص", "غير معروف",
      "رقم محجوب", "مجهول", "חסוי", "מספר חסוי":
      true
    default: false
    }
  }

  /// Whether it is one mark several times over, which stands for digits that are not shown: `XXXXXXXXXX`, `****`.
  private static func isMask(_ text: String) -> Bool {
    var (first, count) = (Unicode.Scalar?.none, 0)
    for scalar in text.unicodeScalars where scalar != " " {
      guard "xX*?".unicodeScalars.contains(scalar), first == nil || first == scalar else {
        return false
      }
      first = scalar
      count += 1
    }
    return count > 2
  }

  /// The words, folded to small letters without accents; nil when there is anything else than letters and
  /// separators.
  private static func words(_ text: String) -> [[UInt8]]? {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let letters = folded(scalar) {
        word += letters
        continue
      }
      switch scalar {
      case " ", "\u{A0}", "\u{202F}", "-", "_", ".", "/", "(", ")", "<", ">", "'", "\u{2019}", ":",
        "[", "]", "\t", "\"", "*":
        if !word.isEmpty { words.append(word) }
        word = []
      case "\u{300}"..."\u{36F}": break
      default: return nil
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// A letter without its accent, nil when it is none of these languages.
  private static func folded(_ scalar: Unicode.Scalar) -> [UInt8]? {
    switch scalar {
    case "a"..."z", "A"..."Z": [UInt8(clamping: scalar.value) | 0x20]
    case "à"..."å", "À"..."Å": [UInt8(ascii: "a")]
    case "ç", "Ç": [UInt8(ascii: "c")]
    case "è"..."ë", "È"..."Ë": [UInt8(ascii: "e")]
    case "ì"..."ï", "Ì"..."Ï": [UInt8(ascii: "i")]
    case "ñ", "Ñ": [UInt8(ascii: "n")]
    case "ò"..."ö", "Ò"..."Ö": [UInt8(ascii: "o")]
    case "ù"..."ü", "Ù"..."Ü": [UInt8(ascii: "u")]
    case "ß": Array("ss".utf8)
    case "ą", "ă", "Ą", "Ă": [UInt8(ascii: "a")]
    case "ć", "č", "Ć", "Č": [UInt8(ascii: "c")]
    case "ę", "ě", "Ę", "Ě": [UInt8(ascii: "e")]
    case "ı", "İ": [UInt8(ascii: "i")]
    case "ł", "Ł": [UInt8(ascii: "l")]
    case "ň", "ń", "Ň", "Ń": [UInt8(ascii: "n")]
    case "ø", "Ø", "ő", "Ő": [UInt8(ascii: "o")]
    case "ř", "Ř": [UInt8(ascii: "r")]
    case "ś", "š", "ş", "Ś", "Š", "Ş": [UInt8(ascii: "s")]
    case "ů", "Ů", "ű", "Ű": [UInt8(ascii: "u")]
    case "ý", "Ý": [UInt8(ascii: "y")]
    case "ź", "ż", "ž", "Ź", "Ż", "Ž": [UInt8(ascii: "z")]
    default: nil
    }
  }

  /// What a word says: one of the known ones, or several written together (`nocallerid`), of which the last
  /// alone may have an ending; nil when it is another word.
  private static func sense(of word: Bytes, isPart: Bool = false, depth: Int = 4) -> Int? {
    guard depth > 0 else { return nil }
    for (list, sense) in [
      (withheld, Sense.withheld), (things, .thing), (denials, .denial), (fillers, .filler),
    ] {
      for known in list {
        guard let rest = word.without(known) else { continue }
        let canBePart = known.utf8CodeUnitCount > 3 || isShortPart(known)
        if !isPart || canBePart, endings.contains(where: { rest.without($0)?.isEmpty == true }) {
          return sense.rawValue
        }
        guard canBePart, let said = self.sense(of: rest, isPart: true, depth: depth - 1) else {
          continue
        }
        return said | sense.rawValue
      }
    }
    return nil
  }

  /// Whether a short word is written together with others: short ones are in many names.
  private static func isShortPart(_ word: StaticString) -> Bool {
    switch word.description {
    case "no", "not", "non", "id", "of", "out": true
    default: false
    }
  }
}

extension Bytes {
  /// What follows the beginning, nil when the bytes begin otherwise.
  fileprivate func without(_ beginning: StaticString) -> Bytes? {
    beginning.withUTF8Buffer { starts(with: $0) ? dropFirst($0.count) : nil }
  }
}
