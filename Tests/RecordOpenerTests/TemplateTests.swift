import RecordOpener
import Telephony
import Testing

@Suite struct TemplateTests {
  @Test(arguments: [
    ("https://erp.example/p?code={code}", "https://erp.example/p?code=C00123"),
    ("https://erp.example/p/{id}#tel={number}", "https://erp.example/p/7#tel=0388202122"),
    ("https://erp.example/?n={e164}", "https://erp.example/?n=%2B33388202122"),
    (
      "https://erp.example/?a={name}&b={contact}",
      "https://erp.example/?a=Dupont%20SA&b=Marie%20Dupont"
    ),
    ("myerp:{station}/{code}", "myerp:1024/C00123"),
    ("x-erp+a.b://open/{{{code}}}", "x-erp+a.b://open/{C00123}"),
    ("https://[::1]:8080/{code}", "https://[::1]:8080/C00123"),
  ])
  func fillsURL(template: String, url: String) throws {
    #expect(try URLTemplate(template).url(for: .sample()) == url)
  }

  @Test(arguments: [
    ("$(touch x)", "%24%28touch%20x%29"), ("; rm -rf /", "%3B%20rm%20-rf%20%2F"),
    ("\"'`", "%22%27%60"), ("a\r\nb", "a%20%20b"), ("é中", "%C3%A9%E4%B8%AD"), ("a\0b", "ab"),
    ("a&code=X#?%", "a%26code%3DX%23%3F%25"), ("A-Z_a.z~9", "A-Z_a.z~9"), ("", ""),
    ("\u{202E}\u{1B}[2J\u{9B}é\u{7F}", "%5B2J%C3%A9"),
  ])
  func encodesEverythingButUnreserved(name: String, encoded: String) throws {
    let template = try URLTemplate("https://erp.example/?name={name}")
    #expect(
      template.url(for: .sample(name: name)) == "https://erp.example/?name=" + encoded)
  }

  @Test func cutsLongValues() throws {
    let template = try URLTemplate("erp:{name}")
    let long = String(repeating: "中", count: 10_000)
    #expect(template.url(for: .sample(name: long)).utf8.count == 4 + 1024 * 9)
  }

  @Test(arguments: [
    ("erp.example/{code}", "scheme"), ("{code}", "scheme"), ("{code}://x", "scheme"),
    ("1x:{code}", "scheme"), (":{code}", "scheme"), ("", "scheme"),
    ("https://erp.example/", "add a placeholder"),
    ("https://erp.example/{cod}", "unknown placeholder {cod}"),
    ("https://erp.example/{CODE}", "unknown placeholder {CODE}"),
    ("https://erp.example/{}", "unknown placeholder {}"),
    ("https://erp.example/{code", "without"), ("https://erp.example/{{code}}", "add a placeholder"),
    ("https://{name}/x", "host"), ("https://{name}.example/{code}", "host"),
    ("https:{name}", "host"), ("HTTP:/{name}/x", "host"), ("https:///{name}/x", "host"),
    ("https://a:{name}@erp.example", "host"), ("https://erp.example/a b/{code}", "U+20"),
    ("https://erp.example/é/{code}", "percent-encoded"),
    ("https://erp.example/\u{1B}{code}", "U+1B"),
  ])
  func refusesURL(template: String, because: String) {
    let error = #expect(throws: OpenError.self) { try URLTemplate(template) }
    #expect(error?.sentence.contains(because) == true, "\(error?.sentence ?? "")")
  }

  @Test(arguments: [
    ([], "empty"), ([""], "empty"), (["{name}", "x"], "program"), (["bin/erp"], "relative"),
    (["erp", "{nom}"], "unknown placeholder {nom}"), (["erp", "a\0"], "NUL"),
  ])
  func refusesCommand(words: [String], because: String) {
    let error = #expect(throws: OpenError.self) { try CommandTemplate(words) }
    #expect(error?.sentence.contains(because) == true, "\(error?.sentence ?? "")")
  }

  @Test func fillsArgumentsAsTheyAre() throws {
    let command = try CommandTemplate(["erp", "--name={name}", "{number}", "{e164}{{}}"])
    #expect(
      try command.arguments(for: .sample(name: "a \"b\" $c-d"))
        == ["--name=a \"b\" $c-d", "0388202122", "+33388202122{}"])
  }

  /// What a program may write on a terminal is harmless there; a key of the ERP's is what it is.
  @Test func whatIsNoKeyIsHarmless() throws {
    let command = try CommandTemplate(["erp", "n={name}", "c={code}"])
    let hostile = "a\u{1B}]0;x\u{7}\u{202E}\nb"
    #expect(
      try command.arguments(for: .sample(code: hostile, name: hostile))
        == ["n=a]0;x b", "c=" + hostile])
  }

  @Test func refusesValueThatReadsAsOption() throws {
    let values = RecordValues.sample(name: "-rf")
    let bare = try CommandTemplate(["erp", "{name}"])
    #expect(throws: OpenError.optionLike(placeholder: .name, program: "erp")) {
      try bare.arguments(for: values)
    }
    // An empty value in front makes way for the next one.
    let hidden = try CommandTemplate(["erp", "{contact}{name}"])
    #expect(throws: OpenError.self) {
      try hidden.arguments(for: .sample(name: "-rf", contact: nil))
    }
    #expect(try CommandTemplate(["erp", "--", "{name}"]).arguments(for: values) == ["--", "-rf"])
    #expect(try CommandTemplate(["erp", "n={name}"]).arguments(for: values) == ["n=-rf"])
    #expect(try CommandTemplate(["erp", "-{name}"]).arguments(for: values) == ["--rf"])
    #expect(throws: OpenError.self) {
      try CommandTemplate(["erp", "-{code}", "{name}"]).arguments(
        for: .sample(code: "-", name: "-rf"))
    }
    // A value cannot end the options by itself.
    #expect(throws: OpenError.self) {
      try CommandTemplate(["erp", "{code}", "{name}"]).arguments(
        for: .sample(code: "--", name: "-rf"))
    }
  }

  /// A mark over the dash makes one character of both, and leaves the dash the first byte.
  @Test(arguments: [
    "-\u{301}rf", "-\u{200D}rf", "-\u{FE0F}", "-\u{338}-help", "--\u{301}help", "-", "--",
    "-\u{1F3FB}", "\u{FF0D}rf", "\u{FE63}-help",
  ])
  func refusesDashWithMark(name: String) throws {
    let command = try CommandTemplate(["erp", "{name}"])
    #expect(throws: OpenError.optionLike(placeholder: .name, program: "erp")) {
      try command.arguments(for: .sample(name: name))
    }
  }

  @Test func findsPlaceholderBeforeMark() throws {
    let command = try CommandTemplate(["erp", "n={name}\u{301}", "{{\u{301}"])
    #expect(
      try command.arguments(for: .sample(name: "Ze")) == ["n=Ze\u{301}", "{\u{301}"])
    #expect(throws: OpenError.self) { try CommandTemplate(["erp{\u{301}name}"]) }
  }

  @Test(arguments: [
    (PhoneNumber(.complete, "+33388202122"), "03 88 20 21 22", "0388202122", "+33388202122"),
    (PhoneNumber(.complete, "+4930123456"), "+49 30 123456", "+4930123456", "+4930123456"),
    (PhoneNumber(.national, "+33388202122"), "388202122", "388202122", "+33388202122"),
    (PhoneNumber(.extension, "1024"), "1024", "1024", ""),
    (PhoneNumber(.extension, "*97"), "*97", "*97", ""),
    (PhoneNumber(.fragment, "88202122"), "", "88202122", ""),
    (nil, "anonymous 12", "", ""),
  ])
  func givesBothNumbers(number: PhoneNumber?, text: String, dialled: String, e164: String) {
    let values = RecordValues.sample(number: number, text: text)
    #expect(values[.number] == dialled)
    #expect(values[.e164] == e164)
  }
}
