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
