import RelayServer
import Testing

/// What the relay understands of a report, and what it tells of it (R26 to R28).
struct SetEventTests {
  static let none = #"{"tel":"","event":""}"#

  @Test func aCallIsToldUntilItEnds() async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.get() == Self.none)
      let set = try await relay.set(
        "ident=&telorg=1024&tel=0388202122&event=ring&name=Marie+Dupont")
      #expect(set.status == 200)
      #expect(set.body.isEmpty)
      #expect(set.headers["content-type"] == "text/plain")
      let ring = #"{"tel":"0388202122","event":"ring","id":"N","age":0,"name":"Marie Dupont"}"#
      #expect(try await relay.get() == ring)
      // The value stays, and another station or site has none of it.
      #expect(try await relay.get("ident=&telorg=1024") == ring)
      #expect(try await relay.get("telorg=1025") == Self.none)
      #expect(try await relay.get("telorg=1024&ident=north") == Self.none)
      try await relay.set("telorg=1024&tel=0388202122&event=end")
      #expect(try await relay.get() == Self.none)
    }
  }

  @Test func anAnswerIsJSONAndNamesTheEvents() async throws {
    try await withRelay { relay async throws in
      let answer = try await relay.ask(
        "\(RelayClient.prefix)getevent?ident=a%20b&telorg=sip:1024@pbx")
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "application/json")
      #expect(
        answer.headers["link"]
          == "<\(RelayClient.prefix)events?ident=a%20b&telorg=1024>; rel=\"events\"")
    }
  }

  /// What phones and systems put into `tel`, and who it is then.
  @Test(arguments: [
    // Unencoded, as most phones have it.
    ("0388202122", "0388202122"),
    ("+33388202122", "+33388202122"),
    ("%2B33388202122", "+33388202122"),
    ("03+88+20+21+22", "03 88 20 21 22"),
    ("sip:0388202122@192.0.2.7", "0388202122"),
    ("sip:+33388202122@192.0.2.7:5060;user=phone", "+33388202122"),
    ("sip%3A%2B33388202122%40pbx%3Buser%3Dphone", "+33388202122"),
    ("sip%3a+33388202122@pbx", "+33388202122"),
    ("sips:%2B33388202122@pbx;transport=tls", "+33388202122"),
    ("%3Csip:0388202122@pbx%3E;tag=xyz", "0388202122"),
    ("tel:+33-3-88-20-21-22", "+33-3-88-20-21-22"),
    ("+33+(0)3+88+20+21+22", "+33 (0)3 88 20 21 22"),
    ("*97", "*97"),
    ("1024", "1024"),
    ("%231234", "#1234"),
    // Withheld, in all its words.
    ("", "anonymous"),
    ("anonymous", "anonymous"),
    ("sip:anonymous@anonymous.invalid", "anonymous"),
    ("PRIVATE", "anonymous"),
    ("-", "anonymous"),
    // Placeholders that were not replaced.
    ("$remote", "anonymous"),
    ("$$REMOTENUMBER$$", "anonymous"),
    ("%CallerNumber%", "anonymous"),
    ("%from%", "anonymous"),
    ("{cli}", "anonymous"),
    // No number at all, but somebody.
    ("sip:alice@pbx", "alice"),
    ("nonsense", "nonsense"),
    ("tel:30123456;phone-context=%2B49", "30123456;phone-context=+49"),
  ])
  func theNumberIsTheUserPart(sent: String, told: String) async throws {
    try await withRelay { relay async throws in
      let set = try await relay.set("telorg=1024&tel=\(sent)&event=ring")
      #expect(set.status == 200)
      #expect(try await relay.get() == #"{"tel":"\#(told)","event":"ring","id":"N","age":0}"#)
    }
  }

  @Test(arguments: [
    ("%22Dupont,+Jean%22+<sip:0388202122@pbx>", "", "Dupont, Jean"),
    ("%22Dupont%22%20%3Csip:+33388202122@pbx%3E", "", "Dupont"),
    // What the phone calls the caller goes before what stands beside the number.
    ("%22Dupont%22+<sip:0388202122@pbx>", "Marie", "Marie"),
    ("0388202122", "50%25+d'escompte", "50% d'escompte"),
    // A stranger's name that is not encoded costs no call.
    ("%2250%+Shop%22+<sip:0388202122@pbx>", "", "50% Shop"),
    // What is no name goes behind what is one.
    ("%22Dupont%22+<sip:0388202122@pbx>", "Inconnu", "Dupont"),
    ("%22Dupont%22+<sip:0388202122@pbx>", "0388202122", "Dupont"),
    ("0388202122", "100%+Bio", "100% Bio"), ("0388202122", "Zo%EB", "Zoë"),
    ("0388202122", "%E2%80%AEMarie%1B[31m%0A", "Marie[31m"),
    ("0388202122", "%22Chez+%5C%22", "Chez"),
    ("0388202122", "Chez+%5C%22Marie%5C%22+SA", #"Chez \"Marie\" SA"#),
  ])
  func theNameIsHarmless(tel: String, name: String, told: String) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.set("telorg=1024&tel=\(tel)&name=\(name)").status == 200)
      #expect(try await relay.get().hasSuffix(#","age":0,"name":"\#(told)"}"#))
    }
  }

  /// What only adds to a call costs itself: the call is told without it.
  @Test(arguments: [
    "id=$call_id", "id=%call_id%", "id=$call-id", "id={id}", "id=%24call_id", "id=%", "id=%FF",
    "id=a%0Ab",
    "id=" + String(repeating: "1", count: 300), "name=$callerID", "name=$$DISPLAYNAME$$",
    "name=%display_name%", "name=%7Bcaller%7D", "direction=%FF", "direction=$direction",
    "direction=up",
    "reason=%", "ident=$ident$", "ident=%ident%",
  ])
  func whatCannotBeUsedCostsItselfAlone(added: String) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.set("telorg=1024&tel=0388202122&\(added)").status == 200)
      #expect(try await relay.get() == #"{"tel":"0388202122","event":"ring","id":"N","age":0}"#)
      // Two calls of such a telephone are two.
      let first = try await relay.ask("\(RelayClient.prefix)getevent?telorg=1024").body
      #expect(try await relay.set("telorg=1024&tel=0199004567&\(added)").status == 200)
      let second = try await relay.ask("\(RelayClient.prefix)getevent?telorg=1024").body
      let ids = [first, second].map { $0.firstMatch(of: /"id":"(\d+)"/)?.1 }
      #expect(ids[0] != nil && ids[0] != ids[1])
    }
  }

  @Test(arguments: [
    ("ring", "ring"), ("", "ring"), ("incoming_call", "ring"), ("newCall", "ring"), ("S", "ring"),
    ("answered", "answer"), ("established", "answer"), ("C", "answer"), ("connected", "answer"),
    ("ESTABLISHED", "answer"), ("screenpop", "request"), ("popup", "request"), ("hold", "hold"),
  ])
  func eventWordsAreMapped(sent: String, told: String) async throws {
    try await withRelay { relay async throws in
      try await relay.set("telorg=1024&tel=0388202122&event=\(sent)")
      #expect(
        try await relay.get() == #"{"tel":"0388202122","event":"\#(told)","id":"N","age":0}"#)
    }
  }

  @Test(arguments: [
    ("1024", "1024"), ("sip:1024@pbx", "1024"), ("sip%3A1024%40pbx%3A5060", "1024"),
    ("%22Accueil%22+<sip:1024@pbx>", "1024"), ("sip:accueil@pbx", "accueil"),
    ("+33388202122", "%2B33388202122"), ("poste-12", "poste-12"), ("p", "p"),
  ])
  func theStationIsTheUserPart(sent: String, asked: String) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.set("telorg=\(sent)&tel=0388202122").status == 200)
      #expect(try await relay.get("telorg=\(asked)") != Self.none)
    }
  }

  @Test func formsAndJSONAreTaken() async throws {
    let path = "\(RelayClient.prefix)setevent"
    let told = #"{"tel":"+33388202122","event":"ring","id":"42","age":0,"name":"Zoë"}"#
    try await withRelay { relay async throws in
      for (type, body) in [
        (
          "application/x-www-form-urlencoded",
          "telorg=1024&tel=%2B33388202122&event=newCall&id=42&name=Zo%C3%AB"
        ),
        (
          "application/json; charset=utf-8",
          #"{"telorg":1024,"tel":"+33388202122","event":null,"id":42,"name":"Zoë","x":[1]}"#
        ),
        ("text/plain", #" {"telorg":"1024","tel":"+33388202122","id":"42","name":"Zo\u00eb"}"#),
      ] {
        try await relay.set("telorg=1024&event=end")
        let answer = try await relay.ask(path, "POST", headers: ["Content-Type": type], body: body)
        #expect(answer.status == 200, "\(type)")
        #expect(try await relay.get() == told, "\(type)")
      }
      // The station in the URL, the rest in the body.
      let mixed = try await relay.ask(
        "\(path)?telorg=1025", "POST", body: "tel=0388202122&event=answer")
      #expect(mixed.status == 200)
      #expect(
        try await relay.get("telorg=1025")
          == #"{"tel":"0388202122","event":"answer","id":"N","age":0}"#)
    }
  }

  @Test(arguments: ["/dhdivaltoservercti/API/CTI/", "/DHDIVALTOSERVERCTI/api/cti/"])
  func thePathIsKnownInAnyCase(prefix: String) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.ask("\(prefix)SetEvent?telorg=1024&tel=0388202122").status == 200)
      #expect(try await relay.ask("\(prefix)getEvent?telorg=1024").body != Self.none)
    }
  }

  @Test func pathAndNamesAreConfigurable() async throws {
    let options = try options {
      $0.prefix = "/cti/"
      try $0.names.rename("telorg=extension")
      try $0.names.rename("tel=from")
    }
    try await withRelay(options) { relay async throws in
      #expect(try await relay.ask("/cti/setevent?extension=1024&from=0388202122").status == 200)
      let answer = try await relay.ask("/cti/getevent?extension=1024")
      #expect(answer.body.hasPrefix(#"{"from":"0388202122","event":"ring","id":""#))
      #expect(
        answer.headers["link"] == "</cti/events?ident=&extension=1024>; rel=\"events\"")
      #expect(try await relay.set("telorg=1024").status == 404)
      #expect(try await relay.ask("/cti/setevent?telorg=1024").status == 400)
    }
  }
}
