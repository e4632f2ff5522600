import CTIBlock
import CTIPoll
import Foundation
import LauncherSupport
import RESTSupport
import Telephony
import TestSupport
import Testing

@Suite("Answers of CTI servers")
struct AnswerTests {
  /// One answer, read by these fields, as the operator's window gets it.
  private func story(
    _ fields: [CTIField: String], _ answer: AnsweringServer.Answer, words: EventWords = EventWords()
  ) async throws -> RunningPoll {
    let server = AnsweringServer { _ in answer }
    try await server.start()
    var block = CTIFields.relay(url: server.url("/getevent"))
    for (field, text) in fields { block[field] = text }
    let poll = try RunningPoll(block, words: words)
    try await poll.rounds(1)
    await poll.stop()
    try await server.stop()
    return poll
  }

  private static let xml: [CTIField: String] = [
    .answerType: "xml", .xmlNumber: "call/tel", .xmlEvent: "state",
  ]
  private static let attributes: [CTIField: String] = [
    .answerType: "xml", .xmlNumber: "call", .xmlNumberInAttribute: "1", .xmlNumberAttribute: "from",
    .xmlEvent: "call", .xmlEventInAttribute: "1", .xmlEventAttribute: "state",
  ]

  @Test(
    "What is understood",
    arguments: [
      (
        [:], AnsweringServer.Answer.ok(#"{"tel":"0388202122","event":"ring"}"#),
        ["ring 03 88 20 21 22"]
      ),
      ([:], .ok(#"{ 'tel' ;'0388202122' , 'event' :'ring'}"#), ["ring 03 88 20 21 22"]),
      ([:], .ok(#"{"tel":"","event":""}"#), []), ([:], .ok("{}"), []), ([:], .ok(""), []),
      ([:], .ok(#"{"tel":"  ","event":"ring"}"#), []), ([:], .ok(#"{"tel":null}"#), []),
      ([:], .ok(#"{"tel":"anonymous","event":"ring"}"#), ["ring withheld"]),
      ([:], .ok(#"{"tel":"0388202122"}"#), ["ring 03 88 20 21 22"]),
      ([:], .ok(#"{"tel":"0388202122","event":"hold"}"#), ["other hold 03 88 20 21 22"]),
      ([:], .ok(#"{"tel":"0388202122","event":"established"}"#), ["answer 03 88 20 21 22"]),
      (
        [:], .ok(#"{"tel":"0388202122","event":"end","reason":"missed"}"#),
        ["end missed 03 88 20 21 22"]
      ),
      (
        [.jsonNumber: "[0].call.from", .jsonEvent: ""], .ok(#"[{"call":{"from":33388202122}}]"#),
        ["ring 03 88 20 21 22"]
      ),
      ([.jsonNumber: "calls[0].tel"], .ok(#"{"calls":[]}"#), []),
      ([:], .status(204), []),
      ([:], .whole(404, [("Content-Type", "application/json")], #"{"tel":""}"#), []),
      (
        xml,
        .ok("<a><call><tel> 0388202122 </tel></call><state>newCall</state></a>", type: "text/xml"),
        ["ring 03 88 20 21 22"]
      ),
      (xml, .ok("<a><call><tel><![CDATA[0388202122]]></tel></call></a>"), ["ring 03 88 20 21 22"]),
      (
        xml, .ok("<x:a xmlns:x='u'><x:call><x:tel>03&#56;8202122</x:tel></x:call></x:a>"),
        ["ring 03 88 20 21 22"]
      ),
      // A namespace that is no address, and a prefix that is not declared.
      (xml, .ok("<a xmlns='CTI'><call><tel>0388202122</tel></call></a>"), ["ring 03 88 20 21 22"]),
      (xml, .ok("<a><call><c:tel>0388202122</c:tel></call></a>"), ["ring 03 88 20 21 22"]),
      (xml, .ok("<a><other><tel>1</tel></other><call/></a>"), []),
      (xml, .ok("<a><call><tel/></call></a>"), []),
      (attributes, .ok("<a><call from='0388202122' state='up'/></a>"), ["answer 03 88 20 21 22"]),
      (attributes, .ok("<a><call state='up'/></a>"), []),
      (
        xml.merging([.xmlNumber: "/a/tel"]) { $1 },
        .ok("<a><b><tel>1</tel></b><tel>0388202122</tel></a>"),
        ["ring 03 88 20 21 22"]
      ),
    ])
  func understood(
    fields: [CTIField: String], answer: AnsweringServer.Answer, said: [String]
  ) async throws {
    let poll = try await story(fields, answer)
    #expect(poll.story == said)
    #expect(poll.health == .up)
  }

  @Test(
    "What is a failure, and its sentence",
    arguments: [
      ([:], AnsweringServer.Answer.status(404), "answered 404: check the URL"),
      ([:], .whole(404, [("Content-Type", "text/html")], "<html/>"), "answered 404: check the URL"),
      (
        [:], .whole(404, [("Content-Type", "application/json")], #"{"error":"no such station"}"#),
        "answered 404 ({\"error\":\"no such station\"}): check the URL, and the station"
      ),
      (
        [:], .whole(403, [("Content-Type", "text/plain")], "not for\r\nreading\u{1B}[2J\n"),
        "answered 403 (not for reading"
      ),
      (
        [:], .whole(500, [("Content-Type", "text/html")], "<p>oops"),
        "answered 500: look at its log"
      ),
      ([:], .status(500), "answered 500: look at its log"), ([:], .status(401), "check the token"),
      ([:], .status(304), "answered 304"), ([:], .hangUp, "could not be reached"),
      ([:], .ok("<html></html>", type: "text/html"), "no JSON at byte 0"),
      ([:], .ok(#"{"tel":{"a":1}}"#), "check json_tel"),
      ([:], .ok(String(repeating: "[", count: 900_000)), "no JSON"),
      ([:], .large(50_000_000), "more than 1000 kB"),
      ([:], .headOnly, "did not answer within 1 s"), ([:], .never, "did not answer within 1 s"),
      ([:], .status(302, [("Location", "/again")]), "from one address to another"),
      (xml, .ok("<a><b></a>"), "no XML in line 1"), (xml, .ok("{}"), "no XML"),
      (xml, .ok("<html><body/></html>"), "a page for people"),
      ([:], raw("HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\n{}"), "answers with the status 0"),
      ([:], raw("HTTP/1.1 099 X\r\n\r\n{}"), "it answers with the status 99"),
      ([:], raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"), "its HTTP cannot be read"),
      ([:], raw("SSH-2.0-OpenSSH_9.2\r\n"), "its HTTP cannot be read"),
      ([:], .coded("Content-Encoding", "br", [0x8B, 2, 0x80]), "in the coding br"),
      ([:], .coded("Transfer-Encoding", "gzip, chunked", []), "in the coding gzip,"),
      ([:], .coded("Content-Encoding", "gzip", Array("no gzip".utf8)), "its HTTP cannot be read"),
      ([:], .coded("Content-Encoding", "gzip", bomb), "its HTTP cannot be read (limit"),
      (xml, .ok(String(repeating: "<a>", count: 90_000)), "nested too deep"),
      (xml, .ok("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "declares entities"),
      (
        xml, .ok("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>"),
        "declares entities"
      ),
      (xml, .ok("<a/><b/>"), "no XML"), (xml, .ok("<a>"), "no XML"), (xml, .ok("<a><b>"), "no XML"),
    ])
  func failures(
    fields: [CTIField: String], answer: AnsweringServer.Answer, words: String
  ) async throws {
    let server = AnsweringServer { _ in answer }
    try await server.start()
    var block = CTIFields.relay(url: server.url("/getevent"))
    for (field, text) in fields { block[field] = text }
    // Short only where nothing whole comes: the machine may be busy.
    let isEndless =
      switch answer {
      case .never, .headOnly: true
      default: false
      }
    let limits = PollLimits(request: .seconds(isEndless ? 1 : 60))
    let poll = try RunningPoll(block, limits: limits)
    try await poll.rounds(1)
    await poll.stop()
    try await server.stop()
    #expect(poll.reason?.contains(words) == true, "\(String(describing: poll.health))")
    #expect(poll.reason?.hasPrefix("127.0.0.1:") == true)
    #expect(poll.events.isEmpty)
  }

  private static func raw(_ text: String) -> AnsweringServer.Answer { .raw(Array(text.utf8)) }

  /// 6,000 blanks, compressed.
  private static let bomb = bytes("H4sIAAAAAAACA+3BMQEAAADCoCrrn9IQvkABAAAAAACvAbDIu/1wFwAA")

  private static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map { Array($0) } ?? []
  }

  @Test(
    "A server that compresses what it was asked not to",
    arguments: [
      ("gzip", "H4sIAAAAAAACA6tWKknNUbJSMjC2sDAyMDI0MlLSUUotS80rAQoWZealK9UCAEJRtT8jAAAA"),
      ("deflate", "eJyrVipJzVGyUjIwtrAwMjAyNDJS0lFKLUvNKwEKFmXmpSvVAgCl+wm8"),
    ])
  func compressed(coding: String, text: String) async throws {
    let poll = try await story([:], .coded("Content-Encoding", coding, Self.bytes(text)))
    #expect(poll.story == ["ring 03 88 20 21 22"])
  }

  @Test(
    "Charsets that a document or its content type declares",
    arguments: [
      ("<?xml version='1.0' encoding='ISO-8859-1'?>", "text/xml"),
      ("<?xml version='1.0' encoding='windows-1252'?>", "text/xml"),
      ("", "text/xml; charset=\"iso-8859-1\""),
    ])
  func charsets(head: String, type: String) async throws {
    let text = head + "<a><call><tel>0388202122</tel></call><state>décalé</state></a>"
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    let poll = try await story(Self.xml, .bytes(type, latin))
    #expect(poll.story == ["other décalé 03 88 20 21 22"])
  }

  @Test(
    "Names that are not in the encoding of their document",
    arguments: ["", "<?xml version='1.0' encoding='UTF-8'?>", "<?xml version='1.0' encoding='x'?>"])
  func namesInNoEncoding(head: String) async throws {
    let text = head + "<a><état été='é'/><call><tel>0388202122</tel></call></a>"
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    let poll = try await story(Self.xml, .bytes("text/xml", latin))
    #expect(poll.story == ["ring 03 88 20 21 22"])
  }

  @Test("An instruction that says nothing, at which Foundation's parser would end the program")
  func emptyInstruction() async throws {
    let poll = try await story(Self.xml, .ok("<a><?x?><call><tel>0388202122</tel></call></a>"))
    #expect(poll.story == ["ring 03 88 20 21 22"])
  }

  @Test("A table of one's own words")
  func ownWords() async throws {
    let words = try EventWords(own: ["Sonne": "ring", "décroché": "answer", "libre": "none"])
    for (word, said) in [
      ("sonne", ["ring 03 88 20 21 22"]), ("DÉCROCHÉ", ["answer 03 88 20 21 22"]), ("Libre", []),
      ("raccroché", ["other raccroché 03 88 20 21 22"]),
    ] {
      let poll = try await story(
        [:], .ok("{\"tel\":\"0388202122\",\"event\":\"\(word)\"}"), words: words)
      #expect(poll.story == said)
      #expect(poll.source.counts.unknownWords == (word == "raccroché" ? [word: 1] : [:]))
    }
    let error = #expect(throws: EventWordsError.self) {
      try EventWords(own: ["x": "nonsense", "y": "end"])
    }
    #expect(error?.entries == ["x = nonsense"])
  }

  @Test("The relay's fields: name, age and id")
  func relayFields() async throws {
    let poll = try await story(
      [:], .ok(#"{"tel":"0388202122","event":"ring","id":"42","age":3,"name":"Marie"}"#))
    let event = try #require(poll.events.first)
    #expect(event.caller.name == "Marie")
    #expect(event.at == poll.clock.moment - 3000)
    #expect(event.callID?.contains("42") == true)
    #expect(event.station == "1024")
  }

  @Test(
    "An age that makes no sense counts as none, or as a day",
    arguments: [
      ("-5", 0), ("\"nan\"", 0), ("\"inf\"", 0), ("1e300", 86_400), ("\"x\"", 0), ("null", 0),
      ("[1]", 0), ("2.9", 2),
    ])
  func ages(age: String, seconds: Int64) async throws {
    let poll = try await story([:], .ok("{\"tel\":\"0388202122\",\"age\":\(age)}"))
    let event = try #require(poll.events.first)
    #expect(poll.clock.moment - event.at == seconds * 1000)
  }
}
