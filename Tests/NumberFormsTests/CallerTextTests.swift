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
    ])
  func withheld(raw: String) { #expect(NumberForm(raw).content == .withheld) }

  @Test(
    "Words that are like them",
    arguments: [
      "Cabinet", "Cachet", "Bezos", "Semblat", "Brak", "Ada Numara", "Okan", "Restrita Lda", "Nao",
    ])
  func names(raw: String) { #expect(NumberForm(raw).content == .text(raw)) }
}
