import NumberForms
import Testing

@Suite("The launcher's words")
struct LauncherWordsTests {
  @Test(
    "Numbers and the keyword",
    arguments: [
      (["0388202122"], "0388202122", false),
      (["0388202122", "popup"], "0388202122", true),
      (["0388202122", "POPUP"], "0388202122", true),
      (["0388202122", "\"PopUp\""], "0388202122", true),
      (["\"0388202122\"", "'popup'"], "0388202122", true),
      (["\"0388202122", "popup\""], "0388202122", true),
      (["0388202122 popup"], "0388202122", true),
      (["03", "88", "20", "21", "22"], "03 88 20 21 22", false),
      (["03", "88", "20", "21", "22", "popup"], "03 88 20 21 22", true),
      (["\"03", "88", "20", "21", "22\""], "03 88 20 21 22", false),
      ([" 33388202122"], " 33388202122", false),
      (["ctidivalto:0388202122?popup"], "ctidivalto:0388202122?popup", true),
      (
        ["\"Dupont, Jean\"", "<sip:0388202122@host>"], "\"Dupont, Jean\" <sip:0388202122@host>",
        false
      ),
      (["--number=0388202122"], "0388202122", false),
      (["--number=\"0388202122\"", "popup"], "0388202122", true),
      (["popup"], "", true),
      ([], "", false),
      ([""], "", false),
      (["$(reboot)"], "$(reboot)", false),
    ])
  func numbers(words: [String], tel: String, popup: Bool) {
    let read = LauncherWords(words)
    #expect(read.tel == tel)
    #expect(read.popup == popup)
    #expect(read.event == nil)
    #expect(read.direction == nil)
  }

  @Test(
    "The switch form",
    arguments: [
      ("/N:S /C:0388202122 /T:I /I:42", "0388202122", "ring", nil, "in", "42"),
      ("/n:c /c:0388202122 /t:o /i:a-7", "0388202122", "answer", nil, "out", "a-7"),
      ("/N:E /C:0388202122 /I:42", "0388202122", "end", nil, nil, "42"),
      ("/N:Missed /C:0388202122", "0388202122", "end", "missed", nil, nil),
      ("/N:hold /C:1024", "1024", "hold", nil, nil, nil),
      ("/C:03 88 20 21 22 /X:9", "03 88 20 21 22", nil, nil, nil, nil),
      ("/N:S /C: /I:42", "", "ring", nil, nil, "42"),
    ] as [(String, String, String?, String?, String?, String?)])
  func switches(
    line: String, tel: String, event: String?, reason: String?, direction: String?, id: String?
  ) {
    // As separate arguments, and as one.
    for words in [line.split(separator: " ").map(String.init), [line], ["\"\(line)\""]] {
      let read = LauncherWords(words)
      #expect(read.tel == tel)
      #expect(read.event == event)
      #expect(read.reason == reason)
      #expect(read.direction == direction)
      #expect(read.callID == id)
    }
  }

  @Test("The keyword works after switches")
  func keywordAfterSwitches() {
    let read = LauncherWords(["/N:S", "/C:0388202122", "popup"])
    #expect(read.tel == "0388202122")
    #expect(read.popup)
  }

  @Test("More than can be sent is passed on untouched")
  func tooLong() {
    let word = String(repeating: "1 ", count: 100_000)
    #expect(LauncherWords([word]).tel == word)
  }
}
