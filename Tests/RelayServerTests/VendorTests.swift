import Testing

/// Phones and systems as they are set up in the field, played by curl against the running program (R28).
struct VendorTests {
  /// An address typed into a phone, with its placeholders as the phone replaces them.
  struct Visit: Sendable, CustomTestStringConvertible {
    var vendor: String
    var target: String
    var body: [String] = []
    /// `getevent`, from `"tel"` to `"event"`.
    var told: String

    var testDescription: String { vendor }
  }

  static let ring = #"{"tel":"0388202122","event":"ring""#
  static let none = #"{"tel":"","event":""}"#

  static let visits = [
    Visit(
      vendor: "Yealink, incoming",
      target: "setevent?telorg=sip:1024@192.0.2.10&tel=sip:0388202122@192.0.2.10&event=ring"
        + "&id=a1b2@192.0.2.7&name=Dupont%20Marie",
      told:
        #"{"tel":"0388202122","event":"ring","id":"a1b2@192.0.2.7","age":0,"name":"Dupont Marie""#
    ),
    Visit(
      vendor: "Yealink, established, the number with a plus",
      target: "setevent?telorg=1024&tel=sip:+33388202122@192.0.2.10&event=established",
      told: #"{"tel":"+33388202122","event":"answer""#),
    Visit(
      vendor: "Yealink, terminated", target: "setevent?telorg=1024&tel=$remote&event=terminated",
      told: none),
    Visit(
      vendor: "Snom, incoming",
      target: "setevent?telorg=1024&tel=\"Dupont\"<sip:0388202122@pbx.example.com>&event=ring"
        + "&id=3c26700d-abc",
      told: #"{"tel":"0388202122","event":"ring","id":"3c26700d-abc","age":0,"name":"Dupont""#),
    Visit(
      vendor: "Snom, local address with its scheme",
      target: "setevent?telorg=sip:1024@pbx.example.com;line=x&tel=0388202122@pbx.example.com",
      told: ring),
    Visit(
      vendor: "Grandstream, incoming", target: "setevent?telorg=1024&tel=0388202122&event=incoming",
      told: ring),
    Visit(
      vendor: "Grandstream, a variable that it does not have",
      target: "setevent?telorg=1024&tel=$remote&event=ring&id=$call_id",
      told: #"{"tel":"anonymous","event":"ring""#),
    Visit(
      vendor: "Aastra and Mitel, incoming",
      target: "setevent?telorg=1024&tel=0388202122&event=ring&name=$$DISPLAYNAME$$", told: ring),
    Visit(
      vendor: "Aastra and Mitel, disconnected: no number",
      target: "setevent?telorg=1024&event=disconnected", told: none),
    Visit(
      vendor: "Htek, its answered call",
      target: "setevent?telorg=1024&tel=0388202122&event=answered",
      told: #"{"tel":"0388202122","event":"answer""#),
    Visit(
      vendor: "Keyyo: digits without a plus",
      target: "setevent?telorg=1024&tel=33388202122&event=SETUP",
      told: #"{"tel":"33388202122","event":"ring""#),
    Visit(
      vendor: "Zammad-style form", target: "setevent?telorg=1024",
      body: ["--data", "event=newCall&tel=%2B33388202122&id=call-1&direction=in"],
      told:
        #"{"tel":"+33388202122","event":"ring","id":"call-1","age":0,"direction":"in""#),
    Visit(
      vendor: "Wazo-style JSON", target: "setevent",
      body: [
        "--json", #"{"event":"call_created","telorg":"1024","tel":"0388202122","id":"1698.1"}"#,
      ], told: #"{"tel":"0388202122","event":"ring","id":"1698.1""#),
    Visit(
      vendor: "accents that nobody encoded", target: "setevent?telorg=1024&tel=0388202122&name=Zoë",
      told: ring),
  ]

  @Test func everyVendorIsUnderstood() async throws {
    let relay = try await RunningRelay()
    for visit in Self.visits {
      try await relay.curl("setevent?telorg=1024&event=end")
      if visit.told == Self.none { try await relay.curl("setevent?telorg=1024&tel=0388202122") }
      #expect(try await relay.status(visit.target, visit.body) == "200", "\(visit.vendor)")
      let told = try await relay.curl("getevent?telorg=1024")
      #expect(told.hasPrefix(visit.told), "\(visit.vendor): \(told)")
    }
  }
}
