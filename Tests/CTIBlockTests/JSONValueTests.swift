import CTIBlock
import Foundation
import TestSupport
import Testing

@Suite("JSON answers")
struct JSONValueTests {
  @Test(
    "Paths",
    arguments: [
      (#"{"tel":"0388202122"}"#, "tel", "0388202122"),
      (#"{"call":{"from":"1"}}"#, "call.from", "1"),
      (#"[{"title":"x"}]"#, "[0].title", "x"),
      (#"{"calls":[{},{"tel":"2"}]}"#, "calls[1].tel", "2"),
      (#"{"a":[[1,2],[3,4]]}"#, "a[1][0]", "3"),
      (#"{"tel":0388202122}"#, "tel", "0388202122"),
      (#"{"tel":33388202122}"#, "tel", "33388202122"),
      (#"{"tel":null}"#, "tel", ""),
      (#"{"tel":true}"#, "tel", "true"),
      (#"{ 'tel' ;'0388202122' , 'event' :'ring'}"#, "tel", "0388202122"),
      (#"{ 'tel' ;'0388202122' , 'event' :'ring'}"#, "event", "ring"),
      (#"{"n":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#, "n", "a\"\\/\u{8}\u{C}\n\r\té😀"),
      (#"{"n":"\ud83dx\udc00"}"#, "n", "\u{FFFD}x\u{FFFD}"),
      ("\u{FEFF} {\"n\" : \"L'été\" } \n", "n", "L'été"),
    ])
  func paths(document: String, path: String, text: String) throws {
    let value = try JSONValue(Array(document.utf8))
    #expect(JSONPath(path)?.value(in: value)?.text == text)
  }

  @Test("Ways that lead nowhere", arguments: ["x", "tel.x", "tel[0]", "list[5]", "[0]", "list.a"])
  func nowhere(path: String) throws {
    let value = try JSONValue(Array(#"{"tel":"1","list":["a"]}"#.utf8))
    #expect(try #require(JSONPath(path)).value(in: value) == nil)
  }

  @Test(
    "No paths",
    arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a]", "a[0]b"])
  func noPaths(text: String) { #expect(JSONPath(text) == nil) }

  @Test(
    "No JSON",
    arguments: [
      "", "hello", "\"tel\"", "<html>", "{", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, "[1,]",
      "[1] x",
      #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":"\u+123"}"#, "{a:1}", #"{"a":tru}"#,
      String(repeating: "[", count: 100_000),
      String(repeating: #"{"a":"#, count: 100_000),
      String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ])
  func faults(document: String) {
    #expect(throws: JSONFault.self) { try JSONValue(Array(document.utf8)) }
  }

  @Test("A document that is cut anywhere is none")
  func cuts() throws {
    let document = Array(#"{"a":[1,-2.5e3,true,null,{"b":"é\u00e9"}],"c":"x"}"#.utf8)
    _ = try JSONValue(document)
    for end in document.indices {
      #expect(throws: JSONFault.self) { try JSONValue(Array(document[..<end])) }
    }
  }

  @Test("Whatever Foundation writes is read the same")
  func foundation() throws {
    var generator = SeededNumbers(seed: 7)
    for _ in 0..<200 {
      let document = Self.anything(depth: 0, &generator)
      let bytes = try JSONSerialization.data(withJSONObject: ["root": document])
      let value = try JSONValue(Array(bytes))
      #expect(
        Self.isSame(JSONPath("root")?.value(in: value), document),
        "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private static func anything(depth: Int, _ generator: inout SeededNumbers) -> Any {
    switch Int.random(in: depth > 4 ? 0...1 : 0...3, using: &generator) {
    case 0: return Int.random(in: -1_000_000...1_000_000, using: &generator)
    case 1:
      return String(
        String.UnicodeScalarView(
          (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1...0x2FFF, using: &generator))
          }))
    case 2: return (0..<3).map { _ in anything(depth: depth + 1, &generator) }
    default:
      return [
        "a": anything(depth: depth + 1, &generator), "é\"": anything(depth: depth + 1, &generator),
      ]
    }
  }

  private static func isSame(_ value: JSONValue?, _ other: Any) -> Bool {
    switch (value, other) {
    case (.number(let text), let number as Int): text == String(number)
    case (.string(let text), let other as String):
      Array(text.unicodeScalars) == Array(other.unicodeScalars)
    case (.array(let values), let others as [Any]):
      values.count == others.count && zip(values, others).allSatisfy { isSame($0, $1) }
    case (.object(let members), let others as [String: Any]):
      members.count == others.count && others.allSatisfy { isSame(members[$0.key], $0.value) }
    default: false
    }
  }
}
