/// Whose telephone a header or a label speaks of.
///
/// Nobody knows all those whose telephones stand beside a party's own: a spouse, an accountant, a tenant, an
/// assistant. So those words are known that name nobody: what kind of telephone it is, where it is, and that it
/// is the party's. One word more may name somebody else.
extension HeaderWords {
  /// Whether no word of it may name somebody else; `known`: words that name the party in its file.
  func isOwn(known: Set<String> = []) -> Bool {
    words.allSatisfy { Self.isPlain($0) || known.contains($0) }
  }

  /// Whether it is of what stands under another header: `Tél. négociateur` beside `Négociateur`.
  ///
  /// Or of somebody who is named there in words that nobody knows: `Tél responsable` beside `Nom responsable`.
  func isOf(_ other: HeaderWords) -> Bool {
    if let who = other.named?.who, who.isSubset(of: words) { return true }
    // `Priority 1 Contact Phone` beside `Priority 1 Contact Name`, `AM Phone` beside `Account Manager`.
    let who = other.has(Self.names.contains) ? other.naming(known: Self.names) : []
    if !who.isEmpty, who.isSubset(of: words) { return true }
    let initials = String(other.words.compactMap(\.first))
    if initials.count > 1, words.contains(initials), !Self.vocabulary.contains(initials) {
      return true
    }
    return !other.words.isEmpty && other.words.count < words.count
      && other.words.allSatisfy(words.contains)
      // Portuguese calls an office so, Spanish a salesman.
      && (other.isOthers || other.isSupplier || other.words == ["comercial"]
        || !other.has(Self.vocabulary.contains))
  }

  /// The words that may name somebody; `known`: words that name the party in its file.
  func naming(known: Set<String>) -> Set<String> {
    Set(words).subtracting(known).filter { !Self.isPlain($0) }
  }

  /// Whether the name stands under it with which somebody was born and which others may have taken the place of.
  var isBirthName: Bool {
    has(Self.births.contains) && `is`(Self.births, Self.names, Self.joining)
      && has { Self.names.contains($0) || $0 == "geburtsname" }
  }

  /// Whether it says who buys: `Billing Name`, `Customer`.
  var isBuyers: Bool { has(Self.buyers.contains) }

  /// Whether it says who sells: `Supplier Phone`.
  var isSuppliers: Bool { has(Self.suppliers.contains) }

  /// Whether it says nothing but who sells: `Vendor`.
  var isSupplier: Bool { `is`(Self.suppliers) && !words.isEmpty }

  /// Whether the name stands under it that one has since one is married, beside a name of birth.
  var isMarriedName: Bool {
    has(Self.marriages.contains) && `is`(Self.marriages, Self.names, Self.joining)
  }

  private static let marriages: Set<String> = [
    "epouse", "epoux", "marital", "maritale", "married", "ehename", "sposata", "casada",
  ]

  /// Whether it only says that the value of something stands under it, which another column tells the kind of.
  var isValue: Bool { has { ImportHeader.valueWords.contains($0) } && column == nil }

  private static let buyers: Set<String> = [
    "billing", "bill", "customer", "client", "buyer", "kunde", "klant", "cliente",
  ]
  private static let suppliers: Set<String> = [
    "vendor", "supplier", "fournisseur", "lieferant", "lieferanten", "proveedor", "fornitore",
  ]

  private static let births: Set<String> = [
    "naissance", "jeune", "fille", "maiden", "birth", "geburtsname", "nascita", "nubile",
  ]

  /// Whether it speaks of some kind of organization: `Charity name`, `Vereinsname`, `Etablissement`.
  var isOrganization: Bool {
    has { word in Self.organizations.contains { word.hasPrefix($0) } }
  }

  /// How such words begin in French, English, German and Italian.
  private static let organizations = [
    "associat", "associaz", "charit", "club", "verein", "ecole", "school", "schul", "scuola",
    "lycee", "college", "universit", "etabliss", "structure", "struttura", "practice", "praxis",
    "cabinet", "clinique", "klinik", "hopita", "hospital", "ospedal", "officine", "creche",
    "mairie", "paroisse", "eglise", "church", "trust", "fondation", "foundation", "stiftung",
    "federation", "hotel", "albergo", "restauran", "ristorant", "boutique", "magasin", "negozio",
    "shop", "kanzlei", "salon",
  ]

  private static func isPlain(_ word: String) -> Bool {
    if word.unicodeScalars.count < 3 || isNobody(word) { return true }
    if word.hasPrefix("telecop") || word.hasPrefix("facsim") { return true }
    // `Mobiltelefon`, `workphone`, `Telefonnummer`: not the assistant's (`Assistententelefon`).
    for stem in stems {
      guard let range = word.firstRange(of: stem) else { continue }
      return [word[..<range.lowerBound], word[range.upperBound...]].allSatisfy { rest in
        let bare = rest.hasSuffix("s") ? rest.dropLast() : rest
        return rest.utf8.count < 3 || isNobody(String(rest)) || isNobody(String(bare))
      }
    }
    return false
  }

  private static func isNobody(_ word: String) -> Bool {
    plain.contains(word) || phone.contains(word) || mobile.contains(word)
      || numbering.contains(word) || places.contains(word) || barePlaces.contains(word)
      || joining.contains(word)
  }

  /// Parts of words for telephones, longer ones first.
  private static let stems = [
    "telefoon", "telefon", "telephone", "telephon", "festnetz", "phone", "rufnummer", "rufnr",
    "nummer", "handy", "mobil", "mobiel", "fax",
  ]

  static let plain: Set<String> = {
    let words = """
      mobil mobile mobiles mobiel mobilfunk funk fax tele port ports standard zentrale switchboard reception accueil
      fix fixe fixed ligne line lines land festnetz voip sip skype teams signal telegram viber google
      voice imessage iphone facetime messenger whatsapp text sms
      personal personnel personnelle perso privat private prive privee prives persoonlich persoenlich
      rezeption empfang recepcion recepcao ricevimento receptie boulot taf buro
      particular partic pro prof professional professionnel professionnelle dienst dienstlich zakelijk
      beruflich geschaft geschaftlich geschaeftlich work job lavoro trabajo arbeit werk thuis casa home
      residence residential house maison domicile appartement oficina ufficio buro buero bureau
      office hq siege headquarters business company societe firma firmen entreprise empresa azienda
      unternehmen organization organisation organizacion societa corporate
      main principal principale primary haupt hauptsachlich prefered preferred default first second
      third secondary secondaire alternate alternative autre autres other others weitere weiteres
      weiterer otro otra altro altra andere anderes outro zusatzlich additional extra general generale
      central centrale direct directe direkt direkte directo diretto external externe extern interne
      intern internal day daytime night evening nuit jour soir matin tag nacht tagsuber abends
      dom intl parcel postal modem video car voiture auto radio pager beeper callback rappel isdn rnis telex tty tdd
      extension extensions ext nebenstelle poste durchwahl klappe interno anexo
      uff lavorativo comercial residencial laboral trabalho servico domicilio
      exterieur public publique stacjonarny komorkowy celular cep numara numarasi sabit рабочий домашний
      основной городской контактный раб дом переносной личный
      sluzbowy domowy prywatny praca arbete hem arbejde arbeid hjem hjemme tyo koti zamestnani prace domu
      bedrijf hoofd hivatali munkahelyi otthoni serviciu acasa ev εργασιας οικιας abitazione uff
      screenpop evolution custom pref msg bbs pcs textphone x
      new nouveau nouvelle neu actuel actuelle current aktuell
      value valeur wert valor valore waarde formatted formate full complete international national
      sanitized normalized raw country area canonical form vaste vast kom dial action actions
      contact contacts ansprechpartner interlocuteur person personne persona kontakt kontaktperson
      billing bill invoice invoicing facturation rechnung factura fatturazione address adresse adres addr
      communication communications details detail data info infos information item items entry entries
      attributes properties record fields field champ custom values list channel channels
      """
    return Set(words.split(whereSeparator: \.isWhitespace).map { String($0) })
  }()
}
