/// The words of headers, in small letters without accents.
extension HeaderWords {
  static let mobile: Set<String> = [
    "portable", "portables", "gsm", "cell", "cellular", "cellulare", "cellulaire", "cellphone",
    "movil", "movel", "natel", "smartphone", "iphone", "mob", "whatsapp", "sms",
    "telemovel", "komorka", "komorkowy", "hdy", "celular", "celulares", "mobitel", "matkapuhelin",
    "携帯",
    "携帯電話", "携帯番号", "手机", "手机号", "мобильный", "сотовый", "κινητό", "κινητο", "الجوال", "المحمول",
  ]
  static let phone: Set<String> = [
    "tel", "tels", "phone", "phones", "telephone", "telephones", "fon", "fone", "fones", "telf",
    "tlf", "durchwahl",
    "e164", "puhelin", "landline", "sda", "did", "ddi", "msisdn", "tfno", "telnr", "telno",
    "電話", "電話番号", "代表電話", "会社電話", "自宅電話", "电话", "电话号码", "телефон", "τηλέφωνο",
    "τηλεφωνο", "τηλ", "الهاتف", "هاتف", "טלפון",
  ]
  static let numbering: Set<String> = [
    "n", "no", "nr", "num", "numero", "numeros", "number", "numbers", "nummer", "nro",
  ]
  /// Where a telephone is that a header calls a number.
  static let places: Set<String> = [
    "office", "work", "business", "other", "caller", "appelant", "anrufer", "public", "publique",
    "externe", "external", "extern",
    "exterieur",
  ]
  static let barePlaces: Set<String> = [
    "home", "bureau", "domicile", "maison", "travail", "privat", "geschaftlich", "dienstlich",
    "prive", "zuhause", "arbeit", "buro", "pager", "contact", "contacts",
    "ct", "hm", "mb", "of", "wk", "port", "contacto", "contatto", "contato", "kontakt", "ufficio",
    "abitazione", "oficina", "particular", "casa", "trabajo", "lavoro",
  ]
  /// Whose numbers are not the party's: in a log of calls one's own stands beside them.
  static let strangers: Set<String> = [
    "emergency", "salesperson", "assigned", "urgence", "notfall", "eigene", "own", "propre",
    "called", "callee", "appele",
  ]
  static let behindPhone = phone.union(numbering).union(["poste", "ext", "de", "interne"])
  /// Words that make a column tell something about a number or an address.
  static let about: Set<String> = [
    "type", "typ", "tipo", "label", "etiquette", "libelle", "opt", "optout", "out", "date",
    "consent",
    "verified", "status", "format", "preferred", "id", "operator", "operateur", "carrier",
    "provider",
    "prefix", "prefixe", "indicatif", "vorwahl", "code", "owner", "created", "modified", "book",
    "valid", "validation", "count", "time", "last", "dernier", "state",
  ]
  /// Words for people who are not who the row is about.
  static let others: Set<String> = [
    "user", "utilisateur", "assigned", "besitzer", "benutzer", "proprietaire", "vendeur", "sales",
    "salesperson", "commercial", "parent", "verkaufer", "inhaber", "eigentumer", "eigenaar",
    "titolare", "titular",
  ]
  /// People and companies whose telephones stand beside the party's.
  static let otherPeople: Set<String> = [
    "livreur", "agence", "conseiller", "conseillere", "garant", "employeur", "banque", "notaire",
    "tuteur", "apporteur", "delegue", "representant", "transporteur", "installateur", "technicien",
    "syndic", "gestionnaire", "courtier", "medecin", "filiale", "betreuer", "berater", "vertreter",
    "vermittler", "bank", "arzt", "verwalter", "arbeitgeber", "filialleiter", "techniker",
    "seller", "salesman", "rep", "driver", "broker", "guarantor", "employer", "referrer", "doctor",
    "store", "agency", "advisor", "adviser", "consultant", "technician", "carrier", "holding",
    "owner", "creator", "created", "agente", "venditore", "vendedor",
  ]
  static let joining: Set<String> = [
    "de", "du", "do", "da", "d", "des", "la", "le", "les", "l", "of", "the", "der", "des", "del",
    "a", "et",
    "s", "what", "your", "quel", "quelle", "est", "votre", "vos", "ihr", "ihre", "su", "tu",
    "facturation", "billing", "primary", "primar", "apparentee", "fiscal", "usage", "utilise",
    "principal",
    "principale", "main", "ct",
  ]
  static let entities: Set<String> = [
    "client", "customer", "tiers", "compte", "account", "fournisseur", "supplier", "vendor",
    "kunde",
    "kunden", "lieferant", "lieferanten", "partner", "cliente", "klant", "klient", "kund",
    "auxiliaire", "company",
    "societe", "ct",
  ]
  static let idWords: Set<String> = [
    "id", "uid", "uuid", "guid", "rowid", "identifiant", "externalid", "recordid",
  ]
  static let ids: Set<String> = idWords.union([
    "record", "contact", "external", "row", "lead", "person", "unique",
  ])
  static let companies: Set<String> = [
    "company", "societe", "society", "entreprise", "firma", "firme", "firmenname", "firmen",
    "organization",
    "organizations", "organisations", "companies",
    "organisation", "organisatie", "organizacion", "organizzazione", "account", "tiers", "raison",
    "sociale",
    "raisonsociale", "organisme", "enseigne", "compte", "empresa", "azienda", "bedrijf",
    "unternehmen", "related", "org",
    "associated", "companyname", "soc", "ste", "rs", "business", "compania", "ragione", "razon",
    "social",
    "third", "party", "geschaftspartner", "liee", "zugehoriges", "verbundenes", "unternehmens",
    "societa", "firmy", "firmanavn", "foretagsnamn", "会社名", "会社", "公司", "公司名称", "организация",
    "компания", "компании", "επωνυμία", "επωνυμια", "εταιρεία", "الشركة",
    "foretag", "virksomhed", "yritys", "spolecnost", "bedrijfsnaam", "ceg", "cegnev",
    "sirket", "client", "customer", "kunde",
    "cliente", "klant", "klient", "kund",
    "kundenname", "fournisseur", "supplier",
    "vendor", "lieferant",
  ]
  static let names: Set<String> = composed.union([
    "name", "nom", "naam", "nome", "nombre", "intitule", "denomination", "denominazione", "usuel",
    "bezeichnung",
    "adi", "isim", "unvan", "unvani", "氏名", "名前", "お名前", "姓名", "имя", "фио",
    "название", "наименование", "όνομα", "ονομα", "ονοματεπώνυμο", "الاسم", "שם",
    "nominativo", "nazwa", "navn", "namn", "nimi", "nazev",
  ])
  /// Of a whole name that a program composed of others.
  static let composed: Set<String> = [
    "display", "full", "complet", "complete", "anzeige", "anzeigename", "affiche", "afficher",
    "fullname", "displayname", "vollstandiger", "vollstaendiger", "real", "realname", "cn",
    "formatted", "names", "volledige",
  ]
  static let first: Set<String> = [
    "first", "given", "prenom", "prenoms", "vorname", "vornamen", "forename", "voornaam",
    "firstname", "givenname", "fname", "krestni", "fornamn", "fornavn", "etunimi", "imie", "jmeno",
    "名", "proprio", "utonev", "keresztnev",
  ]
  static let last: Set<String> = [
    "last", "family", "surname", "nachname", "famille", "apellido", "apellidos", "cognome",
    "achternaam", "zuname", "familienname", "lastname", "lname", "efternamn", "efternavn",
    "etternavn",
    "sobrenome", "apelido", "soyadi", "姓", "фамилия", "επώνυμο", "επωνυμο",
    "sukunimi", "nazwisko", "prijmeni", "vezeteknev",
  ]
  /// Who speaks for a party.
  static let contacts: Set<String> = [
    "contact", "contacts", "interlocuteur", "interlocuteurs", "ansprechpartner", "referente",
    "kontaktperson", "contactpersoon", "contacto", "contatto", "contato", "kontakt",
  ]
  /// What lists tell of those who are in them, beside who they are.
  static let traits: Set<String> = {
    let words = """
      statut etat status stand civilite civ anrede titre title salutation genre sexe gender geschlecht fonction function
      funktion position poste job metier profession beruf role service services departement department abteilung
      categorie category kategorie groupe group gruppe tag tags classe class klasse niveau level langue language sprache
      region canton bundesland secteur sector activite activity branche industry source origine origin herkunft motif
      raison reason grund objet sujet subject betreff canal channel produit product produkt article artikel modele model
      marque brand marke vehicule site url web internet website jour day tag mois month annee year heure hour horaire
      horaires hours naissance birthday geburtstag age nationalite devise currency montant amount remarque info infos
      information message texte text resultat result action priorite priority rang rank nature mode moyen lieu place
      batiment etage zone quartier rue residence priority agent equipe team campagne campaign formule abonnement
      """
    return Set(words.split(whereSeparator: \.isWhitespace).map { String($0) })
  }()
  /// All words that are known, of which others may be put together.
  static let vocabulary: Set<String> = {
    let sets = [
      mobile, phone, numbering, places, barePlaces, strangers, about, others, otherPeople, joining,
      entities, ids,
      companies, names, persons, plain, traits,
      [
        "code", "mail", "email", "ville", "adresse", "address", "rue", "pays", "country", "ref",
        "reference",
      ],
    ]
    return sets.reduce(into: []) { $0.formUnion($1) }
  }()
  static let persons: Set<String> = first.union(last).union(contacts).union([
    "persona",
    "nickname", "nick", "surnom", "spitzname", "apodo", "contact", "interlocuteur",
    "ansprechpartner", "person", "personne", "lead", "prospect", "entry", "item", "caller",
    "appelant", "anrufer",
  ])
}
