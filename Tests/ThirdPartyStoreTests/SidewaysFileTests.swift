import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// Rows whose headers do not stand above them: beside them, elsewhere in the file, or nowhere.
@Suite struct SidewaysFileTests {
  /// A file, and its rows; empty where it is refused.
  private static let files: [(text: String, told: String)] = [
    // Lists of values, and what they are.
    (
      #"{"columns":["name","phone"],"index":[0,1],"data":[["Alfa","0199001001"],["Beta",null]]}"#,
      "Alfa: +33199001001; Beta: "
    ),
    (
      """
      {"data":{"rows":[["Alfa","0199001001"],["Beta","0199001002"]],
      "cols":[{"name":"NAME"},{"name":"PHONE"}]}}
      """, "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      """
      {"fields":[{"name":"company"},{"name":"tel"}],
      "records":[["Alfa","0199001001"],["Beta","0199001002"]]}
      """, "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      #"[["Ville","Nom","Tél"],["Metz","Alfa","0199001001"],["","Beta","0199001002"]]"#,
      "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      #"{"range":"A1:C3","values":[["Nom","Tél","Ville"],["Alfa","0199001001","Metz"],["Beta","0199001002"]]}"#,
      "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      #"{"name":{"0":"Alfa","1":"Beta"},"phone":{"0":"0199001001","1":null}}"#,
      "Alfa: +33199001001; Beta: "
    ),
    (
      #"{"name":["Alfa","Beta"],"phone":["0199001001","0199001002"]}"#,
      "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      """
      <FMPXMLRESULT xmlns="http://www.filemaker.com/fmpxmlresult"><METADATA><FIELD MAXREPEAT="1" NAME="Nom"/>
      <FIELD MAXREPEAT="2" NAME="Tél"/></METADATA><RESULTSET FOUND="2"><ROW MODID="1" RECORDID="1"><COL>
      <DATA>Alfa</DATA></COL><COL><DATA>0199001001</DATA><DATA>0639980011</DATA></COL></ROW>
      <ROW MODID="1" RECORDID="2"><COL><DATA>Beta</DATA></COL><COL><DATA/></COL></ROW></RESULTSET></FMPXMLRESULT>
      """, "Alfa: +33199001001 +33639980011; Beta: "
    ),
    // A record by itself, and several beside or below each other.
    ("Fiche client\nNom;Alfa\nTéléphone;0199001001\nVille;Metz\n", "Alfa: +33199001001"),
    (
      "Nom;Alfa;Beta\nTéléphone;0199001001;0199001002\n",
      "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      "Nom;Alfa\nTéléphone;0199001001\n\nNom;Beta\nVille;Metz\nTéléphone;0199001002\n",
      "Alfa: +33199001001; Beta: +33199001002"
    ),
    (
      "<table><tr><th>Nom</th><td>Alfa</td></tr><tr><th>Tél :</th><td>0199001001</td></tr></table>",
      "Alfa: +33199001001"
    ),
    // The first row, under headers that nobody knows, is none.
    ("Client;Coordonnées\nAlfa;Tél : 0199001001\nBeta;0199001002\n", ""),
    ("Principal,Region\nneri@example.org,tel:+33199001001\nugo@example.org,\n", ""),
    ("Nom;Téléphone (0199001001)\nAlfa;0199001002\n", "Alfa: +33199001002"),
    (
      "UserPrincipalName,DisplayName,LineUri\nneri@example.org,Neri,tel:+33199001001\n",
      "Neri: +33199001001"
    ),
    (
      "<dataroot><T><Nom_x0020_client>Alfa</Nom_x0020_client><N_x00B0__x0020_Tel>0199001001</N_x00B0__x0020_Tel></T></dataroot>",
      "Alfa: +33199001001"
    ),
    ("BEGIN:VCARD\nFN:Alfa\nTEL;TYPE=work:sip:201@example.com\nEND:VCARD\n", "Alfa: 201"),
    // Tables of something else behind the one that is read, or before it.
    (
      """
      <table><tr><td>Nom<td>Tél<tr><td>Alfa<td>0199001001</table>
      <table><tr><td>Libellé<td>Code barre<tr><td>Vis<td>199001002</table>
      <table><tr><td>Mois<td>Appels<tr><td>Mai<td>199001003</table>
      <table><tr><td>Nom<td>Tél<tr><td>Beta<td>0199001004</table>
      """, "Alfa: +33199001001; Beta: +33199001004"
    ),
    (
      "Nom;Tél\n\nAlfa;0199001001\n\nBeta;à rappeler\n\nGamma;0199001002\n",
      "Alfa: +33199001001; Beta: ; Gamma: +33199001002"
    ),
    (
      (1...40).map { "Note \($0)\n" }.joined() + "\nNom;Tél\nAlfa;0199001001\n",
      "Alfa: +33199001001"
    ),
    ("Ville;Metz\nMontant;0199001001\n", ""),
    // A practice's patients: who was called otherwise, what number is old, and next of kin.
    (
      """
      {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1","name":[{"use":"official",
      "family":"Neri","given":["Ugo","Leo"]},{"use":"maiden","family":"Rossi"}],"telecom":[{"use":"home"},
      {"system":"phone","value":"0199001001","use":"home"},{"system":"phone","value":"0639980011","use":"mobile"},
      {"system":"email","value":"a@example.com"},{"system":"phone","value":"0199001002","use":"old"}],
      "contact":[{"name":{"family":"Neri"},"telecom":[{"system":"phone","value":"0199001003"}]}]}},
      {"resource":{"resourceType":"Organization","name":"Alfa","telecom":[{"system":"phone","value":"0199001004"}]}}]}
      """, "Ugo Leo Neri: +33199001001 *+33199001003 +33639980011; Alfa: +33199001004"
    ),
  ]

  @Test(arguments: files)
  func rows(text: String, told: String) {
    let input = InputFile(name: "file", bytes: Array(text.utf8))
    let rows = try? PartyImport.preview(input, plan: NumberPlan(), count: 20) { _ in }
    let found = rows?.map { row -> String in
      let numbers = row.numbers.map { ($0.isCertain ? "" : "*") + ($0.number?.key ?? "") }
      return "\(row.name): \(numbers.joined(separator: " "))"
    }
    #expect((found ?? []).joined(separator: "; ") == told)
  }
}
