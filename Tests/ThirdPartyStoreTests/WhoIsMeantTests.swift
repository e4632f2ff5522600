import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Whose the numbers of a row are, where its headers say it in words of their own.
@Suite struct WhoIsMeantTests {
  @Test(
    arguments: [
      // The name in words that nobody knows, and whoever speaks for it.
      (
        "Charity name,Contact name,Phone\nAlfa,Ugo Neri,0199001001\n",
        "Alfa (Ugo Neri): +33199001001"
      ),
      ("Nom du club;Contact;Tél\nAlfa;Neri;0199001001\n", "Alfa (Neri): +33199001001"),
      ("Club,Contact,Phone\nAlfa,Neri,0199001001\n", "Alfa (Neri): +33199001001"),
      (
        "Thème;Contact;Tél\nAlfa;Neri;0199001001\nAlfa;Bianchi;0199001002\n",
        "Neri: +33199001001"
      ),
      ("Chargé d'affaires;Contact;Tél\nBianchi;Neri;0199001001\n", "Neri: +33199001001"),
      ("Contact name,Phone,Charity name\nUgo Neri,0199001001,Alfa\n", "Ugo Neri: +33199001001"),
      // An owner whose telephone is called so.
      (
        "Réf;Adresse du bien;Propriétaire;Tél propriétaire;Prix\nV1;1 rue Haute;Neri;0199001001;210000\n",
        "Neri: +33199001001"
      ),
      // What is in brackets, or on the other side of a stroke, says that it is a name.
      (
        "Nom Opérateur (Raison Sociale);Téléphone fixe;Email\nAlfa;0199001001;a@example.com\n",
        "Alfa: +33199001001"
      ),
      (
        "Co./Last Name,First Name,Phone,Contact Name\nAlfa,,0199001001,Neri\n",
        "Alfa (Neri): +33199001001"
      ),
      ("Co./Last Name,First Name,Phone\nNeri,Ugo,0199001001\n", "Ugo Neri: +33199001001"),
      // Two names in a word that nobody knows, where a row has no company.
      (
        "GUEST_LAST_NAME,GUEST_FIRST_NAME,COMPANY_NAME,PHONE\nNeri,Ugo,,0199001001\n",
        "Ugo Neri: +33199001001"
      ),
      ("personnr;namn;efterNamn;telefon\n1;Ugo;Neri;0199001001\n", "Ugo Neri: +33199001001"),
      // A group is not the company that belongs to it.
      (
        "name,parent_name,phone_office\nAlfa,Gamma,0199001001\n", "Alfa: +33199001001"
      ),
      ("Cliente;Teléfono;Socio\nAlfa;0199001001;Neri\n", "Alfa: +33199001001"),
      (
        "Dono do Animal;Endereço;Telefone\nUgo Neri;Rua Alfa;0199001001\n", "Ugo Neri: +33199001001"
      ),
      // A name of birth, where no other has taken its place.
      (
        "Nom de naissance;Nom d'usage;Prénom;Tél\nNeri;Bianchi;Zora;0199001001\n",
        "Zora Bianchi: +33199001001"
      ),
      (
        "Nom de naissance;Nom d'usage;Prénom;Tél\nNeri;;Zora;0199001001\n",
        "Zora Neri: +33199001001"
      ),
      // Both names of a contact person who is alone.
      (
        "Nom société;Prénom contact;Nom contact;Tel contact\n;Ugo;Neri;0199001001\n",
        "Ugo Neri: +33199001001"
      ),
      (
        "Nom de naissance;Nom d'usage;Prénom;Tél\nNeri;Bianchi;;0199001001\n",
        "Bianchi: +33199001001"
      ),
      ("f_name,l_name,phone\nUgo,Neri,0199001001\n", "Ugo Neri: +33199001001"),
      // No name, but a header whose alternatives are no words.
      ("Active (0/1);Nom;Tél\n1;Alfa;0199001001\n", "Alfa: +33199001001"),
      ("Organization Name,Office Phone\nAccounts::::Alfa,0199001001\n", "Alfa: +33199001001"),
      ("Nom;Interphone;Tél\nAlfa;12;0199001001\n", "Alfa: +33199001001"),
      // A letter with its mark is one.
      ("Nom;Tél\nCaf&eacute;;0199001001\n", "Caf\u{E9}: +33199001001"),
      // Apostrophes for quotation marks.
      ("'Nom','Tél'\n'L''Alfa, Beta','0199001001'\n", "L'Alfa, Beta: +33199001001"),
      ("'Nom';'Tél'\n'Alfa';'0199001001'\n", "Alfa: +33199001001"),
      ("Nom;Tél\n'Alfa';0199001001\n", "'Alfa': +33199001001"),
      // A namespace that is no address.
      (
        "<a><c xmlns=\"Alfa\"><Name>Alfa</Name><Telephone>0199001001</Telephone></c>"
          + "<c><x:Name>Beta</x:Name></c></a>", "Alfa: +33199001001"
      ),
      // An order's number is nobody, and who sells is not who buys.
      (
        "Name,Email,Billing Name,Billing Phone,Vendor\n#1001,a@example.com,Alfa,0199001001,Neri\n",
        "Alfa: +33199001001"
      ),
      (
        #"[{"name":"CUST-0001","customer_name":"Alfa","mobile_no":"0199001001"}]"#,
        "Alfa: +33199001001"
      ),
      // Nobody is named by the name of birth alone where another name is headed in a word that nobody knows.
      (
        "Nom patient;Prénom patient;Nom de naissance;Tél\nBianchi;Ada;Neri;0199001001\nRossi;Zoe;;0199001002\n",
        "Ada Bianchi: +33199001001"
      ),
      // Who sells, where the telephones are theirs.
      (
        "Supplier,Supplier Phone,Customer Name\nAlfa,0199001001,Neri\n", "Alfa: +33199001001"
      ),
      (
        "Nom de jeune fille;Prénom;Nom d'épouse;Tél\nNeri;Eva;Bianchi;0199001001\n",
        "Eva Bianchi: +33199001001"
      ),
      // A log of calls.
      (
        "Date,Agent,Caller Name,Caller Number,Called Number,Duration\n1,Neri,Alfa,0199001001,0199001009,60\n",
        "Alfa: +33199001001"
      ),
      ("Nome;CEP;Fone\nAlfa;01310-100;0199001001\n", "Alfa: +33199001001"),
      // Called as the telephone is.
      (
        "Property Name,Tenant,Tenant Phone Number,Assigned User\nBeta,Alfa,0199001001,Neri\n",
        "Alfa: +33199001001"
      ),
      // An organization where no person is named.
      (
        "Nom;Prénom;Structure;Email;Tél\n;;Alfa;a@example.com;0199001001\nNeri;Ugo;;;0199001002\n",
        "Alfa: +33199001001"
      ),
      (
        "displayname|firstname|lastname|society|officenumber\nUgo Neri|Ugo|Neri|Alfa|0199001001\n",
        "Alfa (Ugo Neri): +33199001001"
      ),
      (
        #"[{"names":[{"displayName":"Ugo Neri","displayNameLastFirst":"Neri, Ugo","familyName":"Neri","givenName":"Ugo"}],"#
          + #""phoneNumbers":[{"value":"01 99 00 10 01","canonicalForm":"+33199001001"}]}]"#,
        "Ugo Neri: +33199001001 +33199001001"
      ),
      // The only record of a file, in its company.
      (
        #"{"company":{"name":"Alfa","contact":{"name":"Neri","phone":"0199001001"}}}"#,
        "Alfa (Neri): +33199001001"
      ),
      (
        #"{"company":"Alfa","person":{"firstName":"Ugo","lastName":"Neri","phone":"0199001001"}}"#,
        "Alfa (Ugo Neri): +33199001001"
      ),
      (
        #"{"book":{"name":"Alfa","contact":{"name":"Neri","phone":"0199001001"}}}"#,
        "Neri: +33199001001"
      ),
    ])
  func firstRow(text: String, told: String) throws {
    #expect(try Self.told(text) == told)
  }

  @Test(
    arguments: [
      // A column that says more than the party's own may be somebody else's.
      (
        "Nom;Champ additionnel : Tél;Champ additionnel : personne à prévenir : Tél\nAlfa;0199001001;0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Nom élève;Tél responsable;Tél responsable travail\nAlfa;0199001001;0639980011\n",
        "Alfa: +33199001001 +33639980011"
      ),
      // Somebody is named there whose it is.
      (
        "Nom élève;Nom responsable;Tél responsable\nAlfa;Neri;0199001001\n", "Alfa: *+33199001001"
      ),
      (
        "Razón social;Teléfono;Comercial;Móvil comercial\nAlfa;0199001001;Neri;0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Nome;Telefone;Celular comercial\nAlfa;0199001001;0639980011\n",
        "Alfa: +33199001001 +33639980011"
      ),
      // Somebody else stands before a telephone that is headed as the party's own is.
      (
        "Client;Tél;Sous-traitant;Tél\nAlfa;0199001001;Neri;0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Client;Tél 1;Horaire;Tél 2\nAlfa;0199001001;Matin;0639980011\n",
        "Alfa: +33199001001 +33639980011"
      ),
      (
        "Client;Tél;Zone;Secteur;Tél\nAlfa;0199001001;B2;;0639980011\n",
        "Alfa: +33199001001 +33639980011"
      ),
      // Called by the first letters of who it is, or by a word of theirs that is known.
      (
        "Company,Phone,Account Manager,AM Phone\nAlfa,0199001001,Neri,0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Account,Account Phone,Technical Contact,TC Phone\nAlfa,0199001001,Neri,0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Nom du bénéficiaire;Prénom du bénéficiaire;Tél bénéficiaire;Prescripteur;Tél prescripteur\n"
          + "Alfa;Eva;0199001001;Neri;0639980011\n", "Eva Alfa: +33199001001 *+33639980011"
      ),
      (
        "Client;Tél client;Fournisseur;Tél fournisseur\nAlfa;0199001001;Neri;0639980011\n",
        "Alfa: +33199001001 *+33639980011"
      ),
      (
        "Forename,Surname,Priority 1 Contact Name,Priority 1 Contact Phone\nUgo,Alfa,Neri,0199001001\n",
        "Ugo Alfa: *+33199001001"
      ),
      // A mobile in Turkey, a postal code in Brazil.
      ("Ünvanı;Telefon;Cep\nAlfa;0199001001;+33639980011\n", "Alfa: +33199001001 +33639980011"),
      // A record that says of a number that it is none any more.
      (
        #"[{"name":"Alfa","phones":[{"phone":"0199001001"},{"phone":"0639980011","invalid":true}]}]"#,
        "Alfa: +33199001001 *+33639980011"
      ),
      // What a person wrote beside a number, as Android keeps it in version 2.1.
      (
        "BEGIN:VCARD\nVERSION:2.1\nFN:Alfa\nTEL;CELL:0639980011\n"
          + "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,Ma=20femme):0199001001\nEND:VCARD\n",
        "Alfa: +33639980011 *+33199001001"
      ),
      (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Alfa\nTEL;TYPE=CELL,VOICE:0639980011\n"
          + "TEL;TYPE=Mari:0199001001\nEND:VCARD\n", "Alfa: +33639980011 *+33199001001"
      ),
      (
        "BEGIN:VCARD\nVERSION:2.1\nFN:Alfa\nTEL;CELL:0639980011\n"
          + "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,Boulot):0199001001\nEND:VCARD\n",
        "Alfa: +33639980011 +33199001001"
      ),
    ])
  func doubt(text: String, told: String) throws {
    #expect(try Self.told(text) == told)
  }

  @Test func valuesAndTheirKinds() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "Nom,Mécanismes/Type,Mécanismes/Valeur\nAlfa,Téléphone,0199001001\n,Courriel,a@example.com\n"
        + ",Portable,0639980011\nBeta,Site web,beta.example\n")
    #expect(outcome.report.refused == 0, "\(outcome.refused)")
    for number in ["0199001001", "0639980011"] {
      let found = try store.parties().matches(for: try store.number(number))
      #expect(found.map { "\($0.party.name) \($0.strength)" } == ["Alfa exact"])
    }
  }

  @Test func oneContactPersonEach() async throws {
    let store = try StoreFixture()
    try await store.importing(
      #"[{"company":{"name":"Alfa","contactPersons":[{"firstName":"Ugo","lastName":"Neri","phoneNumber":"0199001002"}]},"phones":{"business":["0199001001"]}},"#
        + #"{"company":{"name":"Beta","contactPersons":[{"firstName":"Ada","lastName":"Rossi","phoneNumber":"0199001003"}]},"phones":{"business":["0199001004"]}}]"#
    )
    let found = try store.parties().matches(for: try store.number("0199001002"))
    #expect(found.map { "\($0.party.name) \($0.strength)" } == ["Alfa weak"])
  }

  @Test func nobodyIsGuessedWhereTwoMayBeMeant() {
    // Both rows are one caller's: no name is told from the other by how often it stands there.
    let text =
      "Pedido;Comprador;Tél;Zulano\n1;Ugo Neri;0199001001;Ada Bianchi\n2;Ugo Neri;0199001001;Zoe Rossi\n"
    #expect(throws: StoreError.self) { try Self.told(text) }
  }

  @Test func aDumpOfStatementsIsNamed() throws {
    let error = #expect(throws: StoreError.self) {
      try Self.told("INSERT INTO `clients` (`nom`,`tel`) VALUES ('Alfa','0199001001');\n")
    }
    #expect(error?.sentence.contains("SQL") == true, "\(String(describing: error))")
  }

  private static func told(_ text: String) throws -> String {
    let input = InputFile(name: "file", bytes: Array(text.utf8))
    let row = try #require(
      try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }.first)
    let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
    let numbers = row.numbers.map { ($0.isCertain ? "" : "*") + ($0.number?.key ?? "") }
    // As bytes: a letter and its mark are equal to both together.
    #expect(
      row.name.unicodeScalars.allSatisfy { $0.properties.canonicalCombiningClass == .notReordered })
    return "\(row.name)\(contact): \(numbers.joined(separator: " "))"
  }
}
