/// The words of a header, and which column they name together.
///
/// By rule, because nobody knows all programs: a word for a telephone makes a column of numbers whatever stands
/// beside it (`Phone 1 - Value`, `Tél. 2 (bureau)`, `Mobil-Tel.-Nr.`, `CT_Telephone`), unless another says
/// that it tells something about one (`Phone 1 - Type`). A name needs words for names alone: `Account Owner`
/// is somebody else's. Languages: French, English, German, and the usual words of Spanish, Italian, Dutch.
struct HeaderWords {
  /// In small letters without accents, digits left out.
  let words: [String]
  /// The header without what stands in brackets, and that; nil where there are none.
  private let parts: (bare: String, bracketed: String)?
  /// The headers that it has with a stroke between them; none in a plain one.
  private let alternatives: [Substring]

  /// Takes a header apart, at blanks and marks and where a capital begins a word: `MobilePhone`, `CT_EMail`.
  init(_ header: some StringProtocol) {
    let header = String(header)
    var parts = ""
    var previous: Unicode.Scalar = " "
    self.parts = Self.parts(header)
    let alternatives = header.split(separator: "/")
    self.alternatives = alternatives.count == 2 ? alternatives : []
    let scalars = Array(header.visible.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      // `DDINumber` is two words, `DDIs` one.
      let isWord =
        previous.properties.isUppercase && index + 2 < scalars.count
        && scalars[index + 1].properties.isLowercase && scalars[index + 2].properties.isLowercase
      if scalar.properties.isUppercase, previous.properties.isLowercase || isWord { parts += " " }
      parts.unicodeScalars.append(scalar)
      previous = scalar
    }
    // Digits count columns; those of E.164 (ITU-T) are its name.
    var split = SearchText.words(SearchText.folded(parts))
    // `efterNamn` is a word that is known as a whole.
    let whole = SearchText.words(SearchText.folded(header.visible))
    if whole.count == 1, Self.vocabulary.contains(whole[0]) { split = whole }
    let all =
      split.map { $0 == "e164" ? $0 : $0.filter { !$0.isNumber } }
      .filter { !$0.isEmpty }.flatMap(Self.parted)
    isOfTable = all.count > 1 && all[0].utf8.count == 1 && header.visible.dropFirst().first == "_"
    // `Bill To` is who the row is about, `Ship To` may be another.
    let isBilled = all.count > 2 && all.starts(with: ["bill", "to"])
    // `Accounts 1 Account name` is one of a list.
    let isOfList = all.count > 2 && all[0] == all[1] + "s"
    words =
      isOfTable || isOfList
      ? Array(all.dropFirst()) : isBilled ? Array(all.dropFirst(2)) : all
  }

  /// Whether a letter stands before it that names its table, which is left out: `T_TELEPHONE`.
  private let isOfTable: Bool

  init(words: [String], isOfTable: Bool) {
    (self.words, self.isOfTable, parts, alternatives) = (words, isOfTable, nil, [])
  }

  /// Whether names of parties may stand under it, for all that is known of it: nothing tells that it is about something
  /// else, or about somebody else.
  var mayNameSomebody: Bool {
    !words.isEmpty && !isQuestion && !isOthers && !isArea && !isCallingCode
      && !has { word in
        // `Last name` is none of the last.
        Self.traits.contains(word)
          || Self.about.contains(word) && !(word == "last" && has { $0 == "name" })
      }
  }

  /// Whether it is a word for somebody who otherwise stands beside the one whom the row is about: `Propriétaire`.
  var isOthersAlone: Bool {
    words.count == 1 && isOthers && !has { Self.strangers.contains($0) || Self.traits.contains($0) }
  }

  /// What the header is but for words that nobody knows, and those: a first name of `élève` under `Prénom élève`. Nil
  /// where there are none, or no name.
  var named: (column: ImportColumn, who: Set<String>)? {
    let known = words.filter(Self.vocabulary.contains)
    guard known.count < words.count, mayNameSomebody,
      let column = HeaderWords(words: known, isOfTable: false).column, column.isName
    else { return nil }
    return (column, Set(words).subtracting(known))
  }

  /// Whether all its words are known of headers.
  var isKnown: Bool { !words.isEmpty && words.allSatisfy(Self.vocabulary.contains) }

  /// Whether it tells something about what stands beside it.
  var isAbout: Bool { has(Self.about.contains) }

  /// Whether it only says what kind of party the row is about, and may stand over its key as well as over its name:
  /// `Client`.
  var isEntity: Bool { `is`(Self.entities, Self.joining) }

  /// Whether it speaks of a contact person.
  var isContacts: Bool { has(Self.contacts.contains) }

  /// The column, nil when the header says nothing to us.
  var column: ImportColumn? {
    guard !words.isEmpty, words.count <= 12, !isArea, !isCallingCode else { return nil }
    return number ?? email ?? addressee ?? place ?? plain ?? key ?? name ?? commented ?? either
  }

  /// The name that one of several headers in one is: `Co./Last Name`.
  private var either: ImportColumn? {
    alternatives.lazy.map { HeaderWords($0) }.filter { !$0.words.isEmpty }
      .compactMap(\.name).first
  }

  /// The column that the header names without a comment in brackets, which may say whose name it is:
  /// `Name (Adressattyp Unternehmen)`.
  private var commented: ImportColumn? {
    guard let parts else { return nil }
    let (bare, comment) = (HeaderWords(parts.bare), HeaderWords(parts.bracketed))
    // `Nom opérateur (raison sociale)`: what is in the brackets says that a company's name stands there.
    if bare.column == nil, comment.column == .company, bare.has(Self.names.contains) {
      return .company
    }
    guard let column = bare.column, !comment.isAbout,
      !comment.has(Self.others.contains)
    else {
      return nil
    }
    guard column == .name else { return column }
    if comment.has(Self.companies.contains) { return .company }
    return comment.has({ $0 == "person" || $0 == "personne" }) ? .last : .name
  }

  private static func parts(_ header: String) -> (String, String)? {
    guard let first = header.firstIndex(where: { "([{".contains($0) }) else { return nil }
    let bare = header[..<first]
    guard bare.contains(where: \.isLetter) else { return nil }
    return (String(bare), String(header[first...].filter { !"()[]{}".contains($0) }))
  }

  /// What kind of number the words speak of, be it in a header or in a label (`Work Fax`).
  var use: ImportColumn? {
    if has({ $0.contains("fax") || $0.hasPrefix("telecop") || $0.hasPrefix("facsim") }) {
      return .fax
    }
    if has({
      Self.mobile.contains($0) || $0.hasPrefix("mobi") || $0.hasPrefix("handy")
        || $0.hasSuffix("handy")
    }) {
      return .mobile
    }
    // `Frais de port` is none.
    if has({ $0 == "port" }), has(Self.behindPhone.contains),
      words.allSatisfy({ $0 == "port" || Self.behindPhone.contains($0) })
    {
      return .mobile
    }
    if has({ ["extension", "nebenstelle", "ext"].contains($0) }) {
      // That behind a telephone of the party's is none of ours: `Business Phone Ext`.
      return has { Self.phone.contains($0) || Self.places.contains($0) } ? nil : .extension
    }
    if words == ["poste"] || (has { $0 == "poste" } && `is`(Self.behindPhone)) {
      return .extension
    }
    let isPhone =
      has { word in
        Self.phone.contains(word) || word.contains("telefon") || word.hasPrefix("telephon")
          || word.hasSuffix("rufnummer")
          || word.hasSuffix("phone") && !["microphone", "interphone"].contains(word)
          || word.hasPrefix("phonen")
          || word.hasPrefix("rufnr") || word.hasPrefix("festnetz") || word.contains("telefoon")
      }
      || (has { $0 == "ligne" || $0 == "line" }
        && has { $0.hasPrefix("direct") || ["land", "fixe", "uri"].contains($0) })
      || (has { $0 == "appel" } && has(Self.numbering.contains))
      || (has(Self.places.contains) && has(Self.numbering.contains)
        && `is`(Self.places, Self.numbering))
    return isPhone || words == ["fixe"] || words == ["standard"] || words == ["rappel"]
      || words == ["callback"] ? .phone : nil
  }

  /// Whether the header only says that numbers stand under it: `Numéro`, `Contact Number`.
  var isBareNumber: Bool {
    has(Self.numbering.contains)
      && words.allSatisfy { Self.numbering.contains($0) || $0.hasPrefix("contact") }
  }

  /// Whether it only says where a telephone may be: `Business 2`, `Privat`.
  var isBarePlace: Bool {
    words.count == 1 && (Self.places.contains(words[0]) || Self.barePlaces.contains(words[0]))
  }

  /// Whether it only says where, and not whom: people are keyed by numbers, places are not.
  var isWhere: Bool { isBarePlace && !isContacts && words[0].utf8.count > 2 }

  /// Whether it speaks of somebody else than who the row is about: `Tél. du livreur`.
  var isOthers: Bool {
    has { Self.others.contains($0) || Self.strangers.contains($0) || Self.otherPeople.contains($0) }
  }

  /// Whether the beginning of numbers stands under it, that another column goes on with: `Vorwahl`, `Indicatif`,
  /// `PhoneAreaCode`.
  var isArea: Bool {
    guard !isCallingCode else { return false }
    // Brazil's and India's words, and German ones that say of which number.
    if words == ["ddd"] || words.starts(with: ["std", "code"])
      || (!isIncluding && (words.last == "vorwahl" || has(Self.isAreaOf)))
    {
      return true
    }
    return has { $0 == "area" } && has { $0 == "code" }
      || use == nil
        && (has(["vorwahl", "indicatif", "prefisso", "prefijo", "netnummer"].contains)
          || has { ["dial", "dialing", "calling"].contains($0) } && has { $0 == "code" }
          || ["prefix", "prefixe"].contains(words.joined()))
  }

  /// `Telefonvorwahl`
  private static func isAreaOf(_ word: String) -> Bool {
    word != "vorwahl" && word.hasSuffix("vorwahl")
  }

  /// Whether the country's part of numbers stands under it: `PhoneCountryCode`, `Landesvorwahl`.
  var isCallingCode: Bool {
    if has(
      ["landesvorwahl", "landervorwahl", "laendervorwahl", "landvorwahl", "landnummer"].contains)
    {
      return true
    }
    guard !isIncluding,
      has(["country", "pays", "land", "pais", "paese", "international"].contains)
    else { return false }
    return has(
      ["dial", "dialing", "calling", "vorwahl", "indicatif", "prefijo", "prefisso"].contains)
      || (use != nil && has(["code", "prefix", "prefixe"].contains))
  }

  /// Whether it says of numbers that a part of them stands there, too.
  private var isIncluding: Bool {
    has(["mit", "avec", "with", "incl", "inkl", "including", "con", "met"].contains)
      && has { ["vorwahl", "code", "indicatif", "prefijo", "prefisso", "netnummer"].contains($0) }
  }

  /// The words that say which number's part stands under it, or which number.
  var partStem: Set<String> {
    Set(words).subtracting(Self.partWords).subtracting(Self.numbering).subtracting(Self.phone)
      .subtracting(Self.joining).filter { !Self.isAreaOf($0) }
  }

  private static let partWords: Set<String> = [
    "country", "pays", "land", "pais", "paese", "international", "area", "code", "prefix",
    "prefixe",
    "dial", "dialing", "calling", "vorwahl", "landesvorwahl", "landervorwahl",
    "laendervorwahl", "landvorwahl", "landnummer", "indicatif", "prefijo", "prefisso", "netnummer",
    "rufnummer", "telefon", "telefonnummer", "ddd", "std",
  ]

  /// Whether rows under it tell of calls: how long they were.
  var isDuration: Bool {
    has { ["duration", "duree", "dauer", "billsec", "durata", "duracion", "duur"].contains($0) }
  }

  /// Whether ones and zeros stand under it: `Is Primary Phone`. `İş telefonu` is one at work.
  private var isQuestion: Bool {
    words.first.map(Self.questions.contains) ?? false && !has { $0 == "telefonu" }
  }

  private static let questions: Set<String> = ["is", "has"]

  private var number: ImportColumn? {
    // `Telefon (mit Vorwahl)` is all of it.
    if let use, isIncluding { return use }
    guard let use, !has(Self.about.contains), !has(Self.strangers.contains), !isQuestion else {
      return nil
    }
    return has({ ["country", "pays", "land", "area"].contains($0) }) && !has({ $0 == "value" })
      ? nil : use
  }

  private var email: ImportColumn? {
    let isMail = has {
      $0 == "mail" || $0 == "mel" || $0.hasPrefix("email") || $0 == "courriel" || $0 == "messagerie"
        || $0.hasPrefix("electroni") || $0 == "mails"
    }
    return isMail && !has(Self.about.contains) ? .email : nil
  }

  /// `Default Address Company` is who lives there.
  private var addressee: ImportColumn? {
    guard let last = words.last, Self.companies.contains(last), has({ $0 == "address" }),
      `is`(Self.companies, Self.joining, ["address", "default"])
    else { return nil }
    return .company
  }

  private var place: ImportColumn? {
    guard !has(Self.about.subtracting(["code", "state"]).contains) else { return nil }
    let has = { (words: Set<String>) in self.has(words.contains) }
    if has(["zip", "plz", "postleitzahl", "cp", "postcode", "codepostal", "zipcode", "cap", "cep"])
      || (has(["code", "codigo", "codice"]) && has(["postal", "postale", "post", "postcode"]))
      || (words.last == "code" && has(["billing", "mailing", "shipping"]) && words.count == 2)
    {
      return .zip
    }
    if has(["country", "pays", "land", "pais", "paese", "nazione", "countrycode", "codepays"]) {
      return .country
    }
    if has(["ville", "city", "town", "ort", "stadt", "ciudad", "localite", "localidad", "commune"])
      || has(["citta", "localita", "plaats", "woonplaats", "poblacion"])
    {
      return .city
    }
    let isStreet =
      has(["street", "strasse", "address", "adresse", "rue", "calle", "direccion", "indirizzo"])
      || has(["adres", "straat", "anschrift", "endereco", "logradouro"])
    return isStreet && !has(["web", "site", "url", "ip", "mac", "formatted", "box"])
      ? .address : nil
  }

  private var plain: ImportColumn? {
    switch words.joined() {
    case "kind", "type": .kind
    case "notes", "note", "remarques", "remarque", "commentaire", "commentaires", "comments",
      "comment", "bemerkung", "bemerkungen", "notizen", "notiz", "description", "observations",
      "memo", "notas", "opmerkingen":
      .notes
    default: nil
    }
  }

  /// A code is the party's, an id the row's.
  private var key: ImportColumn? {
    if isOfTable, ["tiers", "auxiliaire", "numero", "num"].contains(words[0]), words.count == 1 {
      return .code
    }
    if words == ["code"] || words == ["compte"] || words == ["konto"] || words == ["codigo"]
      || words == ["codice"] || words == ["ct", "num"]
    {
      return .code
    }
    if `is`(Self.ids), has(Self.idWords.contains) { return .id }
    let entity = has { word in
      Self.entities.contains(word) || Self.entities.contains { word == $0 + "nummer" }
        || ["kundennr", "kdnr", "debitor", "debitoren", "debitorennummer"].contains(word)
    }
    let isNumbered = has {
      Self.numbering.contains($0)
        || ["code", "codigo", "codice", "id", "ref", "reference"].contains($0)
        || $0.hasSuffix("nummer") || $0.hasSuffix("nr")
    }
    let isOnly = words.allSatisfy { word in
      Self.entities.contains(word) || Self.numbering.contains(word) || Self.joining.contains(word)
        || [
          "code", "codigo", "codice", "id", "ref", "reference", "kundennr", "kdnr", "debitor",
          "debitoren",
        ].contains(word)
        || word.hasSuffix("nummer")
    }
    return entity && isNumbered && isOnly ? .code : nil
  }

  private var name: ImportColumn? {
    guard !isQuestion else { return nil }
    if isBirthName { return .last }
    // As telephones write them in their directories.
    if words == ["fn"] { return .first }
    if words == ["ln"] { return .last }
    // Odoo's fields are called by their way: `parent_id/name`.
    if words.starts(with: ["parent", "id"]), words.last == "name" { return .company }
    // In a table of parties what is written there names them.
    if `is`(["libelle"], Self.entities, Self.joining), words[0] == "libelle" { return .name }
    guard `is`(Self.names, Self.companies, Self.joining, Self.persons) else { return nil }
    if has({ ["nickname", "nick", "surnom", "spitzname", "apodo"].contains($0) }) {
      return .nickname
    }
    // `displayNameLastFirst` is both.
    if has(Self.first.contains), has(Self.last.contains) { return .display }
    if has(Self.first.contains) { return .first }
    if has(Self.last.contains), has({ $0 != "last" }) || !isContacts { return .last }
    if isContacts { return .contact }
    let isNamed = has { ["name", "nom", "naam", "nombre", "nome"].contains($0) }
    if has(Self.companies.contains) || words == ["account", "name"] {
      // `Parent Account` is not who the row is about.
      return has { ["parent", "related", "account", "compte"].contains($0) } && !isNamed
        && !has(["company", "societe"].contains) ? nil : .company
    }
    if has(Self.composed.contains) { return .display }
    return has(Self.names.contains) ? .name : nil
  }

  func has(_ isMeant: (String) -> Bool) -> Bool { words.contains(where: isMeant) }
  /// Whether each word is in one of the sets.
  func `is`(_ sets: Set<String>...) -> Bool {
    words.allSatisfy { word in sets.contains { $0.contains(word) } }
  }
}
