import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Numbers of other people in a party's row or card: none of them is the party as sure.
@Suite struct OtherPeopleTests {
  /// Who has the numbers after an import: `name strength`, of several with commas.
  private func owners(_ text: String, _ numbers: [String]) async throws -> [String] {
    let store = try StoreFixture()
    try await store.importing(text)
    return try numbers.map { number in
      try store.parties().matches(for: try store.number(number)).map {
        "\($0.party.name)\($0.contact.map { " (\($0))" } ?? "") \($0.strength)"
      }.sorted().joined(separator: ", ")
    }
  }

  /// Of a file with a party's own telephone and a column for each of the headers, how sure each number is.
  private func strengths(_ headers: [String]) async throws -> [String: MatchStrength?] {
    let store = try StoreFixture()
    let numbers = headers.indices.map { "0199001\($0 + 100)" }
    let lines = [["Code", "Nom", "Téléphone"] + headers, ["A1", "Alpha", "0199009999"] + numbers]
    try await store.importing(
      lines.map { $0.map { "\"\($0)\"" }.joined(separator: ";") + "\n" }.joined())
    let parties = try store.parties()
    #expect(try parties.matches(for: store.number("0199009999")).first?.strength == .exact)
    return try Dictionary(
      zip(headers, numbers).map { header, number in
        (header, try parties.matches(for: store.number(number)).first?.strength)
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `beside the party's own, a column of somebody else is not sure`() async throws {
    let headers = """
      Tél. conjoint|Téléphone du conjoint|Portable conjointe|Tél épouse|Mobile époux|Tél. assistant
      Téléphone de l'assistant(e)|Tél secrétaire|Tél comptable|Tél expert-comptable|Tél parrain|Tél père
      Portable mère|Tél. responsable légal|Tél. personne à prévenir|Tél locataire|Tél bailleur|Tél voisin
      Téléphone livraison|Tél avocat|Tél. architecte|Tél sous-traitant|Tél vétérinaire|Tél. chauffeur
      Tél hôtel|Tél. référent|Tél curateur|Tél. enfant|Tél collègue|Tél manager|Tél ancien propriétaire
      Assistant's Phone|Assistants Phone|Asst. Phone|assistant_phone|Spouse Phone|Spouse Mobile
      Partner Mobile|Wife's Cell|Husband Phone|Mother Phone|Father's Mobile|Guardian Phone
      Emergency Contact Phone|Next of Kin Phone|ICE Phone|Reference 1 Phone|Referred By Phone
      Accountant Phone|Attorney Phone|Manager's Phone|Supervisor Phone|Secretary Phone|Landlord Phone
      Tenant Phone|Previous Owner Phone|Neighbour Phone|Delivery Phone|Shipping Phone|Ship To Phone
      Physician Phone|Insurance Phone|Child Phone|Friend Phone|Recruiter Phone|Caregiver Phone
      Telefon Ehepartner|Telefon Assistent|Assistententelefon|Tel. Ehefrau|Telefon Mutter|Telefon Eltern
      Notfallkontakt Tel|Telefon Steuerberater|Telefon Anwalt|Telefon Vermieter|Telefon Vorbesitzer
      Lieferanschrift Telefon|Telefon Sachbearbeiter|Teléfono cónyuge|Teléfono de emergencia
      Telefono coniuge|Telefono commercialista|Telefoon assistent
      """.split { "|\n".contains($0) }.map { String($0) }
    let sure = try await strengths(headers).filter { $0.value == .exact || $0.value == .national }
    #expect(sure.isEmpty)
  }

  @Test func `columns for further telephones of the party's own are sure`() async throws {
    let headers = """
      Téléphone (bureau)|Téléphone 2 (bureau)|Tél. mobile|Téléphone (voiture)|Téléphone société|Tél. pro
      Téléphone (domicile)|Téléphone (autre)|Téléphone principal|Ligne directe|GSM|Portable 2|Tél. siège
      Business Phone|Business Phone 2|Callback|Car Phone|Company Main Phone|Home Phone 2|Mobile Phone
      Other Phone|Primary Phone|Radio Phone|TTY/TDD Phone|phone_alternate|phone_office|Direct Line
      Phone 1 - Value|Phone (formatted)|Billing Phone|Default Address Phone|phoneNumberHome
      Telefon geschäftlich|Telefon geschäftlich 2|Autotelefon|Telefon Firma|Telefon privat|Haupttelefon
      Mobiltelefon 2|Weiteres Telefon|Telefon Zentrale|Diensthandy|Privatnummer mobil|Festnetznummer
      Teléfono particular|Teléfono móvil|Telefono ufficio|Telefoon thuis|Mobiel nummer
      Telefon służbowy|Telefon domowy|Telefon, arbete|Telefon (arbejde)|Telefon (zaměstnání)
      Рабочий телефон|Телефон раб. 2|Телефон переносной|Hoofdtelefoon bedrijf
      """.split { "|\n".contains($0) }.map { String($0) }
    let doubtful = try await strengths(headers).filter { $0.value != .exact }
    #expect(doubtful.isEmpty)
  }

  @Test(
    arguments: [
      // Two people in a row.
      ("Nom 1;Tél 1;Nom 2;Tél 2\nAlpha;0199001001;Beta;0639980011\n", "Alpha weak"),
      (
        "First Name,Last Name,Cell Phone,Spouse First Name,Spouse Last Name,Spouse Cell Phone\n"
          + "Jan,Alpha,0199001001,Eva,Beta,0639980011\n", "Jan Alpha weak"
      ),
      // As one writes a long name.
      ("Name 1;Name 2;Telefon 1;Telefon 2\nAlpha;GmbH;0199001001;0639980011\n", "Alpha exact"),
      // What a person wrote beside a number.
      (
        "First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
          + "Jan,Alpha,Mobile,0199001001,Maman,0639980011\n", "Jan Alpha weak"
      ),
      (
        "First Name,Last Name,Phone 1 - Label,Phone 1 - Value\nJan,Alpha,Atelier,0639980011\n",
        "Jan Alpha exact"
      ),
      (
        "BEGIN:VCARD\nFN:Jan Alpha\nTEL;TYPE=WORK:0199001001\nitem1.TEL:0639980011\n"
          + "item1.X-ABLABEL:Wife\nEND:VCARD\n", "Jan Alpha weak"
      ),
      (
        "BEGIN:VCARD\nFN:Jan Alpha\nTEL;TYPE=WORK:0199001001\nTEL;TYPE=X-Maman:0639980011\nEND:VCARD\n",
        "Jan Alpha weak"
      ),
      (
        "BEGIN:VCARD\nFN:Jan Alpha\nGROUP1.TEL;TYPE=x-john:0639980011\nGROUP1.X-ABLABEL:John\n"
          + "END:VCARD\n", "Jan Alpha exact"
      ),
      (
        "BEGIN:VCARD\nFN:Jan Alpha\nTEL:0199001001\nA.TEL;TYPE=CELL,PREF:0639980011\n"
          + "A.X-ABLABEL:PREF\\;CELL\nEND:VCARD\n", "Jan Alpha exact"
      ),
      (
        #"[{"name":"Jan Alpha","phones":[{"type":"work","number":"0199001001"},{"type":"assistant","number":"0639980011"}]}]"#,
        "Jan Alpha weak"
      ),
      (
        "Nom;Tél;Poste\nAlpha;0199001001;1024\nBeta;0639980011;1025\n", "Beta exact"
      ),
      (
        #"[{"name":"Jan Alpha","phones":{"work":"0199001001","wife":"0639980011"}}]"#,
        "Jan Alpha weak"
      ),
      // A table within the table, as Frappe exports it, and a row of nobody's.
      (
        "ID,Name,ID (Phone Numbers),Number (Phone Numbers)\n1,Jan Alpha,x,0199001001\n,,y,0639980011\n",
        "Jan Alpha exact"
      ),
      (
        "ID,Name,City,Number (Phone Numbers)\n1,Jan Alpha,Metz,0199001001\n,,Lyon,0639980011\n",
        "Jan Alpha weak"
      ),
      // The words by which a file names its parties are no other people.
      (
        "Client Name,Phone,Client Phone\nJan Alpha,0199001001,0639980011\n", "Jan Alpha exact"
      ),
      // The letters of a table are left out, but those of another person are not.
      (
        "Name,Phone,Wifename,Wifephone,Wifemail\nJan Alpha,0199001001,Eva,0639980011,\n",
        "Jan Alpha weak"
      ),
      // Nobody else is there whose it might be.
      ("Nom;Tél locataire\nAlpha;0639980011\n", "Alpha exact"),
      ("Nom;Locataire;Tél locataire\nAlpha;Beta;0639980011\n", "Alpha weak"),
      ("Nom;Négociateur;Tél. négociateur\nVilla;Beta;0639980011\n", "Villa weak"),
      // Cells that were merged, and another table behind the first.
      (
        "Société;Contact;Tél\nAlpha;Jan;0199001001\n;Marie;0639980011\n", "Marie exact"
      ),
      (
        "Code;Nom;Tél\nA1;Alpha;0199001001\n\nCode;Tél;Nom\nF1;0639980011;Beta\n", "Beta exact"
      ),
      (
        "Code;Nom;Tél\nA1;Alpha;0199001001\nCode;Nom;Ville;Tél\nF1;Beta;Lyon;0639980011\n",
        "Beta exact"
      ),
      ("Code;Nom;Tél\nA1;Alpha;0199001001\nCommercial;Secteur;Portable\nRoy;Est;0639980011\n", ""),
      // Row numbers without a header, and rare separators.
      ("Code;Nom;Tél\n1;A1;Alpha;0639980011\n2;B1;Beta;0199001001\n", "Alpha exact"),
      ("Code^Nom^Tél\nA1^Alpha^0639980011\n", "Alpha exact"),
      ("Code\u{1F}Nom\u{1F}Tél\nA1\u{1F}Alpha\u{1F}0639980011\n", "Alpha exact"),
      ("Code;Nom;Tél\nA1;Orange Mobile;\nA2;Beta;0639980011\n", "Beta exact"),
    ])
  func `who has the number`(text: String, owner: String) async throws {
    #expect(try await owners(text, ["0639980011"]) == [owner])
  }
}
