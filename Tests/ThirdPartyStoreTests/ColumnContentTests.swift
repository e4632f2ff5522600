import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Columns of which what stands in them says more than their headers do.
@Suite struct ColumnContentTests {
  @Test(
    arguments: [
      // Ones and zeros name nobody, and keys do not where somebody is named beside them.
      ("Nom;Client;Fournisseur;Tél\nAlfa;1;0;0199001001\n", "Alfa: +33199001001"),
      ("Client;Nom;Tél\n1001;Alfa;0199001001\n1002;Beta;0199001002\n", "Alfa: +33199001001"),
      ("Client;Tél\nAlfa;0199001001\n", "Alfa: +33199001001"),
      ("TIERS;NOM;TEL\nC0000045;ALFA;0199001001\n", "ALFA: +33199001001"),
      ("TIERS;NOM;TEL\nALFA 2000;NERI;0199001001\n", "ALFA 2000 (NERI): +33199001001"),
      ("nom,numero\nAlfa,33199001001\n", "Alfa: +33199001001"),
      // An area before the number, in Brazil, India and Germany.
      (
        "Nom;DDD;TELEFONE;DDD2;TELEFONE2\nAlfa;01;99001001;06;39980011\n",
        "Alfa: +33199001001 +33639980011"
      ),
      ("Nom,STD Code,Phone No (O)\nAlfa,01,99001001\n", "Alfa: +33199001001"),
      ("Name;Telefonvorwahl;Telefon\nAlfa;01;99001001\n", "Alfa: +33199001001"),
      (
        "Name;Telefon Vorwahl;Telefon;Faxvorwahl;Fax\nAlfa;01;99001001;01;99001002\n",
        "Alfa: +33199001001 +33199001002"
      ),
      ("Name;Telefon (mit Vorwahl)\nAlfa;0199001001\n", "Alfa: +33199001001"),
      ("Name,Phone (with country code)\nAlfa,+33199001001\n", "Alfa: +33199001001"),
      ("kun_id;kun_firmename;kun_telefon\n1;Alfa;0199001001\n", "Alfa: +33199001001"),
      ("Apotheke;Inhaber;Tel.\nAlfa;Ugo Neri;0199001001\n", "Alfa: +33199001001"),
      (
        "What's your name?,Phone,Company\nUgo Neri,0199001001,Alfa\n",
        "Alfa (Ugo Neri): +33199001001"
      ),
      (
        "Phone Number,Is My Contact,Saved Name,Public Name\n+33639980011,true,Alfa,alf\n",
        "Alfa: +33639980011"
      ),
      // Digits to dial behind a number, and short numbers of a network; two numbers and what kind they are.
      (
        "ID,Name,Number\n1,Alfa,0199001001p12\n2,Beta,+33639980011\n3,Gamma,0199001002\n4,Delta,123\n",
        "Alfa: +33199001001"
      ),
      (
        "displayname,company,number_1,type_1,number_2,type_2\nNeri,Alfa,0199001001,work,0639980011,cell\n",
        "Alfa (Neri): +33199001001 +33639980011"
      ),
      (#"[{"name":"Alfa","phone":{"$numberLong":"33199001001"}}]"#, "Alfa: +33199001001"),
      (
        #"{"_id":"1","_source":{"company":"Alfa","contact":{"name":"Neri","phone":"0199001001"}}}"#,
        "Alfa (Neri): +33199001001"
      ),
      (
        "Nom,Tél,Société liée\nNeri,0199001001,Alfa (https://example.com/a)\n",
        "Alfa (Neri): +33199001001"
      ),
      ("Nom affiché;SDA;Poste\nNeri;0199001001;201\n", "Neri: +33199001001 201"),
      ("Nom affiché;Tél;Poste\nNeri;0199001001;201\n", "Neri: +33199001001 *201"),
      // A telephone under a header that says nothing of it may be somebody else's.
      ("Nom;Tél;Zora\nAlfa;0199001001;0639980011\n", "Alfa: +33199001001 *+33639980011"),
      (#"[{"name":"Alfa","e164":"+33639980011"}]"#, "Alfa: +33639980011"),
      ("Nom;Tél;SIREN\nAlfa;0199001001;493012345\n", "Alfa: +33199001001"),
      ("Nom;Tél;Suivi\nAlfa;0199001001;02/05/2024 10:30\n", "Alfa: +33199001001"),
      ("Nom;Tél;Gencod\nAlfa;0199001001;0001234567890\n", "Alfa: +33199001001"),
      // Where a telephone is, in plain digits.
      ("Name,Mobile,Home\nAlfa,,+33199001001\n", "Alfa: +33199001001"),
      ("Nombre;Móvil;Particular\nAlfa;;33199001001\n", "Alfa: +33199001001"),
      ("Nome;Ufficio\nAlfa;0199001001\n", "Alfa: +33199001001"),
      ("id,nombre,contacto\n1,Alfa,0199001001\n", "Alfa: +33199001001"),
      // Polycom's directory, where no other column is one of numbers.
      (
        "<directory><item_list><item><ln>Alfa</ln><fn>Ugo</fn><ct>33199001001</ct><rt>3</rt></item>"
          + "</item_list></directory>", "Ugo Alfa: +33199001001"
      ),
      // Quotation marks with a backslash before them.
      (
        #"id,nom,tel\n1,"Alfa \"Ugo\", SA",0199001001\n2,"C:\",0199001002\n"#
          .replacing("\\n", with: "\n"), "Alfa \"Ugo\", SA: +33199001001"
      ),
      // Surnames that programs write for nothing, too.
      ("Vorname;Nachname;Tel\nUgo;Blank;0199001001\n", "Ugo Blank: +33199001001"),
      ("Vorname;Nachname;Tel\nUgo;(blank);0199001001\n", "Ugo: +33199001001"),
      ("Vorname;Nachname;Tel\nUgo;nan;0199001001\n", "Ugo: +33199001001"),
      // A row in which a word is left is no header.
      (
        "nom,suivi,tel\nAlfa,x,0199001001\nBeta,x,0199001002 Tél: 0199001003\n",
        "Alfa: +33199001001"
      ),
      (
        "Nom;Ville;Nom (contact);Prénom;Tél\nAlfa;Metz;Neri;Ugo;0199001001\n",
        "Alfa (Ugo Neri): +33199001001"
      ),
    ])
  func firstRow(text: String, told: String) throws {
    let input = InputFile(name: "file", bytes: Array(text.utf8))
    let row = try #require(
      try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }.first)
    let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
    let numbers = row.numbers.map { ($0.isCertain ? "" : "*") + ($0.number?.key ?? "") }
    #expect("\(row.name)\(contact): \(numbers.joined(separator: " "))" == told)
  }

  @Test(
    arguments: [
      // No header tells of telephones, whatever stands in the rows.
      "Nom;Joignable au\nAlfa;0199001001\nBeta;+33 6 39 98 00 11\n",
      // No row is a header.
      "id,nom,x\n1,Alfa,0199 bureau\n2,Beta,0199001001 Tél: 0199001002\n3,Gamma,0199001003\n",
      // Nor one with a word in it, where the first line is a header.
      "id,name,how\n1,Alfa,walk in\n2,Beta,Apply by phone.\n3,Gamma,0199001003 or walk in\n",
    ])
  func noNumbersAreUnderstood(text: String) {
    let input = InputFile(name: "file", bytes: Array(text.utf8))
    #expect(throws: StoreError.self) {
      try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }
    }
  }
}
