import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Tables that are no separated values: of a page that a web program calls `.xls`, of a workbook in XML; and marks of
/// typography around fields.
@Suite struct TableFileTests {
  @Test(
    arguments: [
      (
        "<html><head><style>td{x:y}</style></head><body><table border=1><tr><th>Nom</th><th>T&eacute;l</th></tr>"
          + "<tr><td>Dupont &amp; Fils</td><td>01&nbsp;99&nbsp;00&nbsp;10&nbsp;01</td></tr></table></body></html>",
        "Dupont & Fils: +33199001001"
      ),
      // Ends of cells and rows are left out, and other tables stand before.
      (
        "<TABLE><TR><TD>ACME<TD>2026</TABLE>\n<table><tr><td colspan=2>Liste<tr><td>Nom<td>Code<td>Tél\n"
          + "<tr><td>Anne\n   Bel<td>C1<td><a href=\"tel:1\">0199001001</a>&nbsp;<br></table>",
        "Anne Bel: +33199001001"
      ),
      (
        "<table><!-- <tr> --><tr><td>Nom<script>var a = '<td>'</script></td><td>Tél</td></tr>"
          + "<tr><td>a < b</td><td>0199001001<br>0639980011</td></tr></table>",
        "a < b: +33199001001 +33639980011"
      ),
      // A cell that goes on below.
      (
        "<table><tr><td>Société</td><td>Nom</td><td>Tél</td></tr>"
          + "<tr><td rowspan=\"2\">Alfa</td><td>Neri</td><td>0199001001</td></tr>"
          + "<tr><td>Bianchi</td><td>0199001002</td></tr></table>",
        "Alfa (Neri): +33199001001; Alfa (Bianchi): +33199001002"
      ),
      // Excel 2003: fields and rows that are left out, a comment.
      (
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
          + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table><Column/>"
          + "<Row><Cell><Data>Nom</Data></Cell><Cell><Data>Ville</Data></Cell><Cell><Data>Tél</Data></Cell></Row>"
          + "<Row ss:Index=\"4\"><Cell><Data>Alfa</Data><Comment><Data>Neri</Data></Comment></Cell>"
          + "<Cell ss:Index=\"3\"><Data ss:Type=\"Number\">199001001</Data></Cell></Row>"
          + "</Table></Worksheet></Workbook>",
        "Alfa: +33199001001"
      ),
      (
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">"
          + "<table:table><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>"
          + "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><text:p>Tél</text:p></table:table-cell>"
          + "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
          + "<table:table-row><table:table-cell><office:annotation><text:p>x</text:p></office:annotation>"
          + "<text:p>Alfa</text:p></table:table-cell><table:table-cell/>"
          + "<table:table-cell/><table:table-cell><text:p>0199001001</text:p></table:table-cell></table:table-row>"
          + "</table:table></office:document>",
        "Alfa: +33199001001"
      ),
      // The names of a real one's spaces fill pages.
      (
        "<?xml version=\"1.0\"?><office:document \(String(repeating: "xmlns:a=\"urn:a\" ", count: 200))"
          + "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><table:table><table:table-row>"
          + "<table:table-cell><text:p>Nom</text:p></table:table-cell><table:table-cell><text:p>Tél</text:p>"
          + "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Alfa</text:p>"
          + "</table:table-cell><table:table-cell><text:p>0199001001</text:p></table:table-cell></table:table-row>"
          + "</table:table></office:document>",
        "Alfa: +33199001001"
      ),
      // Counts that nothing has.
      (
        "<table><tr><td colspan=9223372036854775807 rowspan=-9223372036854775808>x<td index=9223372036854775807>"
          + "<tr><td rowspan=9223372036854775807 mergeacross=9223372036854775807>Liste</table>"
          + "<table><tr><td>Nom<td>Tél<tr><td>Alfa<td>0199001001</table>",
        "Alfa: +33199001001"
      ),
      // Marks of typography.
      ("“Nom”,“Tél”\n“Neri, Ugo”,“0199001001”\n", "Neri, Ugo: +33199001001"),
      ("Nom;Tél\n« Alfa »;0199001001\n", "Alfa: +33199001001"),
      ("Name;Tel\n„Noël“;„0199001001“\n", "Noël: +33199001001"),
      ("Nom;Tél\nChez “Alfa”;0199001001\n", "Chez “Alfa”: +33199001001"),
      ("Nom;Tél\n“A” et “B”;0199001001\n", "“A” et “B”: +33199001001"),
      ("Nom,Tél\n\"Alfa, “Beta”, Gamma\",0199001001\n", "Alfa, “Beta”, Gamma: +33199001001"),
    ])
  func rows(text: String, told: String) throws {
    #expect(try Self.told(Array(text.utf8)) == told)
  }

  @Test func oldSets() throws {
    let page = "<table><tr><td>Nom<td>Tél<tr><td>Bél<td>0199001001</table>"
    #expect(
      try Self.told(page.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        == "Bél: +33199001001")
    let quoted =
      Array("Nom;Tel\n".utf8) + [0x93] + Array("Alfa".utf8) + [0x94] + Array(";0199001001\n".utf8)
    #expect(try Self.told(quoted) == "Alfa: +33199001001")
  }

  @Test func anExportKeepsItsMarks() throws {
    let text =
      "code,name,kind,phone,mobile,fax,extension,contact,email,address,zip,city,country,notes\n"
      + "C1,“Alfa”,other,0199001001\n"
    #expect(try Self.told(Array(text.utf8)) == "“Alfa”: +33199001001")
  }

  @Test(
    arguments: [
      ("ID;PWXL;N;E\r\nC;Y1;X1;K\"Nom\"\r\nE\r\n", "SYLK"),
      ("TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF"),
      ("MIME-Version: 1.0\r\nX: y\r\n\r\n<table>", "MHTML"),
      ("#\n# SIP contacts\n\"Neri\" <sip:0199001001@example.com>\n", "softphone"),
      ("[sip]\nx=1\n[friend_0]\nurl=\"Neri\" <sip:0199001001@example.com>\n", "softphone"),
      ("Neri|Ugo||sip:0199001001@example.com|\n", "softphone"),
      ("<html><body><p>Bonjour</p></body></html>", "without a table"),
    ])
  func refused(text: String, says: String) {
    let error = #expect(throws: StoreError.self) { try Self.told(Array(text.utf8)) }
    #expect(error?.sentence.contains(says) == true, "\(error?.sentence ?? "")")
  }

  private static func told(_ bytes: [UInt8]) throws -> String {
    let input = InputFile(name: "file", bytes: bytes)
    return try PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }
      .map { row in
        let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
        let numbers = row.numbers.compactMap { $0.number?.key }
        return "\(row.name)\(contact): \(numbers.joined(separator: " "))"
      }.joined(separator: "; ")
  }
}
