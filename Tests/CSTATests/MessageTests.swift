import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import CSTA

/// Headers, documents and devices, as servers and strangers write them.
struct MessageTests {
  private static let monitor =
    "<MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>"

  // MARK: - Headers

  @Test(arguments: [
    ("SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2"),
    ("HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.1 400 Bad Request"),
    ("<?xml version=\"1.0\"?><x/>", "<?xml version=\"1.0\"?><x/>"),
  ])
  func aStrangerIsLeft(greeting: String, said: String) {
    var played = PlayedSwitch()
    played.hear(Array(greeting.utf8))
    #expect(played.outages == [.stranger(greeting: said)])
  }

  @Test(arguments: [
    [0, 0, 0, 0], [0, 0, 0, 7], [0, 0, 0, 9, 0x41, 0x30, 0x30, 0x30, 0x3C], [1, 0, 0, 8],
  ])
  func aHeaderThatIsNoneEndsTheConnection(bytes: [UInt8]) {
    var played = PlayedSwitch()
    played.hear(bytes)
    #expect(played.outages.count == 1)
  }

  /// What OmniPCX, OpenScape Business and Panasonic say.
  @Test(arguments: [[0x00, 0x10, 0x61, 0x0E], [0x00, 0xDB, 0xA1, 0x81], [0, 0x0C, 0xA2]])
  func anotherFormOfCSTAIsNamed(bytes: [UInt8]) {
    var played = PlayedSwitch()
    played.hear(bytes)
    #expect(played.outages == [.binary])
    #expect(
      played.session.sentence(.binary)
        == "192.0.2.1:8800 speaks CSTA in ASN.1, not in XML: a gateway of the manufacturer has to stand between"
    )
  }

  /// Messages are read alike in pieces, and a connection that breaks at any byte leaves no wrong news.
  @Test func piecesAndBreaks() {
    let lines = [
      "delivered 901 at=1024 from=0199001111 to=1024 local=alerting",
      "established 901 at=1024 from=0199001111 local=connected", "cleared 901 at=1024 local=null",
    ]
    let stream = lines.flatMap {
      CSTAFrame(number: 9999, body: Array(PlayedSwitch.xml($0).utf8)).encoded ?? []
    }
    let told = ["ring", "answer", "end normal"]
    var bytewise = PlayedSwitch.up()
    for byte in stream { bytewise.hear([byte]) }
    #expect(bytewise.events.map(\.what) == told)
    for place in stride(from: 0, through: stream.count, by: 7) {
      var played = PlayedSwitch.up()
      played.hear(stream[..<place])
      let whole = played.events.map(\.what)
      #expect(whole == Array(told.prefix(whole.count)))
      played.reconnect(after: 1)
      played.answer(Self.monitor)
      played.answer(PlayedSwitch.list())
      let last = played.events.last.map(\.what)
      #expect(whole.isEmpty || ["vanish", "end lost", "end normal"].contains(last), "\(place)")
    }
  }

  @Test func theLongestMessageIsRead() {
    var played = PlayedSwitch.up()
    let ring = PlayedSwitch.xml("delivered 901 at=1024 from=0199001111 to=1024 local=alerting")
    let padding = String(repeating: " ", count: 0xFFFF - 8 - ring.utf8.count)
    played.hear(ring + padding)
    #expect(played.story.count == 1)
    #expect(CSTAFrame(number: 1, body: Array(repeating: 0x20, count: 0xFFFF)).encoded == nil)
  }

  // MARK: - Documents

  @Test(arguments: [
    "", "no XML", "<DeliveredEvent>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]><DeliveredEvent>&a;</DeliveredEvent>",
    "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>", "<a><b></a></b>", "\u{0}",
    String(repeating: "<a>", count: 30) + String(repeating: "</a>", count: 30),
    "<a>" + String(repeating: "<b/>", count: 5_000) + "</a>",
  ])
  func aDocumentThatIsNoneIsCounted(xml: String) {
    var played = PlayedSwitch.up()
    played.hear(xml)
    played.hear(["delivered 901 at=1024 from=0199001111 to=1024 local=alerting"])
    #expect(played.story.count == 1 && played.outages.isEmpty)
    #expect(played.session.counts.damaged == 1)
  }

  /// Editions have namespaces of their own, with and without prefixes.
  @Test(arguments: [
    "<DeliveredEvent xmlns=\"http://www.ecma.ch/standards/ecma-323/csta/ed2\">%</DeliveredEvent>",
    "<DeliveredEvent>%</DeliveredEvent>", "<c:DeliveredEvent>%</c:DeliveredEvent>",
    "<DeliveredEvent xmlns=\"ed2\">%</DeliveredEvent>",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<DeliveredEvent>%</DeliveredEvent>",
    "<c:DeliveredEvent xmlns:c=\"http://www.ecma-international.org/standards/ecma-323/csta/ed6\">%</c:DeliveredEvent>",
  ])
  func anEditionIsReadByItsWords(root: String) {
    let prefix = root.hasPrefix("<c:") ? "c:" : ""
    let field = { (name: String, text: String) in "<\(prefix)\(name)>\(text)</\(prefix)\(name)>" }
    let content =
      field("monitorCrossRefID", "5")
      + field("connection", field("callID", "1") + field("deviceID", "1024"))
      + field("alertingDevice", field("deviceIdentifier", "1024"))
      + field("callingDevice", field("deviceIdentifier", "0199001111"))
      + field("localConnectionInfo", "alerting")
    var played = PlayedSwitch.up()
    played.hear(root.replacing("%", with: content))
    #expect(played.story == ["ring in 01 99 00 11 11"])
  }

  // MARK: - Devices

  @Test(arguments: [
    ("0199001111", "01 99 00 11 11", nil), ("tel:+33199001111", "01 99 00 11 11", nil),
    ("sip:0199001111@pbx.example;user=phone", "01 99 00 11 11", nil),
    ("N&lt;0199001111&gt;", "01 99 00 11 11", nil),
    ("N&lt;+33199001111&gt;Durand SA;displayNumber=1111", "01 99 00 11 11", "Durand SA"),
    ("N&lt;0199001111%Anna&gt;", "01 99 00 11 11", "Anna"),
    ("&lt;0199001111&amp;77/5&gt;", "01 99 00 11 11", nil), ("1025:CM1:192.0.2.7:0", "1025", nil),
    ("N&lt;0199001111", "01 99 00 11 11", nil), ("1025", "1025", nil),
    ("reception", "reception", nil),
    ("N&lt;&gt;", "withheld", nil), ("anonymous", "withheld", nil),
    ("N&lt;0199001111&gt;\u{202E}evil\u{7}", "01 99 00 11 11", "evil"),
  ])
  func aDeviceIsUnwrapped(text: String, who: String, name: String?) {
    var played = PlayedSwitch.up()
    played.hear(
      PlayedSwitch.xml("delivered 1 at=1024 from=# to=1024 local=alerting").replacing(
        "#", with: text))
    #expect(played.events.first?.who == who)
    #expect(played.events.first?.caller.name == name)
  }

  /// A number that its caller withholds is not told, wherever the wish stands.
  @Test(arguments: [
    "<restricted/>", "<presentationRestricted/>",
    "<presentationRestricted><deviceIdentifier>0199001111</deviceIdentifier></presentationRestricted>",
    "<deviceIdentifier>0199001111</deviceIdentifier><presentationIndicator>restricted</presentationIndicator>",
    "<notKnown/>", "<notRequired/>", "",
  ])
  func aWithheldCallerIsNotTold(choice: String) {
    var played = PlayedSwitch.up()
    let plain = "<deviceIdentifier typeOfNumber=\"diallingNumber\">0199001111</deviceIdentifier>"
    played.hear(
      PlayedSwitch.xml("delivered 1 at=1024 from=0199001111 to=1024 local=alerting")
        .replacing(plain, with: choice))
    #expect(played.story == ["ring in withheld"])
  }

  /// The operator's device has other names in events than in the configuration.
  @Test(arguments: [
    "1024", "N<1024>", "tel:1024", "sip:1024@pbx.example", "1024:CM1::0", "OT:1024",
  ])
  func theDeviceIsKnownByItsNumber(device: String) {
    var played = PlayedSwitch.up(device: device)
    played.hear([
      "delivered 1 at=1024 from=0199001111 to=1024", "established 1 at=1024 from=0199001111",
      "cleared 1 at=1024",
    ])
    #expect(played.events.map(\.what) == ["ring", "answer", "end normal"])
  }
}
