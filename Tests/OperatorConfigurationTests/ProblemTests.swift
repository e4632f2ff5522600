import Foundation
import OperatorConfiguration
import Testing

@Suite struct ProblemTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test(arguments: [
    ("statoin = '1'", #"unknown key "statoin": did you mean "station"?"#),
    ("colaborator = '1'", #"unknown key "colaborator": did you mean "collaborator"?"#),
    ("outside-prefix = '1'", #"unknown key "outside-prefix": did you mean "outside_prefix"?"#),
    (
      "asterisk.secret = ''",
      #"unknown key "asterisk.secret": did you mean "asterisk.secret_file"?"#
    ),
    ("asterisk.token = 'x'", #"unknown key "asterisk.token": screenpop.toml shows every key"#),
    ("PopUp = true", #"unknown key "PopUp": did you mean "popup"?"#),
    ("weather = 1", #"unknown key "weather": screenpop.toml shows every key"#),
    (
      "[[[[",
      "this is not TOML (column 3): Error while parsing table header: tables with blank bare keys are explicitly prohibited"
    ),
    ("\"\" = 1", #"unknown key "": screenpop.toml shows every key"#),
    (
      "station.x = 1",
      #""station" must be one word of at most 64 characters in quotes, not a table"#
    ),
    ("[station]", #""station" must be one word of at most 64 characters in quotes, not a table"#),
    (
      "labels = { '0199004500' = 7.5 }",
      #""labels" must be one line of at most 64 characters in quotes, not a number with a point"#
    ),
    (
      "station = '10 24'",
      #""station" must be one word of at most 64 characters in quotes, not "10 24""#
    ),
    ("labels = { '0199004500' = '' }", #""labels" gives "0199004500" no name"#),
    (
      "trigger_called = { 'Support' = 'never' }",
      #""trigger_called" gives "Support" "never", which is none of "application", "ring", "answer", "request""#
    ),
    (
      "open_called = { 'Support' = 'https://erp.example/{seconds}' }",
      #""open_called" for "Support" has {seconds}, which has no value here: there are {code} {id} {number} {e164} {name} {contact} {station} {called} {line} {call_id}"#
    ),
    (
      "open_called = 'card'",
      #""open_called" must be a table, such as { "0199004500" = "https://erp.example/{code}" }, not "card""#
    ),
    (
      "open = 'https://erp.example/{seconds}'",
      #""open" has {seconds}, which has no value here: there are {code} {id} {number} {e164} {name} {contact} {station} {called} {line} {call_id}"#
    ),
    (
      "attention = ['horn']",
      #""attention" must be a list of some of "bell", "title", "osc", "notify", "tmux", "command", and "horn" is none of them"#
    ),
    (
      "attention_command = ['say', '{code}']",
      #""attention_command" has {code}, which has no value here: there are {number} {e164} {name} {station} {called} {line} {call_id}"#
    ),
    (
      "attention = ['command']",
      #""attention": there is no program: write attention_command"#
    ),
    ("station = -1", #""station" must be one word of at most 64 characters in quotes, not -1"#),
    ("station = true", #""station" must be one word of at most 64 characters in quotes, not true"#),
    (
      "corner = 'top'",
      #""corner" must be one of "top-left", "top-right", "bottom-left", "bottom-right", not "top""#
    ),
    (
      "trigger = 'Ring'",
      #""trigger" must be one of "application", "ring", "answer", "request", not "Ring""#
    ),
    ("popup = 'yes'", #""popup" must be true or false, not "yes""#),
    ("popup = 1", #""popup" must be true or false, not 1"#),
    (
      "region = 'FRA'",
      #""region" must be the ISO 3166 code of a country in quotes, such as "FR", not "FRA""#
    ),
    (
      "region = 'XX'",
      #""region" must be the ISO 3166 code of a country in quotes, such as "FR", not "XX""#
    ),
    ("extension_digits = 16", #""extension_digits" must be a whole number from 0 to 15, not 16"#),
    ("extension_digits = '5'", #""extension_digits" must be a whole number from 0 to 15, not "5""#),
    ("min_digits = -1", #""min_digits" must be a whole number from 0 to 20, not -1"#),
    ("min_digits = 21", #""min_digits" must be a whole number from 0 to 20, not 21"#),
    ("poll_interval = 0", #""poll_interval" must be a whole number from 1 to 3600, not 0"#),
    (
      "poll_interval = 0.5",
      #""poll_interval" must be a whole number from 1 to 3600, not a number with a point"#
    ),
    ("ring_timeout = 0", #""ring_timeout" must be a whole number from 1 to 86400, not 0"#),
    ("spool_age = 86401", #""spool_age" must be a whole number from 0 to 86400, not 86401"#),
    (
      "spool_age = 2026-11-22",
      #""spool_age" must be a whole number from 0 to 86400, not a date or time"#
    ),
    (
      "outside_prefix = 'x'",
      #""outside_prefix" must be at most 8 digits, * or # in quotes, not "x""#
    ),
    (
      "relay_url = 'ftp://x'",
      #""relay_url" must be a URL that begins with http:// or https://, not "ftp://x""#
    ),
    (
      "relay_url = 'http://'",
      #""relay_url" must be a URL that begins with http:// or https://, not "http://""#
    ),
    (
      "relay_token_file = 'token'",
      #""relay_token_file" must be an absolute path, or one that begins with ~/, not "token""#
    ),
    (
      "open = 'cards'",
      #""open" must be "card", "erp", a URL with placeholders, or a list ["program", "argument"], not "cards""#
    ),
    (
      "open = ['erp', 5]",
      #""open" must be "card", "erp", a URL with placeholders, or a list ["program", "argument"], not a list"#
    ),
    (
      "open = []",
      #""open" makes no sense: the command is empty: name a program, then its arguments"#
    ),
    (
      "open = 'https://e.example/{nom}'",
      #""open" makes no sense: unknown placeholder {nom}: the placeholders are {code} {id} {number} {e164} {name} {contact} {station} {called} {line} {call_id} {seconds} {outcome} {direction}"#
    ),
    ("fixed = ['popup']", #""fixed" holds only in the machine's file: move it there"#),
    (
      "[sources.pbx]",
      #"unknown key "sources": screenpop.toml shows every key"#
    ),
    (
      "[[drivers]]",
      #"unknown key "drivers": screenpop.toml shows every key"#
    ),
  ])
  func namesWhatIsWrong(line: String, sentence: String) throws {
    try machine.write("operator", "# first line\n\n\(line)\n")
    #expect(machine.report() == ["FILE:3: " + sentence])
  }

  @Test(arguments: [
    (
      "fixed = ['popup', 'tirgger']",
      #""fixed" names an unknown key "tirgger": did you mean "trigger"?"#
    ),
    ("fixed = ['fixed']", #""fixed" names itself, which means nothing"#),
    (
      "fixed = 'popup'",
      #""fixed" must be a list of keys, such as ["trigger", "popup"], not "popup""#
    ),
    (
      "fixed = [1]",
      #""fixed" must be a list of keys, such as ["trigger", "popup"], not a list with 1 in it"#
    ),
  ])
  func checksFixed(line: String, sentence: String) throws {
    try machine.write("first", line)
    #expect(machine.report() == ["MACHINE:1: " + sentence])
  }

  @Test func reportsEverythingAtOnceInOrder() throws {
    try machine.write("second", "min_digits = 99")
    try machine.write("first", "popup = 1\nregoin = 'FR'")
    try machine.write(
      "operator",
      #"""
      # A "comment" = [
      ident = """
      station = 5
      """   # a long string with a name in it
      'corner' = 'middle'
      open = [
        "erp", # popup = 3
        "{x}",
      ]
      "popup" = { a = [1, 2], b = "}" }
      min_digits = 3 ; station = "]"
      trigger = """ring\"""""
      [weather]
      popup = 3
      """#)
    let report = machine.report(commandLine: ["corner": "nowhere"])
    let places = report.map { $0.prefix { $0 != " " } }
    #expect(
      places == [
        "SECOND:1:", "MACHINE:1:", "MACHINE:2:", "FILE:2:", "FILE:5:", "FILE:6:", "FILE:10:",
        "FILE:11:", "FILE:12:", "FILE:13:", "command",
      ], "\(report)")
  }

  @Test func goesOnAfterALineThatIsWrongByItself() throws {
    try machine.write("operator", "station = 10 24\ncorner == 'x'\npopup = yes\nmin_digits = 99\n")
    let report = machine.report()
    #expect(
      report.map { $0.prefix(23) } == [
        "FILE:1: this is not TOM", "FILE:2: this is not TOM", "FILE:3: this is not TOM",
        "FILE:4: \"min_digits\" mu",
      ], "\(report)")
    #expect(report.first?.contains("column") == true)
  }

  @Test(arguments: ["open = [\n'a'\nstation = 5\n", "a = 1\na = 2\n", "ident = '''\nx\n", "[x\n"])
  func stopsWhereTheRestCannotBeTold(text: String) throws {
    try machine.write("operator", text)
    let report = machine.report()
    #expect(report.count == 1, "\(report)")
  }

  @Test func givesUpOnWhatIsNoConfiguration() throws {
    try machine.write("operator", String(repeating: "not a line\n", count: 50_000))
    #expect(machine.report().count == 20)
  }

  @Test(arguments: [
    ([0x61, 0x0A, 0xFF, 0x0A], 2), ([0x61, 0x00, 0x0A], 1), ([0x0A, 0x0A, 0xC3], 3),
  ])
  func refusesWhatIsNotText(bytes: [UInt8], line: Int) throws {
    try machine.write("operator", Data(bytes))
    #expect(
      machine.report() == ["FILE:\(line): the text is not UTF-8: save the file in that encoding"])
  }

  @Test func saysWhyAFileCannotBeRead() throws {
    try FileManager.default.createDirectory(
      atPath: machine.path("operator"), withIntermediateDirectories: false)
    #expect(machine.report() == ["FILE: the file cannot be read: Is a directory"])
    try FileManager.default.removeItem(atPath: machine.path("operator"))
    try machine.write("operator", Data(repeating: 0x23, count: (1 << 20) + 1))
    #expect(machine.report() == ["FILE: the file cannot be read: it is longer than 1 MiB"])
  }

  @Test func takesWhatEditorsLeave() throws {
    try machine.write("operator", "\u{FEFF}station = '7'\r\npopup = true\r\n\r\ncorner = 'x'\r\n")
    #expect(machine.report().map { $0.prefix(7) } == ["FILE:4:"])
    try machine.write("operator", "\u{FEFF}station = '7'\r\npopup = true")
    #expect(try machine.load().station == "7")
    try machine.write("operator", "")
    #expect(try machine.load().station == nil)
  }

  @Test func isHarmlessToTheTerminal() throws {
    try machine.write(
      "operator", #""\u001B[31m\u202Ex" = 1"# + "\n" + #"corner = "\u001B]0;x\u0007\n""#)
    let report = machine.report(commandLine: ["station": "\u{1B}[2J", "\u{9B}x": ""])
    #expect(report.count == 4)
    let bad = report.joined().unicodeScalars.filter {
      [.control, .format].contains($0.properties.generalCategory)
    }
    #expect(bad.isEmpty, "\(report)")
  }

  @Test func aListOfTheCommandLineIsHarmlessToTheParser() {
    #expect(machine.report(commandLine: ["attention": "[\u{2028}\"bell\"]"]).count == 1)
  }

  @Test func showsAllProblemsAsLines() throws {
    try machine.write("operator", "popup = 1\nstatoin = 2")
    let error = #expect(throws: ConfigurationError.self) { try machine.load() }
    #expect(error?.description.split(separator: "\n").count == 2)
    #expect(error?.description.hasPrefix(machine.path("operator") + ":1: ") == true)
    #expect(error?.exitStatus == 78)
  }

  @Test func whatTheCommandLineAloneSaysWrongIsWrongUse() {
    let error = #expect(throws: ConfigurationError.self) {
      try machine.load(commandLine: ["corner": "nowhere"])
    }
    #expect(error?.exitStatus == 64)
  }
}
