internal import NumberForms

/// What a word of a phone field says of the digits beside it.
enum FieldWord: Hashable {
  /// They are a telephone's: `tél`, `fax`, `Rufnummer`.
  case telephone
  /// Who answers: `service`, `desk`.
  case department
  /// They are a number, of whatever kind: `n°`, `Nr.`
  case numbering
  /// They are something else, whatever stands between: `SIRET`, `Steuernummer`.
  case other
  /// Somebody or something that has a number of its own: `N° client`, `Konto-Nr.`; alone it says nothing.
  case entity
  /// A paper or a mark that has one: `facture`, `code`; alone it may as well be what the telephone is for.
  case paper
  /// They are no longer right, or never were: `ancien`, `wrong`.
  case old
  /// Makes ``old`` of what follows: `plus valable`, `nicht vergeben`.
  case negation
  case valid
  /// Makes ``old`` of a year or a date behind it.
  case until
  /// Says nothing: `de`, `the`.
  case joining
  case unknown

  /// What the word says; in any case, with or without accents. `isGerman`: where `alt` is old, and not another.
  init(_ word: String, isGerman: Bool = false) {
    let folded = Self.folded(word)
    if let known = Self.words[folded] {
      self = known
    } else if folded == "alt" {
      self = isGerman ? .old : .unknown
    } else {
      self = Self.compound(folded) ?? .unknown
    }
  }

  /// Whether German is written in a region.
  static func isGerman(in region: String) -> Bool {
    ["DE", "AT", "CH", "LI", "LU"].contains(region)
  }

  /// Whether the word only says of a number what it is.
  static func isLabel(_ word: String) -> Bool { labels.contains(folded(word)) }

  /// `Kundennummer`, `KdNr`, `Telefonnummer`.
  private static func compound(_ word: String) -> FieldWord? {
    for ending in ["nummer", "nummern", "nr", "num", "no", "id"] where word.hasSuffix(ending) {
      var stem = word.dropLast(ending.utf8.count)
      while !stem.isEmpty {
        switch words[String(stem)] {
        case .entity, .paper, .other: return .other
        case .telephone: return .telephone
        default: break
        }
        // The joint of a German or Dutch compound: `Vertragsnummer`, `Kundennummer`.
        guard let last = stem.last, "nse".contains(last) else { return nil }
        stem = stem.dropLast()
      }
    }
    return nil
  }

  /// In small letters, without accents, ordinals and what is elided before it: `l'ancien`.
  private static func folded(_ word: String) -> String {
    let small = word.lowercased()
    guard small.utf8.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "'") }) else {
      return small
    }
    var folded = ""
    for scalar in small.unicodeScalars {
      switch scalar {
      case "à", "á", "â", "ä", "ã", "å": folded += "a"
      case "è", "é", "ê", "ë": folded += "e"
      case "ì", "í", "î", "ï": folded += "i"
      case "ò", "ó", "ô", "ö", "õ", "ø": folded += "o"
      case "ù", "ú", "û", "ü": folded += "u"
      case "ç": folded += "c"
      case "ñ": folded += "n"
      case "ß": folded += "ss"
      case "º", "ª": continue
      case "'", "’":
        folded = ["l", "d", "n", "qu"].contains(folded) ? "" : folded + "'"
      default: folded.unicodeScalars.append(scalar)
      }
    }
    return folded
  }

  /// Labels of a number.
  private static let labels: Set<String> = [
    "tel", "telephone", "phone", "fixe", "mobile", "portable", "port", "gsm", "fax", "poste", "p",
    "ext", "extension", "int", "interne", "internal", "bureau", "standard", "std", "ligne", "line",
    "no", "n", "num", "numero", "number", "direct", "t", "m", "f", "pro", "perso", "et", "ou",
    "and", "or", "extn", "x", "tph", "nr", "nummer",
  ]

  private static let words: [String: FieldWord] = {
    var words: [String: FieldWord] = [:]
    for (meaning, list) in lists {
      for word in list.split(whereSeparator: \.isWhitespace) { words[String(word)] = meaning }
    }
    return words
  }()

  private static let lists: [(FieldWord, String)] = [
    (
      .telephone,
      """
      tel telephone telefon telefono telefone telefoon phone fon ruf fixe mobile mobil mobiel movil
      portable port gsm handy natel cell cellulare cellulaire fax telefax telecopie poste p ext
      extension int interne internal bureau standard std ligne line direct direkt durchwahl t m f pro
      perso extn x tph festnetz anschluss zentrale privat sms whatsapp
      """
    ),
    (
      .department,
      """
      service services serv servizio servicio desk hotline dept departement department abt abteilung
      dienst assistance support secretariat accueil
      """
    ),
    (.numbering, "n no nr nrs num numero numeros number nummer nro nbr numer cislo"),
    (
      .other,
      """
      siret siren tva vat rcs rpm iban rib bic swift naf ape ust ustid idnr steuernummer hrb hra mwst
      kvk btw kbo bce nif cif piva iva ssn imei imsi iccid duns npi eori blz bsb oib regon
      pesel krs cnpj cpf gstin abn dic ico cui finess rpps adeli isbn ean gtin sku vin uid
      postfach postbus po ik nino ahv avs nir matricola
      """
    ),
    (
      .entity,
      """
      client clients customer cust kunde kd cliente clienti klant membre member adherent adh mitglied
      abonne compte cpte cpt account acct acc konto kto cuenta conto rekening fournisseur supplier
      lieferant vendor entreprise company societe firma unternehmen onderneming empresa azienda tiers
      patient salarie personnel personal employee agent produit article artikel item serie serial lot
      colis tracking sendung steuer tax st re az bl cde fact best abo sim debitor kreditor secu
      versicherung vers bestell lic assure socio ein
      """
    ),
    (
      .paper,
      """
      ref refs reference referenz referenza referencia code cod codice codigo id identifiant kennung
      aktenzeichen konto kto acct cuenta conto rekening matricule badge licence license lizenz commande order bestellung auftrag pedido
      ordine ordre facture invoice inv rechnung factura fattura factuur devis quote angebot dossier
      akte contrat contract vertrag contratto police policy ticket projet project projekt vorgang
      livraison lieferschein rma
      """
    ),
    (
      .old,
      """
      ancien ancienne anciens vieux vieil ex old older former formerly previous previously prev alte
      alter altes alten ehem ehemals ehemalig ehemalige ehemaliger fruher fruhere vorherige vecchio
      vecchia precedente antiguo antigua anterior oud oude vroeger stary obsolete perime perimee
      caduc ungultig invalid invalide errone erronee faux falsch wrong incorrect hs resilie resiliee
      supprime supprimee deleted geloscht disconnected abgeschaltet abgemeldet gekundigt inactif
      inactive inaktiv desactive desactivee longer outdated veraltet expired expire falso errato
      """
    ),
    (.negation, "plus pas non not nicht mehr kein keine niet geen"),
    (
      .valid,
      """
      valable valables valide valides valid gultig attribue attribuee actif active aktiv aktuell
      utilise utilisee utiliser use used verwenden anschluss bon correct vergeben geldig belegt
      """
    ),
    (.until, "jusqu'a jusqu'au jusqu'en until till bis hasta fino avant before vor tot"),
    (
      .joining,
      """
      de du des la le les l d the of der die das den dem des del della di do da von van in est is ist
      war was depuis seit since et and und ou or s
      """
    ),
  ]
}
