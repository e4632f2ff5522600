internal import NumberForms
import TextForms

/// What a word of a phone field says of the digits beside it.
enum FieldWord: Hashable {
  /// They are a telephone's: `tél`, `fax`, `Rufnummer`.
  case telephone
  /// Who answers: `service`, `desk`.
  case department
  /// Where or whose it is: `domicile`, `nouveau`; says nothing of what it is.
  case place
  /// They are a number, of whatever kind: `n°`, `Nr.`
  case numbering
  /// They are something else, whatever stands between: `SIRET`, `Steuernummer`.
  case other
  /// A few digits of an address follow: `BP 12`, `Postfach`.
  case box
  /// Somebody who may have been given a number, `N° client`, or has a telephone; alone it says nothing.
  case entity
  /// What has a number of its own and no telephone: `N° de compte`, `Kd-Nr.`; alone it says nothing.
  case thing
  /// A paper or a mark that has one: `facture`, `code`; alone it may as well be what the telephone is for.
  case paper
  /// They are no longer right, or never were, or nobody knows: `ancien`, `wrong`, `à vérifier`.
  case old
  /// Makes ``old`` of the number before it, if another one follows: `devient`, `jetzt`.
  case becoming
  /// Makes ``old`` of what follows: `plus valable`, `nicht vergeben`.
  case negation
  case valid
  /// Makes ``old`` of a month, a year or a date behind it.
  case until
  case month
  /// Says nothing: `de`, `the`.
  case joining
  case unknown

  /// What the word says; in any case, with or without accents. `isGerman`: where `alt` is old, and not another.
  init(_ word: String, isGerman: Bool = false) {
    let folded = Self.folded(word)
    if let known = Self.words[folded] {
      self = known
    } else if Self.capitals.contains(word) {
      self = .other
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
  static func isLabel(_ word: String) -> Bool {
    // Behind a company's own number, which is not told: no extension of ours.
    (SpokenExtension.isExtension(word) && !SpokenExtension.isDirectDial(word))
      || labels.contains(folded(word))
  }

  /// Whether the word speaks of several numbers: `anciens numéros`.
  static func isPlural(_ word: String) -> Bool { plurals.contains(folded(word)) }

  private static let plurals: Set<String> = [
    "numeros", "nummern", "numbers", "nrs", "nrn", "nros", "nos", "tels", "telephones", "phones",
    "lignes", "lines", "rufnummern", "telefonnummern", "telefones", "telefonos", "telefoni",
    "numeri", "anciens", "anciennes", "antiguos", "antiguas", "antigos", "antigas", "vecchi",
    "perimes", "supprimes", "resilies", "inactifs", "both", "beide", "tous", "toutes", "alle",
    "all",
  ]

  /// `Kundennummer`, `KdNr`, `Telefonnummer`.
  private static func compound(_ word: String) -> FieldWord? {
    for ending in ["nummer", "nummern", "nr", "num", "no", "id"] where word.hasSuffix(ending) {
      var stem = word.dropLast(ending.utf8.count)
      // Not `Reno`.
      while stem.utf8.count > (ending == "nr" || ending.hasPrefix("nummer") ? 0 : 2) {
        switch words[String(stem)] {
        case .thing, .paper, .other: return .other
        // `Kundennummer` is one word in German and Dutch; in others it is two, and may be a telephone's.
        case .entity: return ending == "no" ? nil : .other
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
      case "º", "ª": continue
      case "'", "’":
        folded = ["l", "d", "n", "qu"].contains(folded) ? "" : folded + "'"
      case _ where scalar.isASCII: folded.unicodeScalars.append(scalar)
      default: folded += scalar.plainLetter
      }
    }
    return folded
  }

  /// Labels of a number.
  private static let labels: Set<String> = [
    "tel", "telephone", "phone", "fixe", "mobile", "portable", "port", "gsm", "fax", "bureau",
    "standard", "std", "ligne", "line", "no", "n", "num", "numero", "number", "direct", "t", "m",
    "f",
    "pro", "perso", "et", "ou", "and", "or", "tph", "nr", "nummer", "postes", "intern",
    "mob", "mobil", "cell", "off", "office", "res", "work", "home", "privat",
  ]

  /// The registers of Swiss and of Italian companies, whose signs are words or names otherwise.
  private static let capitals: Set<String> = ["CHE", "REA"]

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
      perso extn x tph festnetz zentrale privat sms whatsapp
      """
    ),
    (
      .department,
      """
      service services serv servizio servicio desk hotline dept departement department abt abteilung
      dienst assistance support secretariat accueil
      """
    ),
    (
      .numbering,
      "n no nr nrs num numero numeros number numbers nummer nummern nro nros nbr numer cislo"
    ),
    (
      .place,
      """
      personnel personnelle personal personlich prive privee private prof professionnel domicile maison
      home office work travail buro geschaftlich dienstlich siege magasin boutique atelier usine
      depot urgence urgences nuit jour soir matin vert gratuit unique principal principale
      secondaire general nouveau nouvelle nouv new neu neue neuer neues actuel actuelle aktuell
      aktuelle current main best meilleur suivant rappel contact appel astreinte gardien
      verde conciergerie voiture vacances parents mari femme fils fille
      """
    ),
    (
      .other,
      """
      siret siren tva vat rcs rpm iban rib naf ape ust ustid idnr steuernummer hrb hra mwst
      kvk btw kbo bce nif cif piva iva ssn imei imsi iccid duns npi eori blz bsb oib regon
      pesel krs cnpj cpf gstin ico dic cui finess rpps adeli isbn ean gtin sku uid cvr bsn mrn upc
      ik nino ahv avs nir matricola bankleitzahl adoszam contribuinte nip
      vkn tckn vergi rccm ninea ncc cnss nit ruc cuil rfc curp egn eik jmbg fein crn utr dni momsnr mva
      orgnr nhs tunnus afm αφμ γεμη 法人番号 统一社会信用代码 統一編號 统一编号 税号 инн кпп
      огрн снилс
      """
    ),
    (.box, "bp cs cedex postfach postbus po"),
    (
      .entity,
      """
      client clients customer cust cliente clienti klant membre member adherent adh abonne fournisseur
      supplier vendor entreprise company societe firma unternehmen onderneming empresa azienda tiers
      patient salarie employee agent assure socio kunde kunden mitglied lieferant debitor kreditor
      """
    ),
    (
      .thing,
      """
      kd compte cpte account acc produit article artikel item serie serial lot colis tracking sendung
      steuer tax reg st re az bl cde bestell lic secu versicherung vers police policy ticket project
      projet projekt org fisc fiscal fiscale bic swift abn ein ordre allocataire permis insee
      """
    ),
    (
      .paper,
      """
      ref refs reference referenz referenza referencia code cod codice codigo id identifiant kennung
      aktenzeichen konto kto acct cuenta conto rekening matricule badge licence license lizenz
      immatriculation commande order bestellung auftrag pedido ordine facture invoice inv rechnung
      factura fattura factuur devis quote angebot dossier akte contrat contract vertrag contratto
      vorgang livraison lieferschein rma
      """
    ),
    (
      .old,
      """
      ancien ancienne anciens anciennes anc vieux vieil ex old older former formerly previous previously prev
      alte alter altes alten ehem ehemals ehemalig ehemalige ehemaliger fruher fruhere vorherige
      vecchio vecchia precedente antiguo antigua anterior antes antigo antiga oud oude vroeger stary
      stara stare gammel gammelt gamle gammal gamla tidigare tidligere eski regi vanha vechi старый
      старая старые obsolete perime perimee caduc ungultig invalid invalide errone erronee erreur
      error fehler faux fausse falsch falsche falscher falsches wrong bad mauvais mauvaise incorrect hs
      resilie resiliee supprime supprimee deleted geloscht disconnected deconnecte deconnectee coupe
      coupee dead changed gesperrt abgeschaltet abgemeldet gekundigt inactif inactive inaktiv
      desactive desactivee longer outdated veraltet expired expire falso errato vervallen inexistant
      inexistante verifier confirmer unverified unconfirmed prufen unsicher incertain incertaine
      douteux douteuse ko annule annulee suspendu suspendue npai obsoleto obsoleta change changee
      decede decedee demenage demenagee parti partie deceased moved bounce bounced verstorben verzogen
      umgezogen unzustellbar fallecido deceduto trasferito overleden verhuisd
      """
    ),
    (
      .becoming,
      """
      devient devenu devenue remplace remplacee maintenant desormais dorenavant ersetzt jetzt nunmehr
      wurde replaced superseded becomes became now ahora ora adesso agora nu
      """
    ),
    (.negation, "plus pas non not nicht mehr kein keine niet meer geen piu out hors"),
    (
      .valid,
      """
      valable valables valide valides valid valido valida gultig attribue attribuee actif
      active attivo attiva aktiv utilise utilisee utiliser use used verwenden anschluss bon
      correct vergeben geldig gebruik belegt existiert exists existe working fonctionne funktioniert works marche
      repond answers antwortet responde risponde joignable erreichbar reachable raggiungibile bereikbaar
      """
    ),
    (.until, "jusqu'a jusqu'au jusqu'en until till bis hasta fino avant before vor tot"),
    (
      .month,
      """
      ende anfang mitte fin debut end january february march april may june july august september
      october november december jan feb mar apr jun jul aug sep sept oct nov dec janvier fevrier mars
      avril mai juin juillet aout septembre octobre novembre decembre januar februar marz juni juli
      oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre
      noviembre diciembre gennaio aprile maggio giugno luglio settembre ottobre dicembre
      """
    ),
    (
      .joining,
      """
      de du des la le les l d the of der die das den dem del della di do da von van est is ist in en
      war was a ne bitte svp depuis seit since et and und ou or s unter au at on sous op onder
      """
    ),
  ]
}
