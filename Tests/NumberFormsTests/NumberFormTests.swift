import NumberForms
import Testing
import TextForms

@Suite("The number inside what telephony passes")
struct NumberFormTests {
  @Test(
    "The one whole number in a text of words",
    arguments: [
      ("Dupont 0199003161", "0199003161", "Dupont"),
      ("0199003161 (Dupont)", "0199003161", "Dupont"),
      ("Dupont (01 99 00 31 61)", "01 99 00 31 61", "Dupont"),
      ("Tel.: +33 1 99 00 31 61 (bureau)", "+33 1 99 00 31 61", "bureau"),
      ("Dupont-0199003161", "0199003161", "Dupont"),
      ("[0199003161] Dupont", "0199003161", "Dupont"),
      ("Ligne 2: 0199003161", "0199003161", "Ligne 2"),
      ("Garage 24/7: 01.99.00.31.61", "01.99.00.31.61", "Garage"),
      ("Dupont 0199003161 poste 12", "0199003161", "Dupont"),
      ("Jones (212) 555-0123", "212) 555-0123", "Jones"),
      ("Garage 24/7 01.99.00.31.61", "01.99.00.31.61", "Garage 24/7"),
      ("Roy 2024 0199003161", "0199003161", "Roy 2024"),
    ])
  func wholeNumber(raw: String, digits: String, name: String) {
    let form = NumberForm(raw)
    #expect(form.content == .digits(digits))
    #expect(form.name?.hasPrefix(name) == true)
    #expect(NumberForm(form.passedOn).content == form.content)
  }

  @Test(
    "A text without a whole number, or with two, stays text",
    arguments: [
      "Call from 192.168.100.200", "Dupont 05/12/2021 14", "C0199003161", "0199003161e0",
      "0199003161%0aevent=end", "Dupont 0199003161\u{FFFD}", "Dupont\u{9B}0199003161",
      "0199003161 ou 0199003162", "Commande 20211234", "alice_0199003161", "Client 0000012345",
      "Martin 12 rue Haute", "Zone 31.12.2024 10:00", "Roy 0199003161 0199003162",
    ])
  func textStaysText(raw: String) {
    if case .text = NumberForm(raw).content { return }
    Issue.record("\(raw) is read as \(NumberForm(raw).content)")
  }

  @Test(
    "Digits of other scripts",
    arguments: [
      ("٠١٩٩٠٠٣١٦١", "0199003161"), ("۰۱۹۹۰۰۳۱۶۱", "0199003161"),
      ("０１９９００３１６１", "0199003161"), ("＋３３１９９００３１６１", "+33199003161"),
      ("०१ ९९ ०० ३१ ६१", "01 99 00 31 61"), ("sip:٠١٩٩٠٠٣١٦١@host", "0199003161"),
    ])
  func otherScripts(raw: String, digits: String) {
    #expect(NumberForm(raw).content == .digits(digits))
  }

  @Test(
    "Digits are taken out of their wrapping",
    arguments: [
      ("0388202122", "0388202122"),
      ("03 88 20 21 22", "03 88 20 21 22"),
      ("03.88.20.21.22", "03.88.20.21.22"),
      ("03\u{A0}88\u{202F}20 21 22", "03 88 20 21 22"),
      ("03\u{2011}88", "03-88"),
      ("\u{202A}+33388202122\u{202C}", "+33388202122"),
      ("0388202122\n", "0388202122"),
      ("\t0388202122 ", "0388202122"),
      ("+33 (0)3 88 20 21 22", "+33 (0)3 88 20 21 22"),
      (" 33388202122", " 33388202122"),
      ("\" 33388202122\"", " 33388202122"),
      ("tel:%2033388202122", " 33388202122"),
      ("sip:0388202122@192.168.1.5:5060;user=phone", "0388202122"),
      ("sips:+33388202122@host;transport=tls", "+33388202122"),
      ("<sip:0388202122@host>;tag=xyz", "0388202122"),
      ("<sip:0388202122@host", "0388202122"),
      ("sip:%2B33388202122@host", "+33388202122"),
      ("sip:0388202122:secret@host", "0388202122"),
      ("sip:0388202122;npdi;rn=+33699@host", "0388202122"),
      ("sip:0388202122@[2001:db8::1]:5060", "0388202122"),
      ("sip:0388202122", "0388202122"),
      ("tel:+33-3-88-20-21-22", "+33-3-88-20-21-22"),
      ("tel:0388202122;ext=12", "0388202122"),
      ("tel:0388202122;isub=1234", "0388202122"),
      ("callto:0388202122", "0388202122"),
      ("callto://0388202122", "0388202122"),
      ("ctidivalto:0388202122", "0388202122"),
      ("ctidivalto://0388202122/", "0388202122"),
      ("ctidivalto:%2B33388202122", "+33388202122"),
      ("CTIDIVALTO:0388202122", "0388202122"),
      ("\"CTIDIVALTO:0388202122\"", "0388202122"),
      ("'callto:0388202122'", "0388202122"),
      ("my-own.scheme2:0388202122", "0388202122"),
      ("ctidivalto:tel:0388202122", "0388202122"),
      ("ctidivalto:sip%3A%2B33388202122%40host", "+33388202122"),
      ("ctidivalto:%22Dupont%22%20%3Csip:0388202122@host%3E", "0388202122"),
      ("*97", "*97"),
      ("**610@fritz.box", "**610"),
      ("#31#0388202122", "#31#0388202122"),
      ("ctidivalto:%2331%230388202122", "#31#0388202122"),
      ("0,0388202122", "0,0388202122"),
      ("/N:S /C:0388202122 /T:I /I:42", "0388202122"),
      ("--number=0388202122", "0388202122"),
      ("sip:++33199003032@host", "+33199003032"),
      ("+ +33 1 99 00 30 32", "+ 33 1 99 00 30 32"),
      ("0199003045 ext. 12", "0199003045"),
      ("01 99 00 30 45 x12", "01 99 00 30 45"),
      ("0199003045x12", "0199003045"),
      ("\"Dupont\" <sip:0199003045%20ext%2012@host>", "0199003045"),
      ("01 99 00 30 45 poste 206", "01 99 00 30 45"),
      ("0199003045, Nebenstelle 12", "0199003045"),
      ("069/90009 DW 12", "069/90009-12"),
      ("01 90009 Klappe 3", "01 90009-3"),
      ("-0388202122", "-0388202122"),
    ])
  func unwraps(raw: String, digits: String) {
    #expect(NumberForm(raw).content == .digits(digits))
  }

  @Test(
    "Display names stand before the address",
    arguments: [
      ("\"Dupont, Jean\" <sip:0388202122@host>", "Dupont, Jean"),
      ("Dupont <sip:0388202122@host>", "Dupont"),
      ("\"a \\\"q\\\" b\" <sip:0388202122@host>", "a \"q\" b"),
      (#""a \\\"q\\\", b" <sip:0388202122@host>"#, "a \"q\", b"),
      ("\"a <b> c\" <sip:0388202122@host>;tag=1", "a <b> c"),
      ("\"Éts Faÿ\" <0388202122>", "Éts Faÿ"),
      ("\"Dupont\" 0388202122", "Dupont"),
      ("\"a\u{1B}[31m\u{202E}b\" <sip:0388202122@host>", "a[31mb"),
    ])
  func names(raw: String, name: String) {
    let form = NumberForm(raw)
    #expect(form.name == name)
    #expect(form.content == .digits("0388202122"))
  }

  @Test(
    "Withheld callers have no number and no name",
    arguments: [
      "", " ", "\n", "anonymous", "Anonymous <sip:anonymous@anonymous.invalid>", "<unknown>",
      "unknown", "PRIVATE", "OUT-OF-AREA", "Out of area", "Restricted", "unavailable", "P", "O",
      "-", "asterisk", "<>", "\"\"", "sip:anonymous@host", "sip:x9f@anonymous.invalid:5060",
      "sip:192.168.1.5", "sip:192.168.1.5:5060", "\"Unknown\" <sip:unknown@10.0.0.1>",
      "tel:anonymous", "Numéro masqué", "ctidivalto:", "ctidivalto://",
      // Sentinels.
      "-1", "-2", "\u{2212}1", "sip:-1@127.0.0.1", "-2147483648", "0", "000", "0000000000",
      "00 00 00 00 00", "+000", "sip:0@host", "-0", "+266696687", "sip:+86282452253@trunk",
      "266696687", "+7378742833",
      // Words, in five languages.
      "Payphone", "Appel masqué", "APPEL MASQUÉ", "appel masque\u{301}", "Numéro non communiqué",
      "Numéro caché", "Appelant inconnu", "numéro privé", "Sans numéro", "pas de numéro",
      "Correspondant non identifié", "Indisponible", "Cabine téléphonique", "No Caller ID",
      "NoCallerID", "no_number", "Number unavailable", "Caller ID blocked", "idblocked",
      "Unknown caller", "CALLERUNKNOWN", "Not available", "number withheld", "Private number",
      "privatenumber", "Anonym", "Unbekannt", "Unbekannter Anrufer", "Anonymer Anruf",
      "Rufnummer unterdrückt", "Rufnummer unterdrueckt", "keine Rufnummer",
      "Nummer nicht verfügbar", "nicht übermittelt Nummer", "Privat", "Telefonzelle", "Anónimo",
      "Número desconocido", "Llamada oculta", "Número oculto", "sin número", "Número privado",
      "Ligação anônima", "Chamador desconhecido", "Salattu numero",
      "Anonimo", "Numero sconosciuto", "Numero privato", "Chiamata anonima", "Numero nascosto",
      "senza numero", "Numero non disponibile", "\"Anonymous\" <sip:Unbekannt@host>",
    ])
  func withheld(raw: String) {
    let form = NumberForm(raw)
    #expect(form.content == .withheld)
    #expect(form.name == nil)
  }

  @Test(
    "One word more makes a name or a text of it",
    arguments: [
      "Private Bank", "Publicis", "Cacher", "Secretan", "Nonna", "Anonymous Ltd", "alice", "Number",
      "Appel", "Numéro", "No", "Private Line 2", "Unknown 5", "L0#", "Masquelier",
      "Desk", "Person", "Teldes", "Area", "Caller",
    ])
  func notWithheld(raw: String) {
    #expect(!WithheldWord.matches(raw))
    #expect(NumberForm(raw).content != .withheld)
  }

  @Test(
    "Placeholders that were never replaced are named",
    arguments: [
      ("$1", "$1"), ("$remote", "$remote"), ("%CallerNumber%", "%CallerNumber%"),
      ("$$REMOTENUMBER$$", "$$REMOTENUMBER$$"), ("{cli}", "{cli}"), ("${caller}", "${caller}"),
      ("{{number}}", "{{number}}"), ("{{.Caller}}", "{{.Caller}}"), ("[from]", "[from]"),
      ("ctidivalto:$remote", "$remote"),
      ("ctidivalto:%CallerNumber%", "%CallerNumber%"), ("sip:$remote@host", "$remote"),
      ("ctidivalto:%7Bcli%7D", "{cli}"), ("\"$display\" <sip:$remote@host>", "$remote"),
      ("$remote popup", "$remote"), ("$remote?popup", "$remote"),
    ])
  func unreplaced(raw: String, keyword: String) {
    #expect(NumberForm(raw).content == .unreplaced(keyword: keyword))
  }

  @Test(
    "Hostile text is text, never a number",
    arguments: [
      "$(rm -rf ~)", "`id`", "0388;rm -rf ~", "';--", "%s%n", "\u{1B}[2J", "0388\n202122",
      "0800 SAVON", "poste 12", "\u{FFFD}", "0388202122\0", "--help", "C:\\x", "%%%",
      String(repeating: "1", count: 4097),
      String(repeating: "a:", count: 2000), String(repeating: "%25", count: 1300),
    ])
  func hostile(raw: String) {
    let form = NumberForm(raw)
    #expect(NumberForm(form.passedOn).content == form.content)
    switch form.content {
    case .text(let text): #expect(PlainText.isVisible(text) && text.count <= 80)
    case .digits(let digits):
      // A parameter or a second command is cut, what is before it is a number.
      #expect(digits.utf8.allSatisfy { "0123456789+*# .-()/,".utf8.contains($0) })
      #expect(raw.hasPrefix(digits))
    case .withheld, .unreplaced: Issue.record("taken for a withheld caller")
    }
  }

  @Test("Sixty-four digits stay digits; whether they are a number is for the plan to say")
  func manyDigits() {
    let digits = String(repeating: "9", count: 64)
    #expect(NumberForm(digits).content == .digits(digits))
  }

  @Test(
    "The record is asked for by a query or by the last word",
    arguments: [
      ("ctidivalto:0388202122?popup", true), ("ctidivalto://0388202122/?POPUP", true),
      ("ctidivalto:0388202122?a=b&popup=1", true), ("0388202122 popup", true),
      ("0388202122 \"PopUp\"", true), ("\"0388202122 popup\"", true), ("03 88 20 21 22 pop", true),
      ("sip:0388202122@host?popup", true), ("0388202122?subject=popup", false),
      ("0388202122", false), ("\"popup\" <sip:0388202122@host>", false),
    ])
  func popup(raw: String, wanted: Bool) {
    let form = NumberForm(raw)
    #expect(form.wantsPopup == wanted)
    guard case .digits(let digits) = form.content else {
      Issue.record("no digits: \(form.content)")
      return
    }
    #expect(digits.filter { $0 != " " } == "0388202122")
  }

  @Test(
    "A phone-context is a country or a private plan (RFC 3966)",
    arguments: [
      ("tel:0388202122;phone-context=+33", false, "+33"),
      ("sip:0388202122;phone-context=+33@host", false, "+33"),
      ("sip:0388202122@host;phone-context=%2B33", false, "+33"),
      ("tel:1024;phone-context=pbx.example.com", true, nil),
      ("tel:+33388202122;phone-context=pbx.example.com", false, nil),
      ("tel:0388202122", false, nil),
    ] as [(String, Bool, String?)])
  func contexts(raw: String, isLocal: Bool, country: String?) {
    let form = NumberForm(raw)
    #expect(form.isLocal == isLocal)
    #expect(form.countryContext == country)
  }

  @Test(
    "Who is no number is text: the user part of an address, or all of it",
    arguments: [
      ("sip:alice@trunk.example", "alice"), ("<sip:alice@trunk.example;user=phone>;tag=1", "alice"),
      ("alice@trunk.example", "alice"), ("ctidivalto:alice", "alice"), ("callto:alice", "alice"),
      ("sip:a%20b@h", "a b"), ("L0#0199003014", "L0#0199003014"),
      ("Garage: Paris", "Garage: Paris"),
      ("'; DROP TABLE x", "'; DROP TABLE x"), ("alice popup", "alice"), ("poste 12", "poste 12"),
      ("sip:x%20popup@h", "x"), ("sip:1234567e0@h", "1234567e0"), ("\u{1B}[2J", "\u{FFFD}[2J"),
      ("0388\n202122", "0388\u{FFFD}202122"),
      (String(repeating: "9", count: 70), String(repeating: "9", count: 70)),
      (String(repeating: "9", count: 5000), String(repeating: "9", count: 80)),
    ])
  func text(raw: String, text: String) {
    let form = NumberForm(raw)
    #expect(form.content == .text(text))
    #expect(NumberForm(form.passedOn).content == .text(text))
  }

  @Test(
    "What shows nothing says nothing",
    arguments: [
      "\u{202E}", "\u{3164}", String(repeating: "<", count: 4000), "sip:%E3%85%A4@h",
      "\u{200B}\u{200D}", "\u{2800}",
      "sip:[2001:db8::1]:5060",
      "\"s\" <sip:s@h>", "s",
    ])
  func nothing(raw: String) {
    #expect(NumberForm(raw).content == .withheld)
    #expect(NumberForm(raw).name == nil)
  }

  @Test(
    "An account whose name is a number is that number",
    arguments: [
      ("\"01 99 00 30 20\" <sip:1234567e0@h>", nil, "01 99 00 30 20"),
      ("sip:1234567e0@h", "+33199003020", "+33199003020"), ("sip:alice@h", "1024", "1024"),
      ("sip:alice@h", "\"0199003020\"", "0199003020"),
    ] as [(String, String?, String)])
  func numberOfTheName(raw: String, given: String?, digits: String) {
    let form = NumberForm(raw, name: given)
    #expect(form.content == .digits(digits))
    #expect(form.name == nil)
  }

  @Test(
    "A name that is none is left out, and what is only like a number is one",
    arguments: [
      ("0199003020", "Inconnu", nil), ("0199003020", "01 99 00 30 20", nil),
      ("0199003020", "$name", nil), ("0199003020", "sip:0199003020@pbx", nil),
      ("0199003020", "sip:alice@pbx", nil), ("0199003020", "  ", nil),
      ("0199003020", "\u{3164}", nil),
      ("0199003020", "\"\"", nil), ("0199003020", "P", nil), ("0199003020", "s", nil),
      ("\"Roy\" <sip:0199003020@h>", "unknown", "Roy"), ("sip:alice@h", "alice", nil),
      ("sip:alice@h", "Alice", "Alice"), ("sip:alice@h", "24/7", nil), ("sip:alice@h", "12", nil),
      ("0199003020", "\"Roy, Ana\"", "Roy, Ana"), ("0199003020", "Poste: 1024", "Poste: 1024"),
      ("0199003020", "12;Dupont", "12;Dupont"), ("0199003020", "2M Bâtiment", "2M Bâtiment"),
    ] as [(String, String, String?)])
  func namesThatAreNone(raw: String, given: String, name: String?) {
    #expect(NumberForm(raw, name: given).name == name)
  }

  @Test(
    "A door hands on what the next one reads alike",
    arguments: [
      "tel:30123456;phone-context=+49", "tel:4443333;phone-context=pbx.example.com",
      "\"Dupont\" <sip:%2B33388202122@host>", "anonymous",
      "$remote", " 33388202122",
      "0,0388202122", "", "sip:alice@h", "%s%n", "sip:a%2540b@h", "'a' 'b'", "a:b:c@d",
      "\"x\" \"y\" <z>",
    ])
  func handedOn(raw: String) {
    let (first, next) = (NumberForm(raw), NumberForm(NumberForm(raw).passedOn))
    #expect(next.content == first.content)
    #expect(next.countryContext == first.countryContext)
    #expect(next.isLocal == first.isLocal)
  }
}
