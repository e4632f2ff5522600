import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Headers in other languages than those that most files have, and of programs that call things in their own way.
@Suite struct ForeignHeaderTests {
  private func rows(_ text: String) throws -> [String] {
    let input = InputFile(name: "file", bytes: Array(text.utf8))
    return try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }
      .map { row in
        let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
        let numbers = row.numbers.map { ($0.isCertain ? "" : "*") + ($0.number?.key ?? "") }
        return "\(row.name)\(contact): \(numbers.joined(separator: " "))"
      }
  }

  @Test(
    arguments: [
      (
        "Nome;Cognome;Società;Telefono (uff.);Cellulare\nUgo;Neri;Alfa;0199001001;0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      (
        "Nome;Sobrenome;Empresa;Telefone comercial;Celular\nRui;Gama;Alfa;0199001001;0639980011\n",
        "Alfa (Rui Gama)"
      ),
      // A postal code in Brazil.
      ("Nome;CEP;Telefone residencial;Celular\nAlfa;01310-100;0199001001;0639980011\n", "Alfa"),
      ("Nazwa;NIP;Telefon;Telefon komórkowy\nAlfa;5260250274;0199001001;0639980011\n", "Alfa"),
      ("Název firmy;IČO;Telefon;Mobil\nAlfa;12345678;0199001001;0639980011\n", "Alfa"),
      ("Şirket;Soyadı;İş Telefonu;Cep Telefonu\nAlfa;Neri;0199001001;0639980011\n", "Alfa (Neri)"),
      (
        "Vezetéknév,Utónév,Cég,Hivatali telefon,Mobiltelefon\nNeri,Ugo,Alfa,0199001001,0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      (
        "Nome Próprio,Apelido,Empresa,Telefone da Empresa,Telemóvel\nUgo,Neri,Alfa,0199001001,0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      ("Firma Adı;Telefon;Cep Telefonu\nAlfa;0199001001;0639980011\n", "Alfa"),
      ("Επωνυμία;Τηλέφωνο;Κινητό\nAlfa;0199001001;0639980011\n", "Alfa"),
      ("Название компании;Рабочий телефон;Мобильный телефон\nAlfa;0199001001;0639980011\n", "Alfa"),
      ("الاسم,الهاتف,الجوال\nAlfa,0199001001,0639980011\n", "Alfa"),
      ("会社名,氏名,電話番号,携帯電話,FAX\nAlfa,山田,0199001001,0639980011,\n", "Alfa (山田)"),
      // A directory of a telephone system, Xero, Odoo, and a file in which only a contact person is named.
      ("Nom,N° public,N° mobile\nAlfa,0199001001,0639980011\n", "Alfa"),
      ("*ContactName,PhoneNumber,DDINumber\nAlfa,0199001001,0639980011\n", "Alfa"),
      (
        "*ContactName,FirstName,LastName,PhoneNumber,DDINumber\nAlfa,Ugo,Neri,0199001001,0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      ("id,name,parent_id/name,phone,mobile\np_2,Lea,Alfa,0199001001,0639980011\n", "Alfa (Lea)"),
      ("Contact;Téléphone;Mobile\nAlfa;0199001001;0639980011\n", "Alfa"),
      // Out of the Web.
      (
        "Nom,Téléphone,Mobile\nDurand &amp; L&#039;Ours &co;,01&nbsp;99&nbsp;00&#160;10 01,0639980011\n",
        "Durand & L'Ours &co;"
      ),
      ("Nom,Téléphone,Mobile\nCaf&eacute; &#x4C;&OElig;,0199001001,0639980011\n", "Café LŒ"),
      // One of a list, and numbers that a spreadsheet cut where it cut texts into columns.
      (
        "First name,Last name,Phones 1 Phone,Phones 2 Phone,Accounts 1 Account name\nUgo,Neri,0199001001,0639980011,Alfa\n",
        "Alfa (Ugo Neri)"
      ),
      ("Nom;Tél;;Mobile;;;;\nAlfa;01;99001001;06;39;98;00;11\n", "Alfa"),
      (
        "Lead Name,Organization Name,Lead Owner,Phone,Mobile No\nUgo Neri,Alfa,Max,0199001001,0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      // The name of a table in each header, words written as one, and a contact person in parts.
      (
        "NUM_CLI;NOM_CLI;PRENOM_CLI;TEL_CLI;PORT_CLI\n12;Neri;Ugo;0199001001;0639980011\n",
        "Ugo Neri"
      ),
      ("CLI_ID;CLI_NOM;CLI_TEL;CLI_MOBILE;CLI_VILLE\n12;Alfa;0199001001;0639980011;Metz\n", "Alfa"),
      (
        "TIRCODE;TIRNOM;TIRPRENOM;ADRCODEPOSTAL;TIRTEL;TIRFAX;TIRPORTABLE\n"
          + "C1;Neri;Ugo;57000;0199001001;;0639980011\n", "Ugo Neri"
      ),
      ("NOMCLIENT;CP;VILLE;TELFIXE;TELPORTABLE\nAlfa;57000;Metz;0199001001;0639980011\n", "Alfa"),
      (
        "Nom;Tél;Mobile;Nom (contact);Prénom (contact)\nAlfa;0199001001;0639980011;Neri;Ugo\n",
        "Alfa (Ugo Neri)"
      ),
      (
        "Nom société;Nom contact;Prénom;Tél;Natel\nAlfa;Neri;Ugo;0199001001;0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      (
        "Customer Name;Contact First Name;Contact Last Name;Phone;Mobile\n"
          + "Alfa;Ugo;Neri;0199001001;0639980011\n", "Alfa (Ugo Neri)"
      ),
      (
        "Organisatie;Contactpersoon: Volledige naam;Telefoonnr. werk;Mobiel werk\n"
          + "Alfa;Ugo Neri;0199001001;0639980011\n", "Alfa (Ugo Neri)"
      ),
      ("Nome;Nome do contacto;Telefone;Telemóvel\nAlfa;Rui;0199001001;0639980011\n", "Alfa (Rui)"),
      (
        "Prénom,Nom,Société / Compte,Tél.,Mobile\nUgo,Neri,Alfa,0199001001,0639980011\n",
        "Alfa (Ugo Neri)"
      ),
      ("Nimi;Puhelin;Matkapuhelin\nAlfa;0199001001;0639980011\n", "Alfa"),
      // A contact behind a person is somebody else; one that says the company again is nobody.
      (
        "Surname,Forename,Contact 1 Name,Phone,Mobile\nNeri,Ugo,Zoé,0199001001,0639980011\n",
        "Ugo Neri (Zoé)"
      ),
      (
        "Contact Name,Company Name,First Name,Last Name,Phone,Mobile\n"
          + "Alfa & Co,Alfa,Ugo,Neri,0199001001,0639980011\n", "Alfa (Ugo Neri)"
      ),
      // Of those that are called nothing but a number, the one that looks like a telephone's.
      ("Name,Contact Number,Mobile\nAlfa,0199001001,0639980011\n", "Alfa"),
      (
        "Name;Number (Contact Numbers);Is Primary Phone;Mobile\nAlfa;0199001001;1;0639980011\n",
        "Alfa"
      ),
      ("Firma;Vorname;Telefon Fix;Telefon Mobile\nAlfa;;0199001001;0639980011\n", "Alfa"),
      (
        "<contacts><contact name=\"Alfa\" number=\"0199001001\" phone=\"\" mobile=\"0639980011\"/>"
          + "</contacts>", "Alfa"
      ),
      (
        "<tbook><item type=\"none\"><name>Alfa</name><number>0199001001</number>"
          + "<mobile>0639980011</mobile></item></tbook>", "Alfa"
      ),
      (#"[{"name":"Alfa","phone":{"home":"0199001001","rank":"1","work":"0639980011"}}]"#, "Alfa"),
      // One person, whose telephones have keys.
      (
        "<phonebooks><phonebook><contact><person><realName>Alfa</realName></person><telephony>"
          + "<number type=\"home\" id=\"0\">0199001001</number>"
          + "<number type=\"mobile\" id=\"1\">0639980011</number>"
          + "</telephony></contact></phonebook></phonebooks>", "Alfa"
      ),
    ])
  func rows(text: String, who: String) throws {
    #expect(try rows(text) == ["\(who): +33199001001 +33639980011"])
  }

  @Test(
    "The only column that may say whose numbers they are",
    arguments: [
      "Patient", "Élève", "Mandant", "Adhérent", "Locataire", "Bénéficiaire", "Mieter", "Attendee",
      "Restaurant", "Qui",
    ])
  func onlyName(header: String) throws {
    let rows = try rows(
      "\(header);Statut;Tél;Ville\nZoé Yak;Actif;0199001001;Metz\nAlfa;Actif;0639980011;\n")
    #expect(rows == ["Zoé Yak: +33199001001", "Alfa: +33639980011"])
  }

  @Test(
    "Columns that do not say whose numbers they are",
    arguments: [
      "Statut;Tél\nActif;0199001001\nInactif;0199001002\n",
      "Motif;Tél\nDevis;0199001001\nRetour;0199001002\n",
      "Passage;Tél\nrappelle ce soir;0199001001\nveut un devis;0199001002\n",
      "Formule;Tél\nOr;0199001001\nArgent;0199001002\n", "Livraison;Tél\n12/05/2021;0199001001\n",
      "Commercial;Tél\nUgo;0199001001\nZoé;0199001002\n",
      "Vendeur;Bien;Tél\nUgo;Maison 120 m2;0199001001\nZoé;Appartement T3;0199001002\n",
      "Alpha;Beta;Tél\nUn;Deux;0199001001\nTrois;Quatre;0199001002\n",
      "Lieu-dit;Tél\nLa Croix;0199001001\nLa Croix;0199001002\nLa Croix;0199001003\n",
    ])
  func nobodysName(text: String) { #expect(throws: StoreError.self) { try rows(text) } }

  @Test(
    "Names whose headers say of whom they are",
    arguments: [
      ("Nom élève;Prénom élève;Classe;Tél\nNeri;Ugo;6e B;0199001001\n", "Ugo Neri: +33199001001"),
      ("Nom adhérent;Nom payeur;Tél\nNeri;Noir;0199001001\n", "Neri: +33199001001"),
      ("Nom d'usage;Prénom;Tél\nNeri;Ugo;0199001001\n", "Ugo Neri: +33199001001"),
      (
        "Nom M.;Tél M.;Nom Mme;Tél Mme\nUgo;0199001001;Zoé;0199001002\n",
        "Ugo: +33199001001 *+33199001002"
      ),
      ("Denominazione;Referente;Tel.\nAlfa;Ugo;0199001001\n", "Alfa (Ugo): +33199001001"),
      ("libelle_client;num_tel\nAlfa;0199001001\n", "Alfa: +33199001001"),
      ("Nom;Société apparentée;Tél\nUgo;Alfa;0199001001\n", "Alfa (Ugo): +33199001001"),
      ("Organisme;Contact;Tél\nAlfa;Ugo;0199001001\n", "Alfa (Ugo): +33199001001"),
      // Answers are no names and no numbers.
      ("Vorname;Nachname;Firma;Telefon\nUgo;Neri;nein;0199001001\n", "Ugo Neri: +33199001001"),
      (
        "First Name,Default Address Company,Phone,Accepts SMS Marketing\nUgo,Alfa,0199001001,no\n",
        "Alfa (Ugo): +33199001001"
      ),
      // A column in which nothing stands names nobody.
      (
        "siret,nom_etablissement,enseigne,tel\n49301234500028,Alfa,,0199001001\n",
        "Alfa: +33199001001"
      ),
      (
        "FirstName,Company,Mobile,Business,Business2,Other\nUgo,Alfa,,0199001001,,0199001002\n",
        "Alfa (Ugo): +33199001001 +33199001002"
      ),
      ("dn: ou=Alfa,dc=x\nou: Alfa\ntelephoneNumber: 0199001001\n", "Alfa: +33199001001"),
      // An attribute may have several values, and a part of an organization a name beside a person's.
      (
        "dn: cn=Un\ncn: Un\ncn: Zwei\nou: Achats\nmozillaNickname: U\ntelephoneNumber: 0199001001\n"
          + "telephoneNumber: 0199001002\n", "Un: +33199001001 +33199001002"
      ),
      // A second name is another's.
      (
        "Nom;Tél (facturation);Tél (livraison);Nom (livraison)\nAlfa;0199001001;0639980011;Beta\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      // What holds the fields of a record.
      (
        #"{"results":[{"properties":{"company":"Alfa","firstname":"Ugo","email":"u@x","phone":"0199001001"}},"#
          + #"{"properties":{"company":null,"firstname":"","email":"","phone":null}}]}"#,
        "Alfa (Ugo): +33199001001"
      ),
      (#"{"nom":"Alfa","telephone":[{"valeur":"0199001001"}]}"#, "Alfa: +33199001001"),
      // A page's mark in a header.
      ("Firma;Strasse&amp;Nr;PLZ;Tel\nAlfa;x 1;57000;0199001001\n", "Alfa: +33199001001"),
    ])
  func ofWhom(text: String, row: String) throws { #expect(try rows(text) == [row]) }

  @Test("A member of another row in a directory of snom is nobody")
  func member() throws {
    let text = """
      "name","number","first_name","family_name"
      "Alfa","0199001001","","Alfa"
      "","0639980011","Member_Alias","0199001001"

      """
    // Whoever has it stands in the row above.
    #expect(try rows(text) == ["Alfa: +33199001001", "Alfa: *+33639980011"])
  }

  @Test(
    "A row without a name below another",
    arguments: [
      (
        "Client;Tél\nAlfa;0199001001\n;0199001002\n;0199001003\nBeta;0199001004\n",
        [
          "Alfa: +33199001001", "Alfa: *+33199001002", "Alfa: *+33199001003", "Beta: +33199001004",
        ]
      ),
      ("Client;Tél\n;0199001001\nBeta;0199001004\n", ["Beta: +33199001004"]),
      ("Client;Tél\nAlfa;0199001001\n\n;0199001002\n", ["Alfa: +33199001001"]),
      (
        "Nom;Tél;Contacts/Nom\nAlfa;0199001001;Ugo\n;0199001002;Zoé\n",
        [
          "Alfa (Ugo): +33199001001", "Zoé: +33199001002",
        ]
      ),
    ] as [(String, [String])])
  func below(text: String, shown: [String]) throws { #expect(try rows(text) == shown) }

  @Test(
    "Owners are who a file is about if it has many of them", arguments: ["Propriétaire", "Owner"])
  func owners(header: String) throws {
    let people = "ABCDEFGHIJ".map { "\($0)lfa;0199001001" }
    let text = "\(header);Tél\n" + people.joined(separator: "\n")
    #expect(try rows(text).count == 10)
    let few = "\(header);Tél\n" + people.prefix(2).joined(separator: "\n")
    #expect(throws: StoreError.self) { try rows(few) }
    let staff = "\(header);Tél\n" + people.map { _ in "Ugo;0199001001" }.joined(separator: "\n")
    #expect(throws: StoreError.self) { try rows(staff) }
  }

  @Test("A label that says that a number is an extension")
  func labelledExtension() throws {
    let text =
      "<d><entry><Name>Alfa</Name><Telephone label=\"Work\">0199001001</Telephone>"
      + "<Telephone label=\"Extension\">3222</Telephone></entry></d>"
    #expect(try rows(text) == ["Alfa: +33199001001 3222"])
  }

  @Test(
    "Parts of numbers in columns of their own, and nobody else's",
    arguments: [
      (
        "ContactName,PhoneCountryCode,PhoneAreaCode,PhoneNumber,MobileCountryCode,MobileNumber\n"
          + "Alfa,44,020,79460123,33,639980011\n", "Alfa: +442079460123 +33639980011"
      ),
      (
        "Name,Phone,Phone Area Code,Phone Country Code\nAlfa,79460123,020,+44\n",
        "Alfa: +442079460123"
      ),
      (
        "Firma;Landesvorwahl;Ortsvorwahl;Rufnummer\nAlfa;0049;30;123456\n", "Alfa: +4930123456"
      ),
      ("name,countrycode,phone\nAlfa,32,0475123456\n", "Alfa: 0475123456"),
      (
        "Customer,Bill To,Ship To,Bill To Phone,Ship To Phone\n"
          + "Alfa,Alfa HQ,Depot,0199001001,0639980011\n", "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Ship To Name,Ship To Phone,Bill To Name,Bill To Phone\nDepot,0639980011,Alfa,0199001001\n",
        "Alfa: *+33639980011 +33199001001"
      ),
    ])
  func parts(text: String, row: String) throws { #expect(try rows(text) == [row]) }

  @Test(
    "Without a header line, where it is plain which field is the name",
    arguments: [
      (
        "Alfa;0199001001;0639980011\nBeta SA;0199001002;\n",
        ["Alfa: +33199001001 +33639980011", "Beta SA: +33199001002"]
      ),
      ("\"0199001001\",\"Alfa\"\n", ["Alfa: +33199001001"]),
    ])
  func unwritten(text: String, shown: [String]) throws { #expect(try rows(text) == shown) }

  @Test(
    "Without a header line, where it is not",
    arguments: [
      "Alfa;Lyon;0199001001\nBeta;Metz;0199001002\n", "C1;Alfa;0199001001\nC2;Beta;0199001002\n",
      "a@example.com;0199001001\n",
    ])
  func unclear(text: String) { #expect(throws: StoreError.self) { try rows(text) } }
}
