public import Telephony

/// A caller as telephony software gives it, and who that is: the same in every door.
public struct CallerRow: Sendable, CustomStringConvertible {
  /// What stands where the number should.
  public let raw: String
  /// What stands where the name should, beside it.
  public let said: String?
  /// Who it is: a normal form, `text alice`, or `withheld`.
  public let who: String
  /// The name.
  public let name: String?

  init(_ raw: String, _ said: String? = nil, is who: String, named name: String? = nil) {
    (self.raw, self.said, self.who, self.name) = (raw, said, who, name)
  }

  /// The row in a test's name.
  public var description: String { "\(raw.prefix(60)) \(said ?? "") is \(who)" }

  /// Who a door made of it, in the row's words.
  public static func words(_ caller: Caller) -> String {
    caller.number?.key ?? caller.account.map { "text \($0)" } ?? "withheld"
  }

  /// Callers of public reports, of the table of number forms, and some more of each kind.
  public static let all: [CallerRow] = [
    // Numbers.
    CallerRow("0388202122", is: "+33388202122"), CallerRow("03.88.20.21.22", is: "+33388202122"),
    CallerRow("+33388202122", is: "+33388202122"), CallerRow("0033388202122", is: "+33388202122"),
    CallerRow("sip:0388202122@192.0.2.5:5060;user=phone", is: "+33388202122"),
    CallerRow("<sip:0388202122@host>;tag=xyz", is: "+33388202122"),
    CallerRow("\"Dupont, Jean\" <sip:0388202122@h>", is: "+33388202122", named: "Dupont, Jean"),
    CallerRow("sip:%2B33388202122@host", is: "+33388202122"),
    CallerRow("tel:+33-3-88-20-21-22", is: "+33388202122"),
    CallerRow("tel:30123456;phone-context=+49", is: "+4930123456"),
    CallerRow("callto://0388202122/", is: "+33388202122"), CallerRow("1024", is: "1024"),
    CallerRow("*0199003161", is: "+33199003161"), CallerRow("*310199003161", is: "+33199003161"),
    CallerRow("DAHDI/i1/0199003161-1", is: "+33199003161"),
    CallerRow("Q1-0199003161", is: "+33199003161", named: "Q1"),
    CallerRow("SDA3388 0199003161", is: "+33199003161", named: "SDA3388"),
    CallerRow("whatsapp://send?phone=33199003161", is: "+33199003161"),
    CallerRow("199003161", is: "+33199003161"), CallerRow("0199003161#", is: "+33199003161"),
    CallerRow("<sip:0199003161;cpc=ordinary@h", is: "+33199003161"),
    CallerRow("tel:%252B33199003161", is: "+33199003161"),
    CallerRow("*97", is: "*97"), CallerRow("#31#0388202122", is: "+33388202122"),
    // Names beside, and names that are none.
    CallerRow("0536491201", "Garage Muller", is: "+33536491201", named: "Garage Muller"),
    CallerRow("0536491201", "Inconnu", is: "+33536491201"),
    CallerRow("0536491201", "0536491201", is: "+33536491201"),
    CallerRow("0536491201", "05 36 49 12 01", is: "+33536491201"),
    CallerRow("\"Roy\" <sip:0536491201@h>", "unknown", is: "+33536491201", named: "Roy"),
    CallerRow("0536491201", "sip:0536491201@pbx", is: "+33536491201"),
    CallerRow("0536491201", "%CallerName%", is: "+33536491201"),
    CallerRow("0536491201", "2M Bâtiment", is: "+33536491201", named: "2M Bâtiment"),
    // Accounts, and numbers in their names.
    CallerRow("sip:alice@trunk.example", is: "text alice"),
    CallerRow("sip:alice@trunk.example", "Alice Roy", is: "text alice", named: "Alice Roy"),
    CallerRow("\"alice\" <sip:alice@trunk.example>", is: "text alice"),
    CallerRow("alice@trunk.example", is: "text alice"), CallerRow("alice", is: "text alice"),
    CallerRow("\"01 99 00 30 20\" <sip:1234567e0@h>", is: "+33199003020"),
    CallerRow("sip:1234567e0@h", "01 99 00 30 20", is: "+33199003020"),
    CallerRow("1234567e0", "+33199003020", is: "+33199003020"),
    CallerRow("sip:web@h", "24/7", is: "text web"), CallerRow("sip:web@h", "12", is: "text web"),
    CallerRow("L0#0199003014", is: "text L0#0199003014"),
    CallerRow("0800 SAVON", is: "text 0800 SAVON"), CallerRow("%s%n", is: "text %s%n"),
    CallerRow("sip:José@h", is: "text José"), CallerRow("警備@pbx", is: "text 警備"),
    CallerRow("sip:a%20b@h", is: "text a b"), CallerRow("sip:x%20popup@h", is: "text x"),
    CallerRow(String(repeating: "1", count: 70), is: "text " + String(repeating: "1", count: 40)),
    // Nobody.
    CallerRow("sip:+anonymous@h", is: "withheld"),
    CallerRow("Anoniem", is: "withheld"), CallerRow("Nummer onderdrukt", is: "withheld"),
    CallerRow("", is: "withheld"), CallerRow("anonymous", is: "withheld"),
    CallerRow("Anonymous <sip:anonymous@anonymous.invalid>", is: "withheld"),
    CallerRow("<sip:x9@anonymous.invalid>", is: "withheld"),
    CallerRow("\"s\" <sip:s@h>", is: "withheld"),
    CallerRow("sip:asterisk@192.0.2.7", is: "withheld"),
    CallerRow("sip:192.0.2.7", is: "withheld"), CallerRow("<unknown>", is: "withheld"),
    CallerRow("-", is: "withheld"), CallerRow("$remote", is: "withheld"),
    CallerRow("\u{3164}", is: "withheld"), CallerRow("sip:@h", is: "withheld"),
    CallerRow("NMBR = P", is: "withheld"), CallerRow("XXXXXXXXXX", is: "withheld"),
    // Two, of whom nobody says which one calls; what modems and logs write beside one.
    CallerRow("0199001234;0639981234", is: "text 0199001234;0639981234"),
    CallerRow("14:32 0199003161", is: "+33199003161"),
    CallerRow("2024-11-29 14:32 Roy 0199003161", is: "+33199003161", named: "Roy"),
    CallerRow("NMBR=0199003161 NAME=Roy", is: "+33199003161", named: "Roy"),
    CallerRow("O1 99 OO 31 61", is: "+33199003161"),
    // What pages, programs and exchanges put around a caller.
    CallerRow("7193#0199003161", is: "+33199003161"),
    CallerRow("+330033199003161", is: "+33199003161"),
    CallerRow("\"\"Roy\"\" <sip:0536491201@h>", is: "+33536491201", named: "Roy"),
    CallerRow("sip:0199003161@h;+sip.instance=\"<urn:gsma:imei:1>\"", is: "+33199003161"),
    CallerRow("Appel entrant", is: "withheld"), CallerRow("#CALLERID#", is: "withheld"),
    CallerRow("sip:Jos%E9@h", is: "text José"),
    CallerRow("0536491201", "Ren%E9", is: "+33536491201", named: "René"),
    CallerRow("0536491201", "NAME NOT FOUND", is: "+33536491201"),
    CallerRow("&#43;33199003161", is: "+33199003161"),
    CallerRow("33199003161F", is: "+33199003161"),
    CallerRow("Anruf von 0199003161", is: "+33199003161"), CallerRow("+333639", is: "3639"),
    CallerRow("+CLIP: \"0199003161\",129", is: "+33199003161"),
    CallerRow("0536491201", "WIRELESS CALLER", is: "+33536491201"),
    CallerRow("0536491201", "B&auml;r", is: "+33536491201", named: "Bär"),
    CallerRow("0536491201", "Durand &amp; Fils", is: "+33536491201", named: "Durand & Fils"),
    CallerRow("0536491201", "Ventes: 0536491201", is: "+33536491201", named: "Ventes"),
    CallerRow("+33anonymous", is: "withheld"), CallerRow("番号非通知", is: "withheld"),
    CallerRow("Номер не определён", is: "withheld"), CallerRow("${CALLERID(num)}", is: "withheld"),
    CallerRow("PJSIP/anonymous-00000012", is: "withheld"),
    // A password, headers behind an address, names beside one.
    CallerRow("sip:roy:secret@h", is: "text roy"),
    CallerRow("sip:roy@h?Route=%3Csip:proxy.example.com%3E", is: "text roy"),
    CallerRow("caller=Roy&number=0199003161", is: "+33199003161", named: "Roy"),
    CallerRow("Ventes:Roy:0199003161", is: "+33199003161", named: "Ventes:Roy"),
    CallerRow("(2) 0199003161", is: "+33199003161"),
    CallerRow("Garage 24/7 0199003161", is: "+33199003161", named: "Garage 24/7"),
    CallerRow("+34 (0) 912 34 56 78", is: "+34912345678"),
    CallerRow("Identidad oculta", is: "withheld"), CallerRow("anonymous.invalid", is: "withheld"),
    CallerRow("<0199003161> Roy", is: "+33199003161", named: "Roy"),
    CallerRow("Roy sip:0199003161@h", is: "+33199003161", named: "Roy"),
  ]
}
