import Telephony
import TestSupport
import Testing

@testable import TrafficTrace

/// No number and no secret of anybody stands in a trace, and what is equal stays equal.
struct MaskTests {
  private let mask = NumberMask()

  private func masked(_ text: String) -> String {
    String(decoding: mask.masked(Array(text.utf8)), as: UTF8.self)
  }

  private func digits(_ text: String) -> String { text.filter(\.isWholeNumber) }

  @Test(arguments: [
    "0388202122", "+33388202122", "0033388202122", "03 88 20 21 22", "03.88.20.21.22",
    "03-88-20-21-22", "+33 (0)3 88 20 21 22", "%2B33388202122", "+33+3+88+20+21+22",
    "03%2088%2020%2021%2022", "03\u{A0}88\u{202F}20 21 22", "sip:0388202122@192.0.2.10:5060",
    "Tel0388202122x", "0388 202122", "038/820/2122", "\"Dupont\" <0388202122>",
    "0388202122,0388202122",
    "tel=0388202122&id=7", "Local/0388202122@from-internal-00000012;2",
    "03 88 20 21 22 01 99 00 45 67",
    "{\"tel\":\"0388202122\"}", "<uri>sip:0388202122@pbx</uri>", "00388202122",
  ])
  func aNumberIsNotLegible(text: String) {
    let result = masked(text)
    #expect(result.utf8.count == text.utf8.count)
    #expect(result != text)
    #expect(!digits(result).contains("88202122"))
    #expect(!digits(result).contains("8202122"))
    // Everything but digits stays.
    #expect(result.filter { !$0.isWholeNumber } == text.filter { !$0.isWholeNumber })
  }

  /// Under escapes and in other scripts, which telephones write and programs read.
  @Test(arguments: [
    "%30%33%38%38%32%30%32%31%32%32",
    "\\u0030\\u0033\\u0038\\u0038\\u0032\\u0030\\u0032\\u0031\\u0032\\u0032",
    "&#48;&#51;&#56;&#56;&#50;&#48;&#50;&#49;&#50;&#50;", "٠٣٨٨٢٠٢١٢٢", "०३८८२०२१२२", "０３８８２０２１２２",
    "%D9%A0%D9%A3%D9%A8%D9%A8%D9%A2%D9%A0%D9%A2%D9%A1%D9%A2%D9%A2",
  ])
  func aWrittenOtherwiseNumberIsNotLegibleEither(text: String) {
    let result = masked(text)
    #expect(result.utf8.count == text.utf8.count)
    #expect(result != text)
  }

  @Test func spellingsOfOneNumberStayEqual() {
    let spellings = [
      "+33388202122", "0033388202122", "03 88 20 21 22", "+33 (0)3 88 20 21 22", "00388202122",
    ]
    let ends = Set(spellings.map { digits(masked($0)).suffix(8) })
    #expect(ends.count == 1)
    #expect(masked("0388202122") == masked("0388202122"))
    #expect(masked("0388202122") != masked("0388202123"))
    #expect(digits(masked("0388202122")).hasPrefix("038"))
    #expect(digits(masked("0388202122")).hasSuffix("22"))
  }

  @Test(arguments: [
    "1024", "PJSIP/1024-00000001 rings", "SIP/2.0 200 OK",
    "Via: SIP/2.0/UDP 192.0.2.10:40112;rport",
    "Asterisk Call Manager/11.0.0", "CSeq: 12345678 NOTIFY", "<dialog-info version=\"1234567\">",
    "Cause: 16", "301:{\"event\":true}", "Content-Length: 65535", "baresip v1.0.0", "\u{1b}[2J", "",
    "SIP/1024-1000", "127.0.0.1",
  ])
  func whatIsNoNumberStays(text: String) {
    // A channel's own number counts calls, and is another one after the mask.
    let kept = text.hasPrefix("PJSIP") ? "PJSIP/1024-0" : text
    #expect(masked(text).hasPrefix(kept))
  }

  @Test func anotherTraceHasOtherDigits() {
    let masks = (1...20).map { _ in NumberMask().masked(Array("0388202122".utf8)) }
    #expect(Set(masks).count > 1)
  }

  @Test(arguments: [
    "Action: Login\r\nSecret: geheim\r\n\r\n",
    "Authorization: Digest username=\"a\", response=\"geheim\"\r\n",
    "Authorization: Bearer geheim", "{\"password\":\"geheim\",\"a\":1}", "password=geheim&tel=1024",
    "<sip:1024@pbx>;auth_pass=geheim;regint=0", "Proxy-Authorization: geheim\r\nTo: x",
    "Authentication-Info: rspauth=\"geheim\"\r\n", "x\r\nKEY: geheim\r\n",
    "\"secret\" : \"geheim\"", "<a:userName>me</a:userName><a:password>geheim</a:password>",
    "auth geheim\n\n", "userauth 1024@pbx.example:geheim\n\n", "x\nauth geheim",
    "my own long-geheim-password stands anywhere",
  ])
  func aSecretIsNotLegible(text: String) {
    let result = SecretMask(["long-geheim-password"]).masked(Array(text.utf8))
    #expect(result.count == text.utf8.count)
    #expect(!String(decoding: result, as: UTF8.self).contains("geheim"))
  }

  @Test func whatTheSessionsNeedIsNoSecret() {
    let text =
      "{\"command\":\"about\",\"token\":\"about\"} Digest realm=\"pbx\", nonce=\"dcd98b71\""
    #expect(SecretMask([]).masked(Array(text.utf8)) == Array(text.utf8))
  }
}
