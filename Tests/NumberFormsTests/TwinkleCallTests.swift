import NumberForms
import Testing

@Suite("Twinkle's environment")
struct TwinkleCallTests {
  private func read(_ variables: [String: String]) -> TwinkleCall? {
    TwinkleCall { variables[$0] }
  }

  private let base = [
    "SIP_FROM_USER": "0388202122", "SIP_FROM_DISPLAY": "Dupont SA", "SIP_TO_USER": "1024",
    "SIP_TO_DISPLAY": "Accueil", "SIP_CALL_ID": "abc@host", "TWINKLE_LINE": "1",
  ]

  @Test(
    "Triggers",
    arguments: [
      ("in_call", nil, "ring", nil, "in", "0388202122"),
      ("in_call_answered", "200", "answer", nil, "in", "0388202122"),
      ("in_call_failed", "487", "end", "missed", "in", "0388202122"),
      ("in_call_failed", "603", "end", "rejected", "in", "0388202122"),
      ("out_call", nil, "ring", nil, "out", "1024"),
      ("out_call_answered", "200", "answer", nil, "out", "1024"),
      ("out_call_failed", "486", "end", "failed", "out", "1024"),
      ("remote_release", nil, "end", nil, nil, "0388202122"),
      ("local_release", nil, "end", nil, nil, "1024"),
      ("in_transfer", nil, "in_transfer", nil, nil, "0388202122"),
    ] as [(String, String?, String, String?, String?, String)])
  func triggers(
    trigger: String, status: String?, event: String, reason: String?, direction: String?,
    tel: String
  ) throws {
    var variables = base
    variables["TWINKLE_TRIGGER"] = trigger
    variables["SIPSTATUS_CODE"] = status
    let call = try #require(read(variables))
    #expect(call.event == event)
    #expect(call.reason == reason)
    #expect(call.direction == direction)
    #expect(call.tel == tel)
    #expect(call.name == (tel == "1024" ? "Accueil" : "Dupont SA"))
    #expect(call.called == (direction == "in" ? "1024" : nil))
    #expect(call.callID == "abc@host")
    #expect(call.line == "1")
  }

  @Test("Without its variables there is no call")
  func absent() {
    #expect(read([:]) == nil)
    #expect(read(["TWINKLE_TRIGGER": "", "SIP_CALL_ID": "x"]) == nil)
  }

  @Test("An anonymous caller rings without a number")
  func anonymous() throws {
    let call = try #require(
      read(["TWINKLE_TRIGGER": "in_call", "SIP_FROM_USER": "anonymous", "SIP_FROM_DISPLAY": ""]))
    #expect(NumberForm(call.tel).content == .withheld)
    #expect(call.name == nil)
    #expect(try #require(read(["TWINKLE_TRIGGER": "in_call"])).tel == "")
  }

  @Test("Display names are unquoted and harmless")
  func names() throws {
    let call = try #require(
      read(["SIP_FROM_USER": "0388202122", "SIP_FROM_DISPLAY": "\"a\u{1B}[2J \u{202E}b\""]))
    #expect(call.name == "a[2J b")
    #expect(call.event == "ring")
  }

  @Test("The display name of the header serves where Twinkle gives no other")
  func nameOfHeader() throws {
    let header = "\"Dupont SA\" <sip:0388202122@192.168.1.5>;tag=xyz"
    let call = try #require(read(["SIP_FROM_USER": "0388202122", "SIP_FROM": header]))
    #expect(call.name == "Dupont SA")
    let own = try #require(
      read(["SIP_FROM_USER": "0388202122", "SIP_FROM": header, "SIP_FROM_DISPLAY": "Dupont"]))
    #expect(own.name == "Dupont")
  }

  @Test(
    "The header tells who calls where the user part does not",
    arguments: [
      ("", "<tel:+33199003161>", nil, "+33199003161", nil),
      (nil, "tel:+33199003161", nil, "+33199003161", nil),
      ("x", "<sip:x@anonymous.invalid>", nil, "anonymous", nil),
      ("1234567e0", "\"01 99 00 30 20\" <sip:1234567e0@h>", nil, "01 99 00 30 20", nil),
      ("1234567e0", nil, "01 99 00 30 20", "01 99 00 30 20", nil),
      ("alice", "\"Alice\" <sip:alice@h>;tag=1", nil, "alice", "Alice"),
      ("0199003020", nil, "Inconnu", "0199003020", nil),
      ("30123456", "<tel:30123456;phone-context=+49>", nil, "30123456;phone-context=+49", nil),
    ] as [(String?, String?, String?, String, String?)])
  func header(user: String?, header: String?, display: String?, tel: String, name: String?) throws {
    var variables = ["TWINKLE_TRIGGER": "in_call"]
    variables["SIP_FROM_USER"] = user
    variables["SIP_FROM"] = header
    variables["SIP_FROM_DISPLAY"] = display
    let call = try #require(read(variables))
    #expect(call.tel == tel)
    #expect(call.name == name)
  }
}
