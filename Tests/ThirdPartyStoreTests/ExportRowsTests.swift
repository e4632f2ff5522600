import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// What rows the files of programs make, read as an import would, without a store.
@Suite struct ExportRowsTests {
  /// Each row as `name (contact): numbers`, a code that the file says before it, `*` before what is not certain.
  private func rows(_ bytes: [UInt8]) throws -> [String] {
    let input = InputFile(name: "file", bytes: bytes)
    return try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }.map { row in
      let code = row.code.hasPrefix("~") ? "" : "\(row.code) "
      let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
      return "\(code)\(row.name)\(contact): "
        + row.numbers.map { ($0.isCertain ? "" : "*") + ($0.number?.key ?? "") }
        .joined(separator: " ")
    }
  }

  private func rows(_ text: String) throws -> [String] { try rows(Array(text.utf8)) }

  @Test(
    arguments: [
      // A header that says no more than "number": what stands under it decides.
      ("Nom;Numéro\nAlpha;0199001001\n", ["Alpha: +33199001001"]),
      ("Name,Number 1,Number 2\nAlpha,0199001001,\n", ["Alpha: +33199001001"]),
      ("Name;Nummer\nAlpha;01 99 00 10 01\n", ["Alpha: +33199001001"]),
      // The semicolon of an entity is none between two fields.
      (
        "Nom;Tél\nAlpha &amp; Fils;0199001001\nL&#039;Alpha;0199001002\n",
        ["Alpha & Fils: +33199001001", "L'Alpha: +33199001002"]
      ),
      ("Nom;Tél;Ville\nAlpha&nbsp;SA;0199001001;Lyon\n", ["Alpha SA: +33199001001"]),
      ("Numéro;Nom;Tél\n0199001009;Alpha;0199001001\n", ["Alpha: +33199001001"]),
      // Cegid, Lexware, FreePBX, 3CX, Notes, a directory in CSV.
      (
        "T_TIERS;T_LIBELLE;T_CODEPOSTAL;T_TELEPHONE\nC0001;Alpha;67000;0199001001\n",
        ["C0001 Alpha: +33199001001"]
      ),
      (
        "Kundennr.;Firma;Vorname;Name;Telefon 1;Telefax\n10001;Alpha;;;0199001001;0199001009\n",
        ["10001 Alpha: +33199001001 +33199001009"]
      ),
      (
        "displayname,fname,lname,company,phone_1_number,phone_1_type,phone_1_extension\n"
          + "Marie Nord,Marie,Nord,Alpha,0199001001,work,1042\n",
        ["Alpha (Marie Nord): +33199001001"]
      ),
      (
        "FirstName,LastName,Company,Mobile,Home,Business,Other\n"
          + "Marie,Nord,Alpha,0639980011,,0199001001,\nAnne,Sud,,,,0199001002,0199001003\n",
        ["Alpha (Marie Nord): +33199001001 +33639980011", "Anne Sud: +33199001002 +33199001003"]
      ),
      (
        "LastName,FirstName,CompanyName,OfficePhoneNumber,OfficeFAXPhoneNumber\n"
          + "Nord,Marie,Alpha,0199001001,\n",
        ["Alpha (Marie Nord): +33199001001"]
      ),
      (
        "cn,facsimileTelephoneNumber,telephoneNumber\nAlpha,0199001009,0199001001\n",
        ["Alpha: +33199001001 +33199001009"]
      ),
      // An extension behind a number is not ours; nor is, in a log of calls, what the own side has.
      ("Name,Business Phone,Business Phone Ext\nAlpha,0199001001,1042\n", ["Alpha: +33199001001"]),
      (
        "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n"
          + "1;01.01.26 10:00;Alpha;0199001001;21;0199001009;0:03\n",
        ["Alpha: +33199001001"]
      ),
      // Others' telephones beside the party's own, and one that was.
      (
        "Client;Tél client;Tél du livreur;Tél agence\nAlpha;0199001001;0199001009;0199001008\n",
        ["Alpha: +33199001001"]
      ),
      // Whose it is stands in another column.
      ("Agence;Nom;Tél agence\nx;Alpha;0199001001\n", ["Alpha: *+33199001001"]),
      (
        "Nom;Tél;Ancien téléphone\nAlpha;0199001001;0639980011\n",
        ["Alpha: +33199001001 *+33639980011"]
      ),
      (
        "Name,Phone 1 - Label,Phone 1 - Value\nAlpha,Ancien,0199001001\n", ["Alpha: *+33199001001"]
      ),
      // The beginning of a number in a column of its own.
      ("Nom;Indicatif;Tél\nAlpha;+32;475123456\n", ["Alpha: +32475123456"]),
      ("Name;Vorwahl;Rufnummer;Land\nAlpha;030;123456;DE\n", ["Alpha: +4930123456"]),
      ("Name,Area Code,Phone,Country\nAlpha,212,5550123,US\n", ["Alpha: +12125550123"]),
      // A table in one column of another.
      ("\"Nom;Tél\"\n\"Alpha;0199001001\"\n", ["Alpha: +33199001001"]),
      ("\"\"\"Nom\"\";\"\"Tél\"\"\"\n\"\"\"A;B\"\";\"\"0199001001\"\"\"\n", ["A;B: +33199001001"]),
      // Copied out of a page.
      ("code,nom,tél\nA,Alpha,01&nbsp;99&nbsp;00&nbsp;10&nbsp;01\n", ["A Alpha: +33199001001"]),
    ] as [(String, [String])])
  func separatedValues(text: String, expected: [String]) throws {
    #expect(try rows(text) == expected)
  }

  private static let fritz = """
    <?xml version="1.0" encoding="utf-8"?>
    <phonebooks><phonebook name="Büro">
    <contact><person><realName>Müller &amp; Fils</realName></person><telephony nid="2">
    <number type="work" id="0">0199001001</number><number type="mobile">0639980011</number>
    </telephony><uniqueid>12</uniqueid></contact>
    </phonebook></phonebooks>
    """

  @Test(
    arguments: [
      (fritz, ["Müller & Fils: +33199001001 +33639980011"]),
      (
        fritz.replacing(
          "</phonebook>",
          with: "<contact><person><realName>Beta</realName></person><telephony>"
            + "<number type=\"fax_work\">0199001002</number></telephony></contact></phonebook>"),
        ["Müller & Fils: +33199001001 +33639980011", "Beta: +33199001002"]
      ),
      (
        "<YealinkIPPhoneBook><Title>x</Title><Menu Name=\"All\"><Unit Name=\"Alpha\" "
          + "Phone1=\"0199001001\" Phone2=\"\"/><Unit Name=\"Beta\" Phone1=\"\" "
          + "Phone2=\"0199001002\"/></Menu></YealinkIPPhoneBook>",
        ["Alpha: +33199001001", "Beta: +33199001002"]
      ),
      (
        "<SnomIPPhoneDirectory><DirectoryEntry><Name>Alpha</Name><Telephone>0199001001"
          + "</Telephone><Telephone>0639980011</Telephone></DirectoryEntry></SnomIPPhoneDirectory>",
        ["Alpha: +33199001001 +33639980011"]
      ),
      (
        "<tbook><item context=\"active\"><name>Alpha</name><number>0199001001</number></item>"
          + "<item><name>Beta</name><number>0639980011</number></item></tbook>",
        ["Alpha: +33199001001", "Beta: +33639980011"]
      ),
      (
        "<AddressBook><pbgroup><id>1</id><name>Work</name></pbgroup><Contact><id>7</id>"
          + "<FirstName>Marie</FirstName><LastName>Nord</LastName><Phone type=\"Cell\">"
          + "<phonenumber>0639980011</phonenumber></Phone></Contact></AddressBook>",
        ["7 Marie Nord: +33639980011"]
      ),
      // RFC 6351 and RFC 7095 say as much as vCards.
      (
        "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard><fn><text>Marie; Nord</text>"
          + "</fn><org><text>Alpha</text></org><tel><parameters><type><text>cell</text></type>"
          + "</parameters><uri>tel:+33-6-39-98-00-11;ext=102</uri></tel></vcard></vcards>",
        ["Alpha (Marie; Nord): +33639980011"]
      ),
      (
        "[\"vcard\",[[\"fn\",{},\"text\",\"Marie Nord\"],[\"org\",{},\"text\",[\"Alpha\",\"X\"]],"
          + "[\"tel\",{\"type\":[\"work\",\"cell\"]},\"uri\",\"tel:+33-6-39-98-00-11\"]]]",
        ["Alpha (Marie Nord): +33639980011"]
      ),
      // JSON as programs nest it.
      (
        "[{\"name\":\"Alpha\",\"phone\":33199001001},{\"name\":\"Beta\",\"phone\":false}]",
        ["Alpha: +33199001001", "Beta: "]
      ),
      (
        "{\"name\":\"Alpha\",\"phone\":\"0199001001\"}\n{\"name\":\"Beta\",\"tel\":\"0639980011\"}",
        ["Alpha: +33199001001", "Beta: +33639980011"]
      ),
      (
        "{\"total\":1,\"contacts\":[{\"firstName\":\"Marie\",\"lastName\":\"Nord\",\"company\":"
          + "{\"name\":\"Alpha\"},\"phoneNumbers\":[{\"type\":\"mobile\",\"number\":"
          + "\"0639980011\"},{\"type\":\"work\",\"number\":\"0199001001\"}]}]}",
        ["Alpha (Marie Nord): +33199001001 +33639980011"]
      ),
      (
        "{\"departments\":[{\"name\":\"X\",\"contacts\":[{\"name\":\"Alpha\",\"tel\":\"0199001001\"},"
          + "{\"name\":\"Beta\",\"tel\":\"0639980011\"}]},{\"name\":\"Y\",\"contacts\":[]}]}",
        ["Alpha: +33199001001", "Beta: +33639980011"]
      ),
      ("[Nom];[Tél]\nAlpha;0199001001\n", ["Alpha: +33199001001"]),
      (
        "[{\"name\":\"Alpha\",\"phone\":{\"countryCode\":\"32\",\"number\":\"475123456\"}}]",
        ["Alpha: +32475123456"]
      ),
      (
        "{\"name\":\"Alpha\",\"phone\":\"0199001001\",\"emergencyContact\":{\"name\":\"Paul\","
          + "\"phone\":\"0199001009\"}}",
        ["Alpha: +33199001001"]
      ),
      (
        "{\"C1\":{\"name\":\"Alpha\",\"phone\":\"0199001001\"},"
          + "\"C2\":{\"name\":\"Beta\",\"phone\":\"0639980011\"}}",
        ["Alpha: +33199001001", "Beta: +33639980011"]
      ),
      (
        "<r><row name=\"clients\"><field name=\"nom\">Alpha</field><field name=\"tel\">0199001001</field></row></r>",
        ["Alpha: +33199001001"]
      ),
      (
        "<directory><item_list><item><ln>Nord</ln><fn>Marie</fn><ct>0199001001</ct></item>"
          + "</item_list></directory>",
        ["Marie Nord: +33199001001"]
      ),
      // LDIF: base64, lines that go on, comments.
      (
        "version: 1\r\n# x\r\n#  y\r\ndn: cn=x\r\nobjectclass: person\r\ncn: Marie Nord\r\n"
          + "o:: QWxwaGE=\r\ntelephoneNumber: 01 99 00\r\n  10 01\r\nmobile: 0639980011\r\n\r\n"
          + "dn:: eA==\r\ncn;lang-fr:: QsOpdGE=\r\nfacsimileTelephoneNumber: 0199001002\r\n",
        ["Alpha (Marie Nord): +33199001001 +33639980011", "Béta: +33199001002"]
      ),
    ] as [(String, [String])])
  func nested(text: String, expected: [String]) throws {
    #expect(Set(try rows(text)) == Set(expected))
    // However it is encoded, and whatever its name is.
    let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    #expect(Set(try rows([0xFF, 0xFE] + wide)) == Set(expected))
  }

  /// Organizations with lists of their people: the organization's own numbers, and each of its people's.
  @Test(
    arguments: [
      (
        #"[{"name":"Alpha","phone":"0199001001","contacts":[{"firstName":"Marie","lastName":"Nord","#
          + #""phone":"0639980011"},{"firstName":"Paul","lastName":"Sud","mobile":"0639980012"}]},"#
          + #"{"name":"Beta","phone":"0199001002","contacts":[]}]"#,
        [
          "Alpha: +33199001001", "Alpha (Marie Nord): +33639980011",
          "Alpha (Paul Sud): +33639980012", "Beta: +33199001002",
        ]
      ),
      (
        #"{"companies":[{"id":"C1","companyName":"Alpha","tel":"0199001001","employees":[{"name":"#
          + #""Marie Nord","tel":"0639980011"},{"name":"Paul Sud","tel":"0639980012"}]},"#
          + #"{"id":"C2","companyName":"Beta","tel":"0199001002","employees":[{"name":"Anne Est","#
          + #""tel":"0639980013"}]}]}"#,
        [
          "Alpha: +33199001001", "Alpha (Marie Nord): +33639980011",
          "Alpha (Paul Sud): +33639980012", "Beta: +33199001002", "Beta (Anne Est): +33639980013",
        ]
      ),
      (
        "<r><client><nom>Alpha</nom><tel>0199001001</tel><personnes><personne><nom>Nord</nom>"
          + "<tel>0639980011</tel></personne><personne><nom>Sud</nom><tel>0639980012</tel></personne>"
          + "</personnes></client><client><nom>Beta</nom><tel>0199001002</tel></client></r>",
        [
          "Alpha: +33199001001", "Alpha (Nord): +33639980011", "Alpha (Sud): +33639980012",
          "Beta: +33199001002",
        ]
      ),
      // Telephones may have names, and things that are sold have none of a person.
      (
        #"[{"name":"Alpha","phones":[{"name":"Office","number":"0199001001"},{"name":"Shop","#
          + #""number":"0199001003"}]},{"name":"Beta","phones":[{"name":"Office","number":"0199001002"}]}]"#,
        ["Alpha: +33199001001 +33199001003", "Beta: +33199001002"]
      ),
      (
        #"[{"name":"Alpha","phone":"0199001001","tags":[{"name":"VIP"},{"name":"2026"}]},"#
          + #"{"name":"Beta","phone":"0199001002","tags":[]}]"#,
        ["Alpha: +33199001001", "Beta: +33199001002"]
      ),
    ] as [(String, [String])])
  func people(text: String, expected: [String]) throws {
    #expect(Set(try rows(text)) == Set(expected))
  }

  @Test(
    "Labels of cards",
    arguments: [
      ("ancien", "*+33199001001"), ("Old number", "*+33199001001"), ("Livreur", "*+33199001001"),
      ("_$!<Main>!$_", "+33199001001"), ("Nouveau", "+33199001001"),
    ])
  func labelled(label: String, number: String) throws {
    let card =
      "BEGIN:VCARD\nFN:Alpha\nitem1.TEL:0199001001\nitem1.X-ABLabel:\(label)\nEND:VCARD\n"
    #expect(try rows(card) == ["Alpha: \(number)"])
  }

  @Test(
    "A file that is not read is named for what it is",
    arguments: [
      ("PK\u{3}\u{4}", "archive (zip)"), ("%PDF-1.4", "PDF"),
      ("<html><table>", "page of the Web"), ("<!DOCTYPE html>", "page of the Web"),
      ("SQLite format 3\u{0}", "database of SQLite"), ("{\\rtf1", "text document"),
      ("BEGIN:VCALENDAR\n", "calendar"), ("<a><b>", "XML that is broken"),
      ("<a><b>1</b></a>", "no records with a name"), ("{\"a\":1}", "no records with a name"),
      ("<!DOCTYPE x [<!ENTITY a 'b'>]><x><name>&a;</name><tel>0199001001</tel></x>", "entities"),
      (String(repeating: "<a>", count: 5_000), "nested too deep"),
      (String(repeating: "[", count: 5_000), "no header line"),
      ("Nom;Numéro\nAlpha;10001\nBeta;10002\n", "no column of numbers"),
    ])
  func refused(text: String, says: String) {
    let error = #expect(throws: StoreError.self) { try rows(text) }
    #expect(error?.sentence.contains(says) == true, "\(error?.sentence ?? "")")
  }
}
