import Connector
import HeaderForms
import Telephony
import TestSupport
import Testing

@testable import SIP

/// SIP messages and documents as strangers write them: never more memory than a message, and never an end.
struct ParserTests {
  private static let notify =
    """
    NOTIFY sip:screenpop@192.0.2.10:40112 SIP/2.0\r
    v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK776;rport, SIP/2.0/TCP [2001:db8::1]:5070;branch=b\r
    f: "Dupont, \\"Jean\\" <x>" <sip:1024@pbx.example;user=phone>;tag=a73\r
    t: <sip:1024@pbx.example>\r
      ;tag=local\r
    i: call\r
    CSeq: 7 NOTIFY\r
    o: dialog;id=3\r
    l: 4\r
    \r
    body
    """

  @Test func aMessageIsTakenApart() throws {
    let message = try #require(SIPMessage(Array(Self.notify.utf8)))
    #expect(message.start == .request(method: "NOTIFY"))
    #expect(message.entries("via").count == 2)
    #expect(message.via?.sentBy == SIPHop(host: "192.0.2.1", port: 5060))
    #expect(SIPVia(message.entries("via")[1])?.sentBy == SIPHop(host: "2001:db8::1", port: 5070))
    #expect(message.address("from")?.uri == "sip:1024@pbx.example;user=phone")
    #expect(message.address("from")?.tag == "a73")
    #expect(message.address("to")?.tag == "local")
    #expect(message.sequence?.number == 7)
    #expect(message["event"] == "dialog;id=3")
    #expect(message.body == Array("body".utf8))
  }

  /// What is no UTF-8 is Latin-1; a control character in it is none that acts.
  @Test(arguments: [(0xE9, "Andr\u{E9}"), (0x92, "Andr\u{FFFD}")] as [(UInt8, String)])
  func aNameInEightBitsIsRead(byte: UInt8, name: String) throws {
    var bytes = Array(Self.notify.utf8)
    let from = try #require(bytes.firstRange(of: "Dupont, ".utf8))
    bytes.replaceSubrange(from, with: Array("Andr".utf8) + [byte, 0x20])
    let message = try #require(SIPMessage(bytes))
    #expect(message.address("from")?.name?.hasPrefix(name) == true)
  }

  /// XML that is nearly none, as switches write it: no call is missed by that.
  @Test(arguments: [
    ("\r\n<?xml version='1.0'?>", "Durand", "Durand"),
    ("\u{FEFF} <?xml version='1.0'?>", "Durand", "Durand"),
    ("", "Durand & Fils", "Durand & Fils"), ("", "Durand &amp; Fils", "Durand & Fils"),
    ("", "A&B;C &#38; D", "A&B;C & D"), ("", "Caf&eacute;", "Caf&eacute;"),
    ("<!-- & --><?x & ?>", "R&#x26;D", "R&D"), ("", "Durand\" x:y=\"1", "Durand"),
    ("\u{1}", "R\u{1}D\u{1B}", "R D "),
    ("", "R&#1;D&#xD800;&#x0;", "R&#1;D&#xD800;&#x0;"), ("", "R&#x20;D&#x1F4DE;", "R D📞"),
  ])
  func aDocumentMayBeNearlyXML(before: String, display: String, name: String) throws {
    let info = try DialogInfoReader.read(
      Array(
        """
        \(before)<dialog-info version="1"><dialog call-id="c" direction="Recipient">\
        <state>Early</state><remote><identity display="\(display)">\
        <![CDATA[sip:0199001111@x;a=1&b=2]]></identity></remote></dialog></dialog-info>
        """.utf8))
    let dialog = try #require(info.dialogs.first)
    #expect(dialog.id == "c" && dialog.direction == .incoming && dialog.state == .early)
    #expect(dialog.remote == "sip:0199001111@x;a=1&b=2")
    #expect(dialog.remoteName == name)
  }

  @Test(arguments: [
    "", "\r\n\r\n", "NOTIFY sip:x SIP/2.0", "NOTIFY sip:x SIP/1.0\r\n\r\n", "SIP/2.0 99 x\r\n\r\n",
    "SIP/2.0 700 x\r\n\r\n", "notify sip:x SIP/2.0\r\n\r\n", "NOTIFY sip:x SIP/2.0\n\n",
    "NOTIFY sip:x SIP/2.0\r\nContent-Length: -1\r\n\r\n",
    "NOTIFY sip:x SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
  ])
  func whatIsNoMessageIsNone(text: String) {
    #expect(SIPMessage(Array(text.utf8)) == nil)
  }

  /// A field that breaks the grammar costs itself, and nothing of it acts on a terminal, nor becomes a field of its own.
  @Test(arguments: [
    ("no colon", nil), (": x", nil), ("A: \u{0}", ""), ("A: \u{1B}[2J", "[2J"),
    ("A: \u{9B}2J", "2J"),
    ("A: x\rB: y", "x B: y"), ("A: x\nB: y", "x B: y"), ("A: x\n", "x"),
  ])
  func aBrokenFieldCostsItself(line: String, value: String?) throws {
    let text = "NOTIFY sip:x SIP/2.0\r\n\(line)\r\nD: z\r\n\r\n"
    let message = try #require(SIPMessage(Array(text.utf8)))
    #expect(message["a"] == value && message["b"] == nil && message["d"] == "z")
    var stream = SIPStream()
    #expect(try stream.feed(Array(text.utf8)) == [message])
  }

  @Test(arguments: ["", "\r\n", "\r\n\r\n", "\n"])
  func lineEndsBeforeAMessageArePassedOver(before: String) {
    #expect(SIPMessage(Array((before + Self.notify).utf8)) == SIPMessage(Array(Self.notify.utf8)))
    #expect(SIPMessage(Array((before + Self.notify).utf8))?["call-id"] == "call")
  }

  /// Who calls stands in the head, whether all of the body has come or not.
  @Test func aBodyThatIsCutIsLeftOut() throws {
    let text = "INVITE sip:x SIP/2.0\r\nContent-Length: 5\r\n\r\nbody"
    let message = try #require(SIPMessage(Array(text.utf8)))
    #expect(message.isCut && message.body.isEmpty)
  }

  @Test(arguments: [
    "SIP / 2.0 / UDP pbx.example : 5070;branch=b", "SIP/2.0/UDP pbx.example:5070 ; branch=b",
    "sip/2.0/TLS\tpbx.example:5070;branch=b",
  ])
  func blanksMayStandInVia(text: String) {
    #expect(SIPVia(text)?.sentBy.text == "pbx.example:5070" && SIPVia(text)?.branch == "b")
  }

  /// A quote that nothing closes is one of the name.
  @Test(arguments: [
    ("\"Dupont SA <sip:0388202122@h>;tag=x", "Dupont SA"),
    ("19\" Rack <sip:0388202122@h>;tag=x", "19 Rack"),
  ])
  func aQuoteMayBeLeftOpen(text: String, name: String) {
    let address = SIPAddress(text)
    #expect(address?.uri == "sip:0388202122@h" && address?.tag == "x" && address?.name == name)
  }

  @Test(arguments: [
    "", "<", "<>", "\"", "\"x", "<sip:x", ";tag=x", "<sip:x y>", "\"\\", "\"<sip:x>\"",
  ])
  func whatIsNoAddressIsNone(text: String) {
    #expect(SIPAddress(text)?.tag == nil)
  }

  @Test(arguments: [
    ("sip:pbx.example", "pbx.example:5060"), ("sip:a@h:5070;lr?x=y", "h:5070"),
    ("SIP:a:p@h", "h:5060"), ("sips:[2001:db8::1]:5061", "[2001:db8::1]:5061"),
    ("sip:a@h:0", nil), ("sip:a@h:65536", nil), ("sip:a@", nil), ("sip:[::1", nil),
    ("tel:0388202122", nil), ("sip:a@h\"x", nil), ("", nil),
  ])
  func aURILeadsSomewhere(uri: String, hop: String?) { #expect(SIPHop(uri: uri)?.text == hop) }

  @Test(arguments: [
    ("pbx.example", true), ("192.0.2.1", true), ("2001:db8::1", true), ("[2001:db8::1]", true),
    ("pbx.example:5060", false), ("sip:pbx.example", false), ("", false), ("a b", false),
    ("a\r\nb", false), ("<x>", false),
  ])
  func aServerIsAHost(name: String, isOne: Bool) {
    #expect(((try? SIPAccount(server: name, watch: "1024")) != nil) == isOne)
  }

  @Test(arguments: [
    ("1024", "sip:1024@h"), ("1024@pbx.example", "sip:1024@pbx.example"),
    ("sip:1024@pbx.example", "sip:1024@pbx.example"), ("a b>\r\n", "sip:a%20b%3E%0D%0A@h"),
    ("", nil), ("@h", nil), ("1024@", nil), ("1024@a b", nil), ("a@b@c", nil),
  ])
  func whatIsWatchedIsAnAddress(watch: String, address: String?) {
    #expect((try? SIPAccount(server: "h", watch: watch))?.watched == address)
  }

  // MARK: - Streams

  @Test func aStreamIsCutAtEveryByte() throws {
    let bytes = Array((Self.notify + "\r\n\r\n" + Self.notify).utf8)
    for cut in 0...bytes.count {
      var stream = SIPStream()
      let messages = try stream.feed(bytes[..<cut]) + stream.feed(bytes[cut...])
      #expect(messages.map(\.body) == [Array("body".utf8), Array("body".utf8)])
    }
  }

  @Test func aBodyOfAHundredMegabytesIsPassedOver() throws {
    var stream = SIPStream()
    let length = 100_000_000
    var messages = try stream.feed(
      Array("NOTIFY sip:x SIP/2.0\r\nContent-Length: \(length)\r\n\r\n".utf8))
    #expect(messages.map(\.isCut) == [true])
    let block = [UInt8](repeating: 0x20, count: 50_000)
    for _ in 0..<(length / block.count) { messages += try stream.feed(block) }
    messages += try stream.feed(Array(Self.notify.utf8))
    #expect(messages.map(\.isCut) == [true, false])
    #expect(messages.last?.body == Array("body".utf8))
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\n\r\n", "NOTIFY sip:x SIP/2.0\r\nContent-Length: x\r\n\r\n",
    String(repeating: "x", count: 70_000),
  ])
  func whatIsNoSIPEndsTheStream(text: String) {
    var stream = SIPStream()
    #expect(throws: SIPStream.Broken.self) { try stream.feed(Array(text.utf8)) }
  }

  // MARK: - Documents

  @Test(arguments: [
    // A billion laughs, an external entity, an external subset, one hidden in UTF-16.
    "<!DOCTYPE d [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><dialog-info version=\"0\">&b;",
    "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><dialog-info version=\"0\">&x;",
    "<!DOCTYPE dialog-info SYSTEM \"http://192.0.2.1/x.dtd\"><dialog-info version=\"0\"/>",
    "", "<", "no XML",
    "<dialog-info/>", "<dialog-info version=\"\"/>", "<dialog-info version=\"-1\"/>",
    "<dialog-info version=\"99999999999\"/>", "<html version=\"0\"/>",
    "<dialog-info version=\"0\"><dialog/></dialog-info>", "<dialog-info version=\"0\">",
    "<dialog-info version=\"0\"/><dialog-info version=\"1\"/>",
    "<d:dialog-info xmlns:d=\"urn:other\" version=\"0\"/>",
    String(repeating: "<a>", count: 5_000),
  ])
  func whatIsNoDialogInfoIsRefused(text: String) {
    #expect(throws: DialogInfoError.self) { try DialogInfoReader.read(Array(text.utf8)) }
  }

  @Test func utf16HidesNothing() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE d [<!ENTITY a \"x\">]><d/>"
    let units = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let bytes: [UInt8] = [0xFE, 0xFF] + units
    #expect(throws: DialogInfoError.self) { try DialogInfoReader.read(bytes) }
    // Without its mark, too, by which libxml2 knows it nevertheless.
    let document = "<!DOCTYPE d [<!ENTITY a \"x\">]><dialog-info version=\"0\"/>"
    let unmarked = document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(throws: DialogInfoError.self) { try DialogInfoReader.read(unmarked) }
  }

  @Test func aSecondDeclarationHidesNothing() {
    let text = """
      <?xml version="1.0"?><?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d [+ADwAIQ-ENTITY a \
      "x">]><dialog-info version="0"/>
      """
    #expect(throws: DialogInfoError.self) { try DialogInfoReader.read(Array(text.utf8)) }
  }

  @Test func anInstructionThatSaysNothingIsPassedOver() throws {
    let text = "<?x?><dialog-info version=\"3\"><?x?><!-- <?x?> --></dialog-info>"
    #expect(try DialogInfoReader.read(Array(text.utf8)).version == 3)
  }

  @Test func otherNamespacesAndUnknownStatesArePassedOver() throws {
    let text = """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <d:dialog-info xmlns:d="urn:ietf:params:xml:ns:dialog-info" xmlns:x="urn:x" version="00007"
        state="partial"><x:dialog id="n"/><d:dialog id="a" direction="sideways">
        <x:state>terminated</x:state><d:state> Early </d:state><d:remote><x:identity>sip:no@h
        </x:identity><d:identity display="Müller"><![CDATA[sip:1025@h]]></d:identity></d:remote>
        </d:dialog><d:dialog id="b"><d:state>dreaming</d:state></d:dialog></d:dialog-info>
      """
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    let info = try DialogInfoReader.read(latin)
    #expect(info.version == 7)
    #expect(!info.isFull)
    #expect(
      info.dialogs == [
        .init(id: "a", state: .early, remote: "sip:1025@h", remoteName: "Müller")
      ])
  }

  @Test func moreDialogsThanAStationHasAreRefused() {
    let dialogs = (0..<500).map { Document.dialog("d\($0)", "early") }.joined()
    let text = "<dialog-info version=\"0\">\(dialogs)</dialog-info>"
    #expect(throws: DialogInfoError.self) { try DialogInfoReader.read(Array(text.utf8)) }
  }

  // MARK: - Anything

  /// Messages and documents with bytes changed, left out, doubled: whatever comes, the next good
  /// message is understood.
  @Test(arguments: 0..<8)
  func anythingMayCome(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    let document = Document.full(1, Document.dialog("a", "early", name: "Dupont"))
    let whole = Array((Self.notify + document).utf8)
    for _ in 0..<200 {
      let bytes = Self.spoiled(whole, &random)
      if let message = SIPMessage(bytes) { subscriber.receive(message) }
      var stream = SIPStream()
      _ = try? stream.feed(bytes)
      _ = try? DialogInfoReader.read(Self.spoiled(Array(document.utf8), &random))
      let text = String(decoding: bytes, as: UTF8.self)
      _ = HeaderSyntax.split(text, at: ",").map { SIPAddress($0) }
      let other = Self.spoiled(Array(document.utf8), &random)
      subscriber.notify(String(decoding: other, as: UTF8.self))
      subscriber.pass(1)
    }
    if subscriber.health != .up || subscriber.request?["to"]?.contains("tag") != true {
      subscriber.pass(100)
    }
    subscriber.accept(Document.full(9_999, Document.dialog("z", "early")))
    #expect(subscriber.story.last == "ring in 03 88 20 21 22")
    #expect(subscriber.health == .up)
  }

  private static func spoiled(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
      case 3: bytes.removeSubrange(place...)
      default:
        let odd: [UInt8] = [0x22, 0x3C, 0x3E, 0x5C, 0x2C, 0x3B, 0x3D, 0x0D, 0x0A, 0x20, 0x3A]
        bytes[place] = odd.randomElement(using: &random) ?? 0
      }
    }
    return bytes
  }
}
