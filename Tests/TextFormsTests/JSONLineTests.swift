import Foundation
import Testing
import TextForms

/// Objects that other programs read, and that harm no terminal.
struct JSONLineTests {
  @Test func membersKeepTheirOrder() {
    var inner = JSONLine()
    inner.add("z", true)
    var object = JSONLine()
    object.add("b", "x")
    object.add("a", 3 as Int64?)
    object.add("none", nil as String?)
    object.add("no", nil as Int?)
    object.add("list", [inner, JSONLine()])
    let text = #"{"b":"x","a":3,"none":null,"no":null,"list":[{"z":true},{}]}"#
    #expect(object.text == text)
    #expect(object.bytes == Array(text.utf8))
  }

  @Test(arguments: [
    "plain", "\"\\/", "\n\r\t\u{0}\u{1F}\u{7F}", "é👩‍👩‍👧\u{202E}\u{1F600}\u{FEFF}", "",
  ])
  func aTextComesBackAsItWas(text: String) throws {
    var object = JSONLine()
    object.add("key", text)
    let read = try JSONDecoder().decode([String: String].self, from: Data(object.bytes))
    #expect(read["key"].map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    let inside = "\"" + JSONText.inside(text) + "\""
    #expect(object.text == "{\"key\":" + inside + "}")
  }
}
