import NumberForms
import Testing

/// Callers in what modems, logs and telephones write around them.
@Suite struct CallerTextTests {
  /// Content and name; what is handed on reads alike.
  private func shown(_ raw: String) -> String {
    let form = NumberForm(raw)
    #expect(NumberForm(form.passedOn).content == form.content)
    let content =
      switch form.content {
      case .digits(let digits): digits
      case .text(let text): "text \(text)"
      case .withheld: "withheld"
      case .unreplaced(let keyword): "unreplaced \(keyword)"
      }
    return content + (form.name.map { " (\($0))" } ?? "")
  }

  @Test(
    arguments: [
      // Two callers: nobody says which one calls.
      ("0199001234;0639981234", "text 0199001234;0639981234"),
      ("0199001234;0639981234;0199003161", "text 0199001234;0639981234;0199003161"),
      ("sip:0199001234;0639981234@pbx", "text 0199001234;0639981234"),
      ("tel:+33199001234;+33639981234", "text +33199001234;+33639981234"),
      ("0199003161;0199003161", "0199003161"), ("0199003161;ext=12", "0199003161"),
      ("tel:0199003161;npdi", "0199003161"), ("0199003161;12", "0199003161"),
      ("0199003161;Dupont", "0199003161 (Dupont)"),
      // Date and time of the call.
      ("14:32 0199003161", "0199003161"), ("0199003161 14:32:05", "0199003161"),
      ("2024-11-29 14:32:05 0199003161", "0199003161"),
      ("2024-11-29T14:32:05Z 0199003161", "0199003161"),
      ("29/11/2024 0199003161", "0199003161"), ("29.11.24 14:32 0199003161", "0199003161"),
      ("[14:32] Dupont 0199003161", "0199003161 (Dupont)"), ("2:32 PM 0199003161", "0199003161"),
      ("11/29 14:32 0199003161", "0199003161"), ("14:32 1024", "1024"),
      ("14:32 Anonymous", "withheld"), ("05/12/2021 14", "05/12/2021 14"),
      ("Rdv 14:30", "text Rdv 14:30"), ("05/12/2021 14:30", "text 05/12/2021 14:30"),
      // Names and values, as modems write them (O: out of area, P: private).
      ("NMBR=O", "withheld"), ("NMBR = P", "withheld"), ("NMBR = 0199003161", "0199003161"),
      ("DATE=1129 TIME=1432 NMBR=0199003161 NAME=DUPONT SA", "0199003161 (DUPONT SA)"),
      ("DATE = 1129 TIME = 1432 NMBR = P NAME = P", "withheld"),
      ("number=0199003161", "0199003161"), ("number=$remote", "unreplaced $remote"),
      ("ctidivalto:call?number=%2B33199003161&name=Dupont", "+33199003161 (Dupont)"),
      ("CALLERID=0199003161, NAME=\"Dupont\"", "0199003161 (Dupont)"),
      ("name=Dupont", "text name=Dupont"), ("E=mc2", "text E=mc2"),
      // The letter O for zero, among the digits of one number.
      ("O1 99 OO 31 61", "01 99 00 31 61"), ("O199OO3161", "0199003161"),
      ("+33 1 99 OO 31 61", "+33 1 99 00 31 61"), ("O2", "text O2"),
      ("O2 0199003161", "0199003161 (O2)"), ("OOOOOOOOOO", "text OOOOOOOOOO"),
      // I and l for one.
      ("0l 99 00 3I 6l", "01 99 00 31 61"), ("+33 l99003161", "+33 199003161"),
      ("l2", "text l2"), ("Il", "text Il"), ("5I Dupont", "text 5I Dupont"),
      // Header fields, lines of modems and of NCID, JSON.
      ("From: \"Dupont\" <sip:0199003161@h>;tag=1", "0199003161 (Dupont)"),
      ("P-Asserted-Identity: <sip:+33199003161@h>", "+33199003161"),
      ("Caller-Caller-ID-Number: 0199003161", "0199003161"),
      ("caller_id_number=0199003161&caller_id_name=Dupont", "0199003161 (Dupont)"),
      ("+CLIP: \"+33199003161\",145,\"\",,\"Dupont\",0", "+33199003161 (Dupont)"),
      ("+CLIP: \"\",128,\"\",0,\"\",1", "withheld"),
      ("CID: *DATE*11292026*TIME*1432*NMBR*0199003161*NAME*DUPONT SA*", "0199003161 (DUPONT SA)"),
      ("CALL: ###DATE11291432...NMBR0199003161...NAMEDUPONT+++", "0199003161 (DUPONT)"),
      ("###DATE11291432...NMBRPRIVATE...NAMEPRIVATE+++", "withheld"),
      ("{\"from\":\"+33199003161\",\"name\":\"Dupont\"}", "+33199003161 (Dupont)"),
      ("RPID: <sip:0199003161@h>;privacy=off", "0199003161"),
      ("CALLERID(all)=\"Dupont\" <0199003161>", "0199003161 (Dupont)"),
      ("remote=sip:0199003161@h&local=sip:1024@h", "0199003161"),
      ("caller=Dupont&number=0199003161", "0199003161 (Dupont)"),
      ("caller=0199003161&number=1024", "0199003161"), ("<<0199003161>>", "0199003161"),
      (";0199003161", "0199003161"), ("@CallerNumber", "unreplaced @CallerNumber"),
      ("src=0199003161 dst=1024", "0199003161"), ("<number>0199003161</number>", "0199003161"),
      ("< sip:0199003161@h >", "0199003161"),
      ("{'NMBR': '0199003161', 'NAME': 'Dupont'}", "0199003161 (Dupont)"),
      ("RING\r\n+CLIP: \"+33199003161\",145", "+33199003161"),
      ("+CRING: VOICE\r\n+CLIP: \"+33199003161\",145,,,,0", "+33199003161"),
      ("^CLCC: 1,1,4,0,0,\"0199003161\",129", "0199003161"),
      ("EXTRA: *TIME*1432*NUMBER*0199003161*NAME*DUPONT*", "0199003161 (DUPONT)"),
      // A password, headers behind an address, names beside one without brackets or behind them.
      ("sip:roy:secret@h", "text roy"), ("<sip:0199003161:secret@h>", "0199003161"),
      ("sip:roy@h?Route=%3Csip:proxy.example.com%3E", "text roy"),
      ("ctidivalto:%22Dupont%22%20%3Csip:0199003161@h%3E?popup", "0199003161 (Dupont)"),
      ("Dupont sip:0199003161@h", "0199003161 (Dupont)"),
      ("Dupont sip:roy@h;tag=1", "text roy (Dupont)"),
      ("<0199003161> Dupont", "0199003161 (Dupont)"),
      // Brackets in a name.
      ("<unknown> <0199003161>", "0199003161"),
      ("Dupont <ventes> <sip:0199003161@h>;tag=1", "0199003161 (Dupont <ventes>)"),
      // Blanks that a form has made pluses, and two numbers.
      ("tel:+33+1+99+00+31+61", "+33 1 99 00 31 61"), ("01+99+00+31+61", "01 99 00 31 61"),
      ("0199001234+33639981234", "text 0199001234+33639981234"),
      ("0199001234 +33639981234", "text 0199001234 +33639981234"),
      ("0+33199003161", "0+33199003161"),
      // Pages of the Web, printers' quotes, signs.
      ("\"Dupont\" &lt;0199003161&gt;", "0199003161 (Dupont)"), ("☎ 0199003161", "0199003161"),
      ("“Dupont” <sip:0199003161@h>", "0199003161 (Dupont)"), ("«0199003161»", "0199003161"),
      ("Dupont\t0199003161", "0199003161 (Dupont)"), ("[+33] 199003161", "(+33) 199003161"),
      // Words for a call are no name.
      ("Incoming call from 0199003161", "0199003161"), ("Tél. : 0199003161", "0199003161"),
      ("Appel de Dupont 0199003161", "0199003161 (Appel de Dupont)"),
      ("0199003161 (poste 12)", "0199003161"),
      // A host and its port, what is dialled once it is answered, channels.
      ("sip:sbc1.example.com:5061", "text sbc1.example.com"), ("sip:pbx:5060", "text pbx"),
      ("tel:+33199003161;777777777#", "+33199003161"),
      ("Dongle/dongle0-0199003161", "text Dongle/dongle0-0199003161"),
      ("@CALLDupont~0199003161", "0199003161 (Dupont)"), ("@h", "text @h"),
      // An account and its number, two accounts.
      ("\"Doe\" <sip:jdoe@pbx>, <tel:+33199003161>", "+33199003161 (Doe)"),
      ("<sip:jdoe@pbx>, \"Doe\" <tel:+33199003161>;x=1", "+33199003161 (Doe)"),
      ("\"Doe\" <sip:jdoe@pbx>, \"Alice\" <sip:alice@pbx>", "text jdoe (Doe)"),
      ("<sip:jdoe@pbx>;index=1, <tel:0199003161>;index=2", "0199003161"),
      ("<sip:jdoe@pbx>;x=\"1, 0199003161\"", "text jdoe"),
      ("<tel:+33199003161>, <tel:+33639981234>", "+33199003161"),
      // A name with a capital is no scheme, what a program calls a value no name.
      ("Dupont:0199003161", "0199003161 (Dupont)"), ("dupont:0199003161", "0199003161"),
      ("TEL:0199003161", "0199003161"), ("Skype:alice", "text alice"),
      ("Ventes:Dupont:0199003161", "0199003161 (Ventes:Dupont)"),
      ("Callto://0199003161", "0199003161"),
      ("variable_sip_user: 0199003161", "0199003161"), ("href=\"tel:0199003161\"", "0199003161"),
      ("remote_party=0199003161", "0199003161"), ("Jean_D 0199003161", "0199003161"),
      ("{\"from\":\"33199003161\",\"to\":\"33639981234\"}", "33199003161"),
      ("{\"caller\":{\"name\":\"Doe\",\"number\":\"0199003161\"}}", "0199003161 (Doe)"),
      // Digits that are not shown.
      ("XXXXXXXXXX", "withheld"), ("**********", "withheld"), ("xx", "text xx"), ("**", "**"),
    ])
  func callers(raw: String, expected: String) { #expect(shown(raw) == expected) }

  @Test(
    "Words for withheld in other languages",
    arguments: [
      "CLIR", "Número não disponível", "Não identificado", "Número restrito", "Numer zastrzeżony",
      "Numer prywatny", "Nieznany numer", "Dolt nummer", "Okänt nummer", "Skjult nummer",
      "Hemmeligt nummer", "Tuntematon numero", "Skryté číslo", "Neznámé číslo", "Gizli numara",
      "Ismeretlen szám", "Număr necunoscut", "Номер скрыт", "非通知", "公衆電話", "رقم خاص",
      "Неизвестный номер", "Номер не определен", "Невідомий номер", "Непознат број",
      "Απόκρυψη αριθμού", "Άγνωστος αριθμός", "رقم غير معروف", "بدون رقم", "מספר לא ידוע",
      "Неизвестный абонент", "Без номера", "الرقم غير متاح", "発信者番号なし",
      "番号非通知", "未知来电", "無來電顯示", "발신번호표시제한", "알 수 없음", "Neznámý", "Súkromné číslo",
      "Onbekende beller", "Niet beschikbaar", "Sem identificação", "Yksityinen numero",
      "NO NAME", "NO CID", "not known", "Unassigned", "COIN CALL", "INTERNATIONAL", "Liste rouge",
      "Identité masquée", "N° masqué", "Nr. unbekannt", "[unknown]", "“unknown”", "unknown!",
      "Anonimowy", "Skrita številka", "Slēpts numurs", "Nežinomas", "N.º desconocido",
      "Secret permanent", "Leyninúmer", "Số riêng tư", "Không xác định", "Nomor pribadi",
      "Tidak dikenal", "ไม่ทราบหมายเลข", "अज्ञात", "निजी नंबर", "ناشناس", "شماره خصوصی",
      "[object Object]", "#N/A", "–", "+", "0anonymous", "+33Unknown", "FreeSWITCH", "[null]",
      "Identidad oculta", "Anonyymi", "Numara yok", "번호없음", "ไม่ทราบ", "ส่วนตัว", "Descoñecido",
      "no_clid", "anonymous.invalid", "Geen nummerweergave", "Połączenie anonimowe", "无号码",
      "不显示号码", "비공개", "מספר חסום", "לא מזוהה", "Определить невозможно", "Numero assente",
    ])
  func withheld(raw: String) { #expect(NumberForm(raw).content == .withheld) }

  @Test(
    "Words that are like them",
    arguments: [
      "Le Secret", "Celles", "Fromer", "24private bank", "International SA",
      "Cabinet", "Cachet", "Bezos", "Semblat", "Brak", "Ada Numara", "Okan", "Restrita Lda", "Nao",
    ])
  func names(raw: String) { #expect(NumberForm(raw).content == .text(raw)) }

  @Test(
    "Placeholders in the marks of many programs",
    arguments: [
      "$(CALLER)", "${CALLERID(num)}", "%CALLERID(num)%", "{{ caller }}", "<%= caller %>",
      "#{caller}", "@{caller}", "{Caller Number}", "%Caller Number%", "<CallerID>", "<<caller>>",
      "__NUMBER__", "%1$s", "%(caller)s", "{caller:number}", "%1", "{0}", "ctidivalto:$(number)",
    ])
  func placeholders(raw: String) {
    guard case .unreplaced = NumberForm(raw).content else {
      Issue.record("\(NumberForm(raw).content)")
      return
    }
  }

  @Test(
    "What exchanges and programs make of a name",
    arguments: [
      ("WIRELESS CALLER", nil), ("Cell Phone", nil), ("TOLL FREE CALL", nil),
      ("Externer Anruf", nil),
      ("V12211530000123", nil), ("0199003161 (mobile)", nil), ("\"0199003161\" <0199003161>", nil),
      ("0199003161@h", nil), ("<name>", nil), ("[]", nil), ("Dupont (0199003161)", "Dupont"),
      ("Dupont <0199003161>", "Dupont"),
      ("Dupont 0639981234", "Dupont 0639981234"), ("0639981234", "0639981234"),
      ("Free Mobile", "Free Mobile"), ("Client 12345678", "Client 12345678"), ("Celles", "Celles"),
      ("L&#39;Atelier", "L'Atelier"), ("&quot;Le Bistrot&quot;", "Le Bistrot"),
      ("Jos%C3%A9", "José"), ("100% Vélo", "100% Vélo"), ("JosÃ©", "José"),
      ("Lâ€™Ã‰toile", "L’Étoile"), ("FranÃƒÂ§ois", "François"),
      ("=?UTF-8?Q?Jos=C3=A9_Roy?=", "José Roy"), ("=?utf-8?B?Sm9zw6kgUm95?=", "José Roy"),
      ("=?iso-8859-1?Q?Jos=E9?=", "José"), ("“Dupont”", "Dupont"), ("Dupont\"", "Dupont"),
      ("\\\"Dupont\\\"", "Dupont"), ("Dupont\\, Jean", "Dupont, Jean"),
    ] as [(String, String?)])
  func names(said: String, name: String?) {
    #expect(NumberForm("0199003161", name: said).name == name)
  }
}
