/// How languages of one script are written, to tell character sets apart by (``CharsetGuess``).
struct Writing {
  /// The letters beside those of ASCII of each language.
  private var languages: [Set<Unicode.Scalar>]
  /// Letters of all of them, which count less together.
  private var all: Set<Unicode.Scalar>
  /// Whether its words are of these letters alone.
  private var isOwnScript = false
  /// Letters that end a word, and those that are nowhere else.
  private var final: Set<Unicode.Scalar> = []

  private init(_ languages: [String], further: String = "") {
    self.languages = languages.map { Set($0.unicodeScalars) }
    all = self.languages.reduce(Set(further.unicodeScalars)) { $0.union($1) }
  }

  /// A script of which these letters are the most frequent.
  private init(script common: String, rare: String, final: String = "") {
    languages = [Set(common.unicodeScalars)]
    all = languages[0].union(rare.unicodeScalars)
    self.final = Set(final.unicodeScalars)
    isOwnScript = true
  }

  static let western = Writing(
    [
      "àâçéèêëîïôùûüœæÿ", "äöüß", "áéíñóúüªº", "áàâãçéêíóôõúü", "àèéìòùî", "åäöæøéü", "ëïéèöüáóê",
      "àéèíïóòúüç", "äöüõšž",
    ], further: "áðéíóúýþæö")
  static let french = Writing(["àâçéèêëîïôùûüœæÿ"])
  static let central = Writing([
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß",
  ])
  static let turkish = Writing(["çğıöşüâîûİ"])
  static let baltic = Writing(["ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž"])
  static let cyrillic = Writing(
    script: "оеаинтсрвлкмдпуя", rare: "ыьгзбчйхжшюцщэфъёіїєґўњљћђџј")
  static let greek = Writing(script: "αοιετσνηυρπκμλςάόίήέύώ", rare: "δγωχθφβξζψϊϋΐΰ", final: "ς")
  static let hebrew = Writing(
    script: "יוהלאמרבתשנדכקעםחפסגטזןצףךץ", rare: "", final: "םןףךץ")
  static let arabic = Writing(script: "اليمنورتبسدةعهحكفقجشصخطذزىئءأإآؤضغثظ", rare: "", final: "ةى")

  static let thai = Writing(
    script: "กขคงจชดตทนบปพมยรลวสหอะาิีุูเแโไ่้", rare: "ฆฉซญณถธผฝฟภศษฬฮึืั็์ํๆฤ")

  /// What the bytes are worth in the set, in the language that fits best.
  func best(of text: StrayBytes, in page: CodePage) -> Int {
    let alphabets = languages.map { ($0, Self.known) } + (isOwnScript ? [] : [(all, Self.mixed)])
    return alphabets.map { letters, worth in
      text.places.reduce(0) { sum, entry in
        sum + entry.value * score(entry.key, page, letters, worth)
      }
    }.max() ?? 0
  }

  private static let known = 10
  /// Of a letter of another language of the same set.
  private static let mixed = 8
  /// Of a letter that is not among the frequent ones of its script.
  private static let rare = 6
  private static let wrong = -10
  private static let never = -30

  private func score(
    _ place: StrayBytes.Place, _ page: CodePage, _ letters: Set<Unicode.Scalar>, _ worth: Int
  ) -> Int {
    let (before, after) = (place.before, place.after)
    guard let scalar = page.scalar(place.byte), scalar != "\u{FFFD}",
      scalar.properties.generalCategory != .control
    else { return Self.never }
    // Tone marks of Thai are no letters.
    let isOwn = isOwnScript && all.contains(scalar)
    guard isOwn || scalar.properties.isAlphabetic, scalar != "\u{AA}", scalar != "\u{BA}" else {
      return Self.symbol(scalar, before, after)
    }
    let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    let isLetter = letters.contains(small) || letters.contains(scalar)
    if isOwnScript {
      guard isLetter || all.contains(small) else { return Self.wrong }
      return ownScript(place, scalar, small, page, isLetter)
    }
    // A capital within a word is none, and words have few such letters.
    let isInWord = Self.isSmall(before) || (Self.isLetter(before) && Self.isSmall(after))
    if scalar.properties.isUppercase, isInWord { return 2 * Self.wrong }
    if before >= 0x80, after >= 0x80 { return 0 }
    if "\\@[]{}^_`|~".utf8.contains(where: { $0 == before || $0 == after }) { return Self.wrong }
    if before <= 0x20 || after <= 0x20, !Self.isPart(before), !Self.isPart(after) {
      return Self.words.contains(scalar) ? 5 : -5
    }
    guard isLetter, Self.mayStand(small, before: before, after: after, of: letters) else {
      return Self.wrong
    }
    return worth
  }

  private func ownScript(
    _ place: StrayBytes.Place, _ scalar: Unicode.Scalar, _ small: Unicode.Scalar, _ page: CodePage,
    _ isCommon: Bool
  ) -> Int {
    let (before, after) = (place.before, place.after)
    guard !Self.isLetter(before), !Self.isLetter(after) else { return Self.wrong }
    let neighbour = page.scalar(before)
    if scalar.properties.isUppercase, neighbour?.properties.isLowercase == true {
      return Self.wrong
    }
    if final.contains(small), page.scalar(after)?.properties.isAlphabetic == true {
      return Self.wrong
    }
    if "ьъы".unicodeScalars.contains(small), neighbour == nil { return Self.wrong }
    // Few words have one letter, and names begin with a capital.
    if before < 0x80, after < 0x80 { return Self.wrong }
    let worth = isCommon ? Self.known : Self.rare
    let isBegun = neighbour?.properties.isAlphabetic != true
    return isBegun && scalar.properties.isLowercase && scalar.properties.isCased ? worth / 2 : worth
  }

  /// `œ` and `õ` stand before few letters, in Portuguese before one, `ź` behind few.
  private static func mayStand(
    _ small: Unicode.Scalar, before: UInt8, after: UInt8, of letters: Set<Unicode.Scalar>
  ) -> Bool {
    switch small {
    case "œ": "uieUIE".utf8.contains(after) || (!isPart(before) && !"aoAO".utf8.contains(after))
    case "õ" where letters.contains("ã"): after | 0x20 == UInt8(ascii: "e")
    case "õ": "eilrnusk".utf8.contains(after | 0x20)
    case "ź": "aeiouyd".utf8.contains(before | 0x20) || !isLetter(before)
    default: true
    }
  }

  private static func symbol(_ scalar: Unicode.Scalar, _ before: UInt8, _ after: UInt8) -> Int {
    if scalar == "\u{2019}", isLetter(before), isPart(after) {
      return isElision(before, after) ? known : 5
    }
    if scalar == "\u{B0}", before | 0x20 == UInt8(ascii: "n") { return 5 }
    // Quotes where a word begins or ends, dashes between words, a currency beside an amount: no letter stands there.
    if "«“„‘’".unicodeScalars.contains(scalar), !isPart(before), isLetter(after) { return known }
    if "»”’™®".unicodeScalars.contains(scalar), isLetter(before), !isPart(after) { return known }
    if "–—€".unicodeScalars.contains(scalar), !isPart(before), !isPart(after) { return known }
    if "\u{A0}–—€§•…“”„".unicodeScalars.contains(scalar), !isLetter(before) || !isLetter(after) {
      return 5
    }
    let isBeside = (isLetter(before), isLetter(after))
    return isBeside == (true, true) || before >= 0x80 || after >= 0x80
      ? never : isBeside == (false, false) ? 0 : wrong
  }

  /// Whether an apostrophe between the two is what is written so: `D’Angelo`, `l’avenir`, `L’Été`, `Bob’s`.
  private static func isElision(_ before: UInt8, _ after: UInt8) -> Bool {
    if after == UInt8(ascii: "s") || isLetter(after) && !isSmall(after) { return true }
    return "ldjsnmctLDJSNMCTO".utf8.contains(before)
      && (after >= 0x80 || "aeiouhy".utf8.contains(after))
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte | 0x20) && byte < 0x80 }
  private static func isPart(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 0x80 }

  /// Letters that are words.
  private static let words = Set("àÀèÈéÉòó".unicodeScalars)
}
