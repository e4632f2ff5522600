import Connector
import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import Mobile

/// What services say of calls, and what strangers write.
struct CallTests {
  struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// `1 ringing 0199001111`: a call, its state and its number.
    let lines: [String]
    let told: [String]
  }

  private static let anna = "01 99 00 11 11"
  private static let bert = "02 61 91 22 22"

  static let stories = [
    Story(
      testDescription: "answered and ended",
      lines: [
        "1 incoming 0199001111", "1 active", "1 held", "1 active", "1 disconnected",
        "1 disconnected",
      ],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "missed", lines: ["1 incoming 0199001111", "1 disconnected"],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "refused at the mobile",
      lines: ["1 incoming 0199001111", "1 local", "1 disconnected"],
      told: ["ring in \(anna)", "end rejected in \(anna)"]),
    Story(
      testDescription: "hung up at the mobile",
      lines: ["1 incoming 0199001111", "1 active", "1 local", "1 disconnected"],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "outgoing",
      lines: ["1 dialing 0261912222", "1 alerting", "1 active", "1 disconnected"],
      told: ["ring out \(bert)", "answer out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "nobody answers there", lines: ["1 dialing 0261912222", "1 disconnected"],
      told: ["ring out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "withheld, and told late",
      lines: [
        "1 incoming", "1 disconnected", "2 incoming", "2 incoming 0199001111", "2 disconnected",
      ],
      told: [
        "ring in withheld", "end missed in withheld", "ring in withheld", "ring in \(anna)",
        "end missed in \(anna)",
      ]),
    Story(
      testDescription: "a second one waits, and an object comes again",
      lines: [
        "1 incoming 0199001111", "1 active", "2 waiting 0261912222", "2 disconnected",
        "1 disconnected",
        "1 incoming 0261912222", "1 disconnected",
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring in \(bert)", "end missed in \(bert)",
        "end normal in \(anna)", "ring in \(bert)", "end missed in \(bert)",
      ]),
    Story(
      testDescription: "begun before anything was heard",
      lines: ["1 active 0199001111", "1 disconnected"],
      told: ["answer ? \(anna)", "end normal ? \(anna)"]),
  ]

  @Test(arguments: stories)
  func theStatesTell(story: Story) {
    var calls = MobileCalls(source: MobileDriver.id, station: "24", plan: NumberPlan())
    var events: [CallEvent] = []
    for (place, line) in story.lines.enumerated() {
      let words = line.split(separator: " ").map { String($0) }
      var properties: [String: DBusValue] = ["State": .text(words[1])]
      if words.count > 2 { properties["LineIdentification"] = .text(words[2]) }
      var facts = MobileFacts(oFono: "/ril_0/\(words[0])", properties)
      if words[1] == "local" { facts.isLocalEnd = true }
      events += calls.follow(facts, at: Moment(milliseconds: Int64(place) * 1_000))
    }
    #expect(
      events.map { "\($0.what) \($0.direction?.rawValue ?? "?") \($0.who)" } == story.told)
    for id in Set(events.map(\.callID)) {
      let kinds = events.filter { $0.callID == id }.map(\.kind)
      #expect(kinds.dropLast().allSatisfy { if case .end = $0 { false } else { true } })
    }
  }

  /// Of an Android telephone nobody tells how a ring went on: another one takes its place.
  @Test func ringsOfAnAndroidTelephone() {
    var calls = MobileCalls(source: MobileDriver.id, station: nil, plan: NumberPlan())
    let now = Moment(milliseconds: 1_000)
    var events: [CallEvent] = []
    for (word, number) in [
      ("callReceived", "0199001111"), ("callReceived", "0199001111"),
      ("callReceived", "0261912222"),
      ("missedCall", "0261912222"), ("missedCall", "0199001111"), ("sms", "0199001111"),
    ] {
      var facts = MobileFacts("/modules/kdeconnect/devices/abc/telephony", state: .ringing)
      (facts.direction, facts.number) = (.incoming, number)
      events += calls.hear(word, facts, at: now)
    }
    #expect(
      events.map { "\($0.what) \($0.who)" } == [
        "ring \(Self.anna)", "ring \(Self.anna)", "vanish \(Self.anna)", "ring \(Self.bert)",
        "end missed \(Self.bert)", "end missed \(Self.anna)",
      ])
  }

  @Test(
    arguments: [
      (0 as Int64, nil), (1, .calling), (2, .calling), (3, .ringing), (4, .active), (5, .active),
      (6, .ringing), (7, .ended), (8, nil), (-1, nil),
    ] as [(Int64, MobileFacts.State?)])
  func statesOfModemManager(number: Int64, state: MobileFacts.State?) {
    #expect(MobileFacts.state(number) == state)
  }

  // MARK: - The bus

  @Test(
    arguments: [
      ("unix:path=/run/user/1000/bus,guid=7", "/run/user/1000/bus"),
      ("tcp:host=x;unix:guid=7,path=/tmp/bus", "/tmp/bus"), ("unix:abstract=/tmp/x", nil),
      ("", "/run/dbus/system_bus_socket"),
    ] as [(String, String?)])
  func anAddressNamesASocket(address: String, socket: String?) {
    let environment = ["DBUS_SYSTEM_BUS_ADDRESS": address]
    #expect(MobileBus(.oFono, environment: environment, user: 0).socket == socket)
    #expect(MobileBus(.oFono, environment: [:], user: 0).socket == "/run/dbus/system_bus_socket")
  }

  /// A folder that is relative or empty counts as none (XDG), an empty address as none.
  @Test(arguments: [("/run/user/7", "/run/user/7/bus"), ("", nil), ("run", nil), (".", nil)])
  func theSessionsBusIsFound(runtime: String, socket: String?) {
    let environment = ["XDG_RUNTIME_DIR": runtime, "DBUS_SESSION_BUS_ADDRESS": ""]
    #expect(MobileBus(.kdeConnect, environment: environment, user: 0).socket == socket)
  }

  /// What is written is read again, in pieces of any size.
  @Test func messagesAreReadInPieces() throws {
    let bytes = DBusMessage.call(
      7, to: "org.ofono", "/ril_0", "org.ofono.VoiceCallManager", "Dial",
      [.text("0261912222"), .options(["number": "x", "a": "é"]), .text("")])
    var whole = DBusReader()
    let items = try whole.feed(Array("OK 12\r\n".utf8) + bytes + bytes)
    #expect(items.count == 3 && items[0] == .line("OK 12") && items[1] == items[2])
    guard case .message(let message) = items[1] else {
      Issue.record("\(items)")
      return
    }
    #expect(message.path == "/ril_0" && message.member == "Dial" && message.serial == 7)
    #expect(
      message.body == [
        .text("0261912222"), .dictionary(["a": .text("é"), "number": .text("x")]), .text(""),
      ])
    var piecewise = DBusReader()
    var found: [DBusReader.Item] = []
    for byte in Array("OK 12\r\n".utf8) + bytes { found += try piecewise.feed([byte]) }
    #expect(found == Array(items.prefix(2)))
  }

  /// Any byte may be another one: nothing is read beyond the end, and nothing traps.
  @Test func aDamagedMessageIsNone() {
    let bytes = DBusMessage.call(
      7, to: "org.ofono", "/ril_0", "org.ofono.VoiceCallManager", "Dial",
      [.text("0261912222"), .options(["number": "x"])])
    for place in bytes.indices {
      for value: UInt8 in [
        0, 1, 0x7F, 0xFF, UInt8(ascii: "a"), UInt8(ascii: "v"), UInt8(ascii: "("),
      ] {
        var damaged = bytes
        damaged[place] = value
        _ = DBusMessage(damaged)
        _ = DBusMessage(Array(damaged[..<place]))
      }
    }
    var nested = DBusDecoder(Array(repeating: 0, count: 64), isLittle: true)
    #expect(throws: DBusDecoder.Fault.self) { try nested.values(String(repeating: "a", count: 60)) }
    for signature in ["(", "a", "a{", "a{s", ")", "}", "z", "a)", "()", "a()", "aaaa"] {
      var decoder = DBusDecoder(Array(repeating: 1, count: 64), isLittle: false)
      _ = try? decoder.values(signature)
    }
  }

  @Test(arguments: [
    "HTTP/1.1 400 Bad Request\r\n", "ERROR\r\n", String(repeating: "x", count: 600),
  ])
  func whatIsNoBusIsLeft(text: String) {
    var session = MobileSession(
      MobileBus(.oFono, environment: [:], user: 1000), station: nil, plan: NumberPlan())
    let now = Moment(milliseconds: 0)
    guard case .send(let bytes)? = session.begin(at: now).first else {
      Issue.record("no login")
      return
    }
    #expect(bytes == [0] + Array("AUTH EXTERNAL 31303030\r\n".utf8))
    let steps = Array(text.utf8).withUnsafeBytes { session.receive($0, at: now) }
    guard case .lost(let outage)? = steps.last else {
      Issue.record("\(steps)")
      return
    }
    #expect(outage == .stranger)
    #expect(session.nextWake == nil)
  }
}
