import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Files as the programs of today export them, and as the field spoils them.
@Suite struct FilesOfTodayTests {
  /// Who has these numbers after an import: `name (contact) strength`, of several with commas.
  private func owners(_ file: [UInt8], _ numbers: [String]) async throws -> [String] {
    let store = try StoreFixture()
    let outcome = try await store.importing(bytes: file)
    #expect(outcome.report.lost == 0, "\(outcome.refused)")
    return try numbers.map { number in
      try store.parties().matches(for: try store.number(number)).map { match in
        "\(match.party.name)\(match.contact.map { " (\($0))" } ?? "") \(match.strength)"
      }.sorted().joined(separator: ", ")
    }
  }

  @Test(
    arguments: [
      // Google until 2024 and since.
      (
        "Name,Given Name,Family Name,Organization 1 - Name,Phone 1 - Type,Phone 1 - Value\r\n"
          + "Marie Nord,Marie,Nord,Alpha SA,Mobile,+33 6 39 98 00 11 ::: 06 39 98 00 12\r\n",
        "0639980012", "Alpha SA (Marie Nord) exact"
      ),
      (
        "First Name,Middle Name,Last Name,Organization Name,Labels,Phone 1 - Label,Phone 1 - Value\n"
          + "Marie,,Nord,Alpha SA,* myContacts,Mobile,+33 6 39 98 00 11\n",
        "0639980011", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Prénom,Nom de famille,Nom de l'organisation,Libellé 1 - téléphone,Valeur 1 - téléphone\n"
          + "Marie,Nord,Alpha SA,Mobile,+33 6 39 98 00 11\n",
        "0639980011", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);"
          + "Vorname (Adressattyp natürl. Person);Telefon\n10000;Alpha GmbH;;;01 99 00 10 01\n",
        "0199001001", "Alpha GmbH exact"
      ),
      (
        "Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);"
          + "Vorname (Adressattyp natürl. Person);Telefon\n10000;;Nord;Marie;01 99 00 10 01\n",
        "0199001001", "Marie Nord exact"
      ),
      (
        "External ID,Complete Name,Phone,Salesperson\nx,Alpha SA,01 99 00 10 01,Max\n",
        "0199001001", "Alpha SA exact"
      ),
      (
        "Vollständiger Name,Telefon,Verkäufer\nAlpha SA,01 99 00 10 01,Max\n", "0199001001",
        "Alpha SA exact"
      ),
      ("Third party name,Phone\nAlpha SA,01 99 00 10 01\n", "0199001001", "Alpha SA exact"),
      (
        "ID externe,Nom,Société liée,Téléphone\nx,Marie Nord,Alpha SA,01 99 00 10 01\n",
        "0199001001", "Alpha SA (Marie Nord) exact"
      ),
      ("Name,Phone,Emergency Phone\nAlpha SA,01 99 00 10 01,0639980011\n", "0639980011", ""),
      (
        "Client;;Téléphone;;\nCode;Nom;Fixe;Mobile;Fax\nA;Alpha SA;01 99 00 10 01;06 39 98 00 11;\n",
        "0639980011", "Alpha SA exact"
      ),
      (
        "display_name,office_number,mobile_number\nAlpha SA,01 99 00 10 01,06 39 98 00 11\n",
        "0199001001", "Alpha SA exact"
      ),
      (
        "Société;Prénom;Nom;Tél.\nInconnu;Marie;Neu;01 99 00 10 01\n", "0199001001",
        "Marie Neu exact"
      ),
      (
        "Raison Soc.;N° Tél;N° Port.;Frais de port\nAlpha SA;01 99 00 10 01;06 39 98 00 11;12,50\n",
        "0639980011", "Alpha SA exact"
      ),
      (
        "Bedrijfsnaam;Voornaam;Achternaam;Mobiel;Land\nAlpha BV;Jan;Noord;06 12345678;Nederland\n",
        "+31612345678", "Alpha BV (Jan Noord) exact"
      ),
      ("PRENOM,NOM,SMS\nMarie,Nord,33639980011\n", "0639980011", "Marie Nord exact"),
      // Outlook in three languages.
      (
        "First Name,Last Name,Company,Business Phone,Company Main Phone\n"
          + "Marie,Nord,Alpha SA,01 99 00 10 01,01 99 00 10 02\n",
        "0199001002", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Prénom;Nom;Société;Téléphone (bureau);Tél. mobile;Télécopie (bureau)\n"
          + "Marie;Nord;Alpha SA;01 99 00 10 01;06 39 98 00 11;01 99 00 10 09\n",
        "0199001009", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Vorname;Nachname;Firma;Telefon geschäftlich;Mobiltelefon;Land/Region geschäftlich\n"
          + "Jörg;Müller;Alpha GmbH;030 123456;;Deutschland\n",
        "+4930123456", "Alpha GmbH (Jörg Müller) exact"
      ),
      // Thunderbird in three languages.
      (
        "First Name,Last Name,Display Name,Work Phone,Mobile Number,Organization\n"
          + "Marie,Nord,Marie Nord,01 99 00 10 01,06 39 98 00 11,Alpha SA\n",
        "0639980011", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Vorname,Nachname,Anzeigename,Tel. dienstlich,Mobil-Tel.-Nr.,Organisation\n"
          + "Marie,Nord,Marie Nord,01 99 00 10 01,06 39 98 00 11,Alpha SA\n",
        "0639980011", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Prénom,Nom de famille,Nom à afficher,Tél. professionnel,Portable,Organisation\n"
          + "Marie,Nord,Marie Nord,01 99 00 10 01,06 39 98 00 11,\n",
        "0199001001", "Marie Nord exact"
      ),
      // Dolibarr, Sage 100, EBP, Odoo.
      (
        "\"Nom du tiers\";\"Code client\";\"Téléphone\";\"Téléphone portable\";\"Code pays\"\n"
          + "\"Alpha\";\"CU01\";\"0199001001\";\"0639980011\";\"FR\"\n",
        "0639980011", "Alpha exact"
      ),
      (
        "CT_Num;CT_Intitule;CT_Contact;CT_CodePostal;CT_Telephone\n411A;Alpha;;67000;0199001001\n",
        "0199001001", "Alpha exact"
      ),
      (
        "Code (tiers);Nom;Code Pays (facturation);Téléphone fixe (facturation)\n"
          + "C1;Alpha;FR;0199001001\n",
        "0199001001", "Alpha exact"
      ),
      (
        "Name,Related Company,Company,Phone,Country\nMarie Nord,Alpha SA,Chez nous,0199001001,France\n"
          + "Beta,,Chez nous,0199001002,France\n",
        "0199001002", "Beta exact"
      ),
      // HubSpot, Zoho, Salesforce.
      (
        "Record ID,First Name,Last Name,Phone Number,Mobile Phone Number,Contact owner,Company Name\n"
          + "17,Marie,Nord,0199001001,,Paul Vendeur,Alpha SA\n",
        "0199001001", "Alpha SA (Marie Nord) exact"
      ),
      (
        "Record Id,Account Owner,Account Name,Phone,Billing Code,Billing Country\n"
          + "zcrm_1,Paul Vendeur,Alpha SA,0199001001,67000,France\n",
        "0199001001", "Alpha SA exact"
      ),
      (
        "Account ID,Account Name,Parent Account,Phone,Billing Zip/Postal Code,Account Owner\n"
          + "001x,Alpha SA,Holding,0199001001,67000,Paul Vendeur\n",
        "0199001001", "Alpha SA exact"
      ),
      // Numbered and labelled columns, titles above, a bar between.
      ("code;nom;Tél. 2;GSM;Ligne directe\nA;Alpha;;;0199001001\n", "0199001001", "Alpha exact"),
      ("code;nom;N° de téléphone\nA;Alpha;0199001001\n", "0199001001", "Alpha exact"),
      ("Clients\n\ncode;nom;tél\nA;Alpha;0199001001\n", "0199001001", "Alpha exact"),
      ("code|nom|tél\nA|Alpha|0199001001\n", "0199001001", "Alpha exact"),
      ("code, nom, téléphone\nA1, \"Alpha, SA\", 0199001001\n", "0199001001", "Alpha, SA exact"),
      // What a spreadsheet makes of a number.
      ("code;nom;tél\nA;Alpha;4930123456.0\n", "+4930123456", "Alpha national"),
      ("code;nom;tél\nA;Alpha;639980011,00\n", "0639980011", "Alpha national"),
      ("code;nom;tél\nA;Alpha;\"199,001,001\"\n", "0199001001", "Alpha national"),
      ("code;nom;tél\nA;Alpha;33'199'001'002\n", "0199001002", "Alpha exact"),
      ("code;nom;tél\nA;Alpha;3,3199001002E+10\n", "0199001002", "Alpha exact"),
      ("code;nom;tél\nA;Alpha;\"1,024\"\n", "1024", "Alpha exact"),
      // Marks that nobody sees.
      ("code;nom;tél\nA;Alpha;01\u{3164}99 00 10 01\n", "0199001001", "Alpha exact"),
      ("code;nom;tél\nA;Alpha;0199001001\n\u{1A}\n", "0199001001", "Alpha exact"),
      (
        "nom;tél\nAlpha;0199001001\n\u{FEFF}nom;tél\n\u{FEFF}Beta;0199001002\n;;\n", "0199001002",
        "Beta exact"
      ),
      // Countries.
      ("code;nom;tél;pays\nA;Alpha;030 123456;DEU\n", "+4930123456", "Alpha exact"),
      ("code;nom;tél;pays\nA;Alpha;030 123456;276\n", "+4930123456", "Alpha exact"),
      ("code;nom;tél;pays\nA;Alpha;01 99 00 10 01;Atlantis\n", "0199001001", "Alpha weak"),
      ("code;nom;tél;pays\nA;Alpha;030 123456;Atlantis\n", "+4930123456", "Alpha weak"),
      ("code;nom;tél;pays\nA;Alpha;+49 30 123456;Atlantis\n", "+4930123456", "Alpha exact"),
    ] as [(String, String, String)])
  func `who has the number of a CSV`(text: String, number: String, owner: String) async throws {
    #expect(try await owners(Array(text.utf8), [number]) == [owner])
  }

  private static let other = "BEGIN:VCARD\nFN:Autre\nTEL:0199009999\nEND:VCARD\n"

  @Test(
    arguments: [
      ("FN:A\nTEL:0199001001\nEND:VCARDBEGIN:VCARD\nFN:B\nTEL:0639980011", "A exact", "B exact"),
      ("FN:A\nTEL:0199001001END:VCARD BEGIN:VCARD\nFN:B\nTEL:0639980011", "A exact", "B exact"),
      ("FN:A\nTEL:0199001001\nBEGIN:VCARD\nFN:B\nTEL:0639980011", "A exact", "B exact"),
      (
        "UID:0\nFN:A\nTEL:0199001001\nEND:VCARD\nBEGIN:VCARD\nUID:0\nFN:B\nTEL:0639980011",
        "A exact",
        "B exact"
      ),
      (
        "UID:x7\nFN:A\nTEL:0199001001\nEND:VCARD\nBEGIN:VCARD\nUID:x7\nFN:B\nTEL:0639980011",
        "A exact", "B exact"
      ),
      (
        "FN:A\nORG:O\nADR;WORK:;;;Lyon;;69000;\nTEL:0199001001\nEND:VCARD\nBEGIN:VCARD\nFN:B\nORG:O\n"
          + "ADR;WORK:;;;Lille;;59000;\nTEL:0639980011", "O (A) exact", "O (B) exact"
      ),
      ("FN:Paul \n\nMartin\nTEL:0639980011", "", "Paul Martin exact"),
      ("FN:A\nTEL:0639980011\nPHOTO;ENCODING=BASE64:/9j/\nCAgIDAw\nD/2wBDA=", "", "A exact"),
      ("FN:A\nX-GOOGLE TALK;TYPE=WORK:a\nTEL:0639980011", "", "A exact"),
      ("FN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:aaa=\n\n=C3=A9\nTEL:0639980011", "", "A exact"),
      ("FN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:aaa=\nTEL:0639980011", "", "A exact"),
      (
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Andr=C3=A9=\n Duval\nTEL:0639980011", "",
        "André Duval exact"
      ),
      ("N:;;;;\nFN:\nNICKNAME:Zed\nTEL:0639980011", "", "Zed exact"),
      ("EMAIL;PREF:z@z.example\nTEL:0639980011", "", "z@z.example exact"),
      ("TEL:0639980011", "", ""),
      (
        "KIND:group\nFN:Amis\nMEMBER:x\nEND:VCARD\nBEGIN:VCARD\nFN:A\nTEL:0639980011", "", "A exact"
      ),
      ("FN;ENCODING=b:R2FyYWdlIFplZA==\nTEL:0639980011", "", "Garage Zed exact"),
      ("FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=F1\nTEL:0639980011", "", "Я exact"),
      ("FN;CHARSET=Shift_JIS;ENCODING=QUOTED-PRINTABLE:=83A\nTEL:0639980011", "", "ア exact"),
      ("FN;CHARSET=nowhere//IGNORE:A\nTEL:0639980011", "", "A exact"),
      ("FN:A\nTEL:020 123 4567\nADR:;;;X;;;The Netherlands", "", ""),
      ("FN:A\nTEL:0639980011\nAGENT:BEGIN:VCARD\nFN:B\nTEL:0199001001\nEND:VCARD", "", "A exact"),
    ] as [(String, String, String)])
  func `who has the number of a card`(lines: String, first: String, second: String) async throws {
    for ends in ["\n", "\r\n", "\r\r\n"] {
      let text = (Self.other + "BEGIN:VCARD\n" + lines + "\nEND:VCARD\n").replacing(
        "\n", with: ends)
      #expect(
        try await owners(Array(text.utf8), ["0199009999", "0199001001", "0639980011"])
          == ["Autre exact", first, second], "\(ends.debugDescription)")
    }
  }

  @Test(arguments: [true, false])
  func `UTF-16 without a mark`(isBigEndian: Bool) async throws {
    let text = "BEGIN:VCARD\r\nFN:Garage Élan\r\nTEL:0199001001\r\nEND:VCARD\r\n"
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
      return isBigEndian ? pair : pair.reversed()
    }
    #expect(try await owners(bytes, ["0199001001"]) == ["Garage Élan exact"])
  }

  @Test(arguments: [
    "s/o", "k.A.", "FALSE", "(auto)", "x", "NULL", "0", "-", "#N/A", "n/a", "None", "1,20E+04",
    "#REF!", "000", "-1", "\u{200B}", "(null)",
  ])
  func `what is no identity makes nobody one`(code: String) async throws {
    let text = "code;nom;tél\n\(code);Alpha;0199001001\n\(code);Beta;0639980011\n"
    #expect(
      try await owners(Array(text.utf8), ["0199001001", "0639980011"]) == [
        "Alpha exact", "Beta exact",
      ])
  }

  @Test func `one code of two names is two parties, and the report says so`() async throws {
    let store = try StoreFixture()
    let text =
      "code;nom;tél\nC1;Alpha;0199001001\nC1\u{200B};Beta;0639980011\nC1;ALPHA;0199001002\n"
    for _ in 1...2 {
      let outcome = try await store.importing(text)
      #expect(
        outcome.notices == ["3: another name than line 2, which has its code: a party of its own"])
      #expect(try store.parties().count() == 2)
      #expect(try store.parties().record("C1")?.numbers.count == 2)
      let other = try store.parties().matches(for: try store.number("0639980011"))
      #expect(other.map(\.party.name) == ["Beta"])
    }
  }

  @Test func `one card of an organization leaves its colleagues, its own numbers and its address`()
    async throws
  {
    let store = try StoreFixture()
    let card = { (lines: String) in "BEGIN:VCARD\n\(lines)\nEND:VCARD\n" }
    try await store.importing(
      card("FN:Alpha SA\nORG:Alpha SA\nTEL:0199001000\nADR;WORK:;;;Lyon;;69000;\nNOTE:bon")
        + card("FN:Paul Nord\nORG:Alpha SA\nTEL:0199001001"))
    try await store.importing(card("FN:Anne Sud\nORG:Alpha SA\nTEL:0639980011"))
    try await store.importing(card("FN:Anne Sud\nORG:Alpha SA\nTEL:0639980012"))
    let match = try #require(
      try store.parties().matches(for: try store.number("0639980012")).first)
    let record = try #require(try store.parties().record(match.party.code))
    #expect(record.summary.city == "Lyon")
    #expect(record.remarks == "bon")
    #expect(
      Set(record.numbers.map { "\($0.number?.key ?? "") \($0.contact ?? "")" })
        == ["+33199001000 ", "+33199001001 Paul Nord", "+33639980012 Anne Sud"])
  }

  @Test(arguments: [
    ("mueller", "A1"), ("muller", "A1"), ("müller", "A1"), ("filature", "A2"), ("oeuvre", "A2"),
    ("strasse", "A3"), ("elan", "A3"), ("müllner", "A4"), ("soerensen", "A5"),
    ("u\u{308}ber", "A6"),
  ])
  func `words however they are typed`(text: String, code: String) async throws {
    let store = try StoreFixture()
    try await store.importing(
      """
      code;nom;tél
      A1;SNC Müller;
      A2;\u{FB01}lature Œuvre;
      A3;Straße E\u{301}lan;
      A4;Muellner;
      A5;Sørensen;
      A6;Ueber uns;
      """)
    #expect(try store.parties().search(text, limit: 5).map(\.code) == [code])
  }
}
