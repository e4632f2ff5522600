import PhoneNumbers
import Telephony
import Testing

/// What each form of a number means for the plan of a French site: kind and key.
@Suite("Callers, region FR")
struct NumberFormsRowsTests {
  private let plan = NumberPlan()

  @Test(
    "Complete numbers",
    arguments: [
      "0388202122", "03 88 20 21 22", "03.88.20.21.22", "03-88-20-21-22",
      "03\u{A0}88\u{A0}20\u{A0}21\u{A0}22", "03\u{202F}88\u{202F}20\u{202F}21\u{202F}22",
      "+33388202122", "0033388202122", "+33 (0)3 88 20 21 22", "+330388202122", "33388202122",
      " 33388202122", "sip:0388202122@192.168.1.5:5060;user=phone",
      "sips:+33388202122@host;transport=tls", "<sip:0388202122@host>;tag=xyz",
      "\"Dupont, Jean\" <sip:0388202122@host>", "Dupont <sip:0388202122@host>",
      "sip:%2B33388202122@host", "sip:0388202122;phone-context=+33@host",
      "sip:388202122;phone-context=+33@host", "sip:0388202122;npdi;rn=+33699000000@host",
      "tel:+33-3-88-20-21-22", "tel:0388202122;phone-context=+33", "tel:+33388202122;ext=12",
      "tel:+33388202122;isub=12", "callto:0388202122", "callto://0388202122",
      "ctidivalto:0388202122", "ctidivalto://0388202122/", "ctidivalto:%2B33388202122",
      "CTIDIVALTO:0388202122", "\"ctidivalto:0388202122\"", "ctidivalto:0388202122?popup",
      "#31#0388202122", "*31#0388202122", "0388202122#", "0,0388202122", "9-0388202122",
      "0,0033388202122", "0+33388202122", "/N:S /C:0388202122 /T:I /I:42", "--number=0388202122",
      "03 88 20 21 22 popup", "+0388202122", "(03) 88/20.21-22",
      "sip:0388202122*206@h", "+33388202122*206", "0388202122#12", "++33388202122",
      "0388202122 ext. 12", "tel:0388202122;phone-context=ims.mnc001.mcc208.3gppnetwork.org",
      "tel:33388202122;phone-context=pbx.example.com",
      "sip:0388202122;phone-context=ims.example.com@host",
    ])
  func complete(raw: String) {
    let caller = plan.caller(raw)
    #expect(caller.number == PhoneNumber(.complete, "+33388202122"))
    #expect(caller.text == "03 88 20 21 22")
  }

  @Test(
    "A lost trunk prefix leaves a national number",
    arguments: [
      ("388202122", "+33388202122"), ("3 88 20 21 22", "+33388202122"),
      (" 388202122", "+33388202122"), ("+388202122", "+33388202122"),
      ("639981234", "+33639981234"), ("262123456", "+262262123456"),
      ("00388202122", "+33388202122"), ("90388202122", "+33388202122"),
      ("90033388202122", "+33388202122"), ("9004930123456", "+4930123456"),
      ("sip:00639981234@pbx", "+33639981234"), ("388202122*12", "+33388202122"),
      ("tel:388202122;phone-context=pbx.example.com", "+33388202122"),
    ])
  func national(raw: String, key: String) {
    #expect(plan.caller(raw).number == PhoneNumber(.national, key))
  }

  @Test(
    "Extensions and feature codes",
    arguments: [
      ("1024", "1024"), ("*97", "*97"), ("**610@fritz.box", "**610"), ("112", "112"), ("15", "15"),
      ("3631", "3631"), ("118712", "118712"), ("+1024", "1024"), ("sip:1024@pbx", "1024"),
      ("tel:1024;phone-context=pbx.example.com", "1024"), ("12345", "12345"), ("#31#1024", "1024"),
      ("*21*0388202122#", "*21*0388202122#"), ("1024*5", "1024*5"),
      ("tel:123456;phone-context=pbx.example.com", "123456"),
    ])
  func extensions(raw: String, key: String) {
    let caller = plan.caller(raw)
    #expect(caller.number == PhoneNumber(.extension, key))
    #expect(caller.text == key)
  }

  @Test(
    "Digits that make no number are fragments",
    arguments: [
      "88202122", "123456", "038820212", "03882021222", "99999999999999", "80388202122",
      "900388202122",
    ])
  func fragments(raw: String) {
    #expect(plan.caller(raw).number == PhoneNumber(.fragment, raw))
  }

  @Test(
    "A caller who is no number as dialled is read as it is typed",
    arguments: [
      ("0199003161/12", "+33199003161"), ("0199003161 (12)", "+33199003161"),
      ("0199003161 2024-03-12", "+33199003161"),
      ("0199003161.0", "+33199003161"), ("+33199003161.00", "+33199003161"),
      ("199003161.0", "+33199003161"), ("1024.0", "1024"), ("0199003161 14:30", "+33199003161"),
      ("0199003161_12", "+33199003161"), ("[14:30:12] 0199003161", "+33199003161"),
      ("01\u{B7}99\u{B7}00\u{B7}31\u{B7}61", "+33199003161"),
      ("\u{FF10}\u{FF11}\u{FF0D}99\u{FF0D}00\u{FF0D}31\u{FF0D}61", "+33199003161"),
      ("SIP/0199003161-0000001", "+33199003161"), ("PJSIP/0199003161-0000001a", "+33199003161"),
      ("Local/1024@from-internal-00000003;1", "1024"), ("PJSIP/1024-0000001a", "1024"),
      ("sofia/internal/0199003161@192.0.2.1", "+33199003161"), ("user/1024@pbx", "1024"),
      ("sip:0199003161@host <Jean>", "+33199003161"),
    ])
  func typed(raw: String, key: String) {
    #expect(plan.caller(raw).number?.key == key)
    #expect(plan.caller(raw).number?.kind != .fragment)
  }

  @Test(
    "Two numbers are none, and so is a country's code",
    arguments: [
      "0199003161 0199003162", "0199003161/0199003162", "0199003161, 0199003162",
      "0199003161-0199003162", "01990031610199003162", "+33199003161 +33199003162",
      "+331990031610199003162", "0199003161 / 62", "0199003161|0199003162", "1.99003161E8",
      "192.168.1.50", "10.0.0.5", "3,3199003161E+10", "SIP/trunk-0199003161-0000001a", "DAHDI/1-1",
      "01:99:00:31:61",
    ])
  func texts(raw: String) {
    guard case .text = plan.caller(raw).identity else {
      Issue.record("\(raw) is \(plan.caller(raw).identity)")
      return
    }
    #expect(plan.caller(raw).number == nil)
  }

  @Test("A country's code alone is no extension, nor is a number below zero behind a plus")
  func noExtensions() {
    #expect(plan.caller("+33").number?.kind == .fragment)
    #expect(plan.caller("+-1").isWithheld)
    #expect(plan.caller("sip:+-1@host").isWithheld)
  }

  @Test("A prefix that nobody configured is named, and only assumed where nothing else is valid")
  func assumedPrefix() {
    for (raw, prefix) in [
      ("00388202122", "0"), ("sip:90388202122@pbx", "9"), ("0388202122", nil), ("388202122", nil),
      ("0033388202122", nil), ("88202122", nil), ("1024", nil), ("anonymous", nil),
      ("004930123456", nil),
    ] as [(String, String?)] {
      #expect(plan.caller(raw).assumedPrefix == prefix, "\(raw)")
    }
    // A site that has said its prefix has no other.
    let other = NumberPlan(outsidePrefix: "7")
    #expect(other.caller("00388202122").assumedPrefix == nil)
    #expect(other.caller("00388202122").number?.kind == .fragment)
    #expect(plan.number("00388202122", region: "BE")?.kind != .national)
    // 9 and a number of New York, or one of India without its plus.
    #expect(NumberPlan(region: "US").caller("912125550123").number?.kind == .fragment)
  }

  @Test(
    "Withheld callers, keywords and texts are no numbers",
    arguments: [
      ("", Caller.Identity.withheld), ("anonymous", .withheld), ("-", .withheld),
      ("sip:-1@127.0.0.1", .withheld), ("-2", .withheld), ("0000000000", .withheld),
      ("Anonymous <sip:anonymous@anonymous.invalid>", .withheld),
      ("$remote", .unreplaced(keyword: "$remote")), ("0800 SAVON", .text("0800 SAVON")),
      ("$(rm x)", .text("$(rm x)")),
      (String(repeating: "1", count: 64), .text(String(repeating: "1", count: 40))),
    ])
  func identities(raw: String, identity: Caller.Identity) {
    let caller = plan.caller(raw)
    #expect(caller.identity == identity)
    #expect(caller.number == nil)
    #expect(caller.isWithheld == (caller.account == nil))
    #expect(caller.text.isEmpty == caller.isWithheld)
    #expect(caller.text.count <= 40)
  }

  @Test(
    "Ranges reserved for fiction are kept as they are",
    arguments: ["0199001234", "0261911234", "0353011234", "0465711234", "0536491234", "0639981234"])
  func fiction(raw: String) {
    let national = raw.dropFirst()
    let key = "+33\(national)"
    for spelling in [raw, key, "0033\(national)", "33\(national)", "+33 (0)\(national)"] {
      #expect(plan.caller(spelling).number == PhoneNumber(.complete, key), "\(spelling)")
    }
    #expect(plan.caller(String(national)).number == PhoneNumber(.national, key))
    // Also behind an outside-line prefix, where 00… could be some far country.
    let behind = NumberPlan(outsidePrefix: "0")
    for spelling in ["0" + raw, raw, "0" + "0033\(national)", "0033\(national)", key] {
      #expect(behind.caller(spelling).number == PhoneNumber(.complete, key), "\(spelling)")
    }
  }

  @Test(
    "Digits are counted as received",
    arguments: [
      ("0388202122", 10), ("+33 (0)3 88 20 21 22", 12), ("sip:1024@10.0.0.1:5060", 4), ("", 0),
      ("#31#0388202122", 12), ("00388202122", 11), ("anonymous", 0),
    ])
  func receivedDigits(raw: String, count: Int) {
    #expect(plan.caller(raw).receivedDigits == count)
  }

  @Test("A given name goes before the one in the address")
  func names() {
    let raw = "\"Dupont, Jean\" <sip:0388202122@host>"
    #expect(plan.caller(raw).name == "Dupont, Jean")
    #expect(plan.caller(raw, name: "Durand").name == "Durand")
    #expect(plan.caller(raw, name: "").name == "Dupont, Jean")
    #expect(plan.caller("0388202122", name: "a\u{1B}[2J\u{202E}\nb").name == "a[2J b")
  }
}
