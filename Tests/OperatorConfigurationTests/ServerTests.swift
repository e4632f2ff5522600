import CTIBlock
import Foundation
import OperatorConfiguration
import Testing

/// CTI servers in a configuration: blocks, files with blocks, fields, and what is said of mistakes.
@Suite struct ServerTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  /// The installation's text of the reference, as it is.
  private static let block = """
    <cliktocallevent> <with_event>1 <url>http://localhost:8083/x?ident=$ident$&telorg=$telorg$
    <methode>GET <data> <dataencode> <headers> <contenttype> <type_return>json <json_tel>tel
    <json_event> event <xml_tel> <xml_event> <xml_result_tel_in_attrib> <xml_tel_attrib>
    <xml_result_event_in_attrib> <xml_event_attrib>
    """
  private static let dialling = "<cliktocall> <url>http://pbx.example/call?to=$teldest$"
  private static let values = CTIVariables(ident: "", station: "1024", dialled: "17")

  /// Writes a file beside the operator's; its path.
  private func file(_ text: String, mode: Int = 0o600, latin: Bool = false) throws -> String {
    let path = machine.folder + "/block.txt"
    try text.write(
      toFile: path, atomically: true, encoding: latin ? .isoLatin1 : .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test func aBlockIsTakenAsItIs() throws {
    try machine.write("operator", "[cti]\nname = 'Standard'\nblock = '''\n\(Self.block)'''")
    let settings = try machine.load()
    #expect(settings.ctiName == "Standard")
    let server = try #require(settings.ctiServer)
    #expect(server.isPolled)
    #expect(server.request(Self.values).url == "http://localhost:8083/x?ident=&telorg=1024")
    #expect(settings.dialServer == nil)
  }

  @Test(arguments: [false, true])
  func aFileMayHoldBothBlocks(latin: Bool) throws {
    let path = try file(
      Self.block + "\n" + Self.dialling + "&who=Accueil%20\u{E9}".prefix(latin ? 20 : 0),
      latin: latin)
    try machine.write(
      "operator", "[cti]\nblock_file = '\(path)'\n[dial]\nthrough = 'rest'")
    let settings = try machine.load()
    #expect(settings.ctiServer?.isPolled == true)
    let url = try #require(settings.dialServer).request(Self.values).url
    #expect(url.hasPrefix("http://pbx.example/call?to=17"))
    #expect(settings.dialThrough == "rest")
  }

  @Test func theFieldsMakeAServerToo() throws {
    try machine.write(
      "operator",
      """
      [cti]
      url = "https://pbx.example/calls"
      methode = "POST"
      data = "station=$telorg$"
      contenttype = "application/x-www-form-urlencoded"
      type_return = "xml"
      xml_tel = "call"
      xml_result_tel_in_attrib = true
      xml_tel_attrib = "from"
      [cti.words]
      talking = "answer"
      idle = "none"
      """)
    let settings = try machine.load()
    let server = try #require(settings.ctiServer)
    #expect(server.isPolled)
    #expect(server.request(Self.values).body == "station=1024")
    #expect(
      server.answer
        == .xml(number: try #require(XMLPlace(path: "call", attribute: "from")), event: nil))
    #expect(settings.ctiWords == ["talking": "answer", "idle": "none"])
    #expect(try machine.load(screen: ["popup": "true"]).choosing([:]).ctiServer == server)
  }

  @Test func nothingIsConfiguredByItself() throws {
    let settings = try machine.load()
    #expect(settings.ctiServer == nil && settings.dialServer == nil && settings.dialThrough == nil)
  }

  @Test(arguments: [
    (
      "[cti]\nblock = '''\n\(block)'''\nurl = 'http://a.example/'",
      #"FILE:7: "cti.url": the CTI server is described by "cti.block" too: keep one"#
    ),
    (
      "[cti]\nblock_file = '/nowhere/block'",
      #"FILE:2: "cti.block_file": there is no /nowhere/block"#
    ),
    (
      "[cti]\nblock_file = '/x'\nblock = '<cliktocallevent>'",
      #"FILE:2: "cti.block_file": "cti.block" is given too: keep one"#
    ),
    (
      "station = '1'\n[cti]\nblock = '''\n<cliktocallevent>\n<with_event>1\n<url>http://a.example/\n<methode>FETCH\n<type_return>json <json_tel>tel'''",
      #"FILE:7: <methode>: "FETCH" is not known: write GET, POST, PUT, DELETE or nothing"#
    ),
    (
      "[cti]\nblock = '''<cliktocallevent> <with_event>1 <url>ftp://a.example/ <type_return>xml <xml_tel>tel'''",
      #"FILE:2: <url>: "ftp://a.example/" is no address: begin it with http:// or https:// and a host"#
    ),
    (
      "[cti]\nblock = 'nothing'",
      "FILE:2: there is text before the first key: remove it"
    ),
    ("[cti]\nblock = '\(dialling)'", "FILE:2: there is no <cliktocallevent> block"),
    (
      "[cti]\nurl = 'http://a.example/'\ntype_return = 'yaml'\njson_tel = 'tel'",
      #"FILE:3: "cti.type_return": "yaml" is not known: write json, xml or nothing"#
    ),
    (
      "[cti]\njson_tel = 'tel'\ntype_return = 'json'",
      #"FILE:3: "cti.url": it is empty: write the address of the CTI server"#
    ),
    (
      "[cti]\nwords = { a = 'maybe' }",
      #"FILE:2: "cti.words" gives "a" "maybe", which is none of "ring", "answer", "end", "request", "missed", "rejected", "elsewhere", "failed", "none""#
    ),
    (
      "[cti]\nname = 'relay'",
      #"FILE:2: "cti.name": another source has the name "relay": choose one"#
    ),
    (
      "[cti]\nname = 'asterisk'",
      #"FILE:2: "cti.name": another source has the name "asterisk": choose one"#
    ),
    (
      "[dial]\nthrough = 'rest'",
      #"FILE:2: "dial.through": no CTI server for dialling is described: write dial.block or dial.block_file"#
    ),
    (
      "[dial]\nthrough = 'command'",
      #"FILE:2: "dial.through": there is no program: write dial.command"#
    ),
    (
      "[dial]\nthrough = 'baresip'",
      #"FILE:2: "dial.through": no softphone is configured: write baresip.address"#
    ),
    (
      "[dial]\nblock = '<cliktocall> <url>http://a.example/call'",
      "FILE:2: neither <url> nor <data> holds $teldest$, the number to dial: write it there"
    ),
    (
      "[dial]\ncommand = ['dial', '{code}']",
      #"FILE:2: "dial.command" has {code}, of which a number knows nothing: there are {number}, {e164}, {station}"#
    ),
    (
      "[dial]\ncommand = ['dial']",
      #"FILE:2: "dial.command" would call the same number always: write {number} or {e164} in it"#
    ),
    (
      "[dial]\nurl = 'tel:{station}'",
      #"FILE:2: "dial.url" would call the same number always: write {number} or {e164} in it"#
    ),
  ])
  func mistakesAreToldWithTheirLine(text: String, sentence: String) throws {
    try machine.write("operator", text)
    #expect(machine.report() == [sentence])
  }

  @Test func aMistakeInAFileIsToldWithItsOwnLine() throws {
    let path = try file(Self.block + "\n<cliktocallevent>\n<url>x</url>")
    try machine.write("operator", "[cti]\nblock_file = '\(path)'")
    #expect(machine.report().count == 1)
    #expect(machine.report().first?.hasPrefix("\(path):6: </url> closes a key") == true)
  }

  @Test(arguments: [
    ("<headers>", "<headers>Authorization: Bearer s3cret"),
    ("$telorg$", "$telorg$&token=s3cret"), ("http://", "http://cti:s3cret@"),
    ("<data>", "<data>{\"password\":\"s3cret\"}"),
  ])
  func aFileWithAPasswordMustBeClosedToOthers(place: String, secret: String) throws {
    let text = Self.block.replacing(place, with: secret)
    let path = try file(text, mode: 0o644)
    try machine.write("operator", "[cti]\nblock_file = '\(path)'")
    #expect(
      machine.report() == [
        "\(path): it holds a password and others may read it: chmod o-rwx \(path)"
      ])
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(machine.report() == [])
    // Nothing is secret in the block itself.
    _ = try file(Self.block, mode: 0o644)
    #expect(machine.report() == [])
  }

  @Test func anUnknownKeyOfABlockIsANote() throws {
    try machine.write("operator", "[cti]\nblock = '''\(Self.block) <timeout>5'''")
    #expect(
      machine.shown(try machine.load().notes) == [
        "FILE:2: the key <timeout> is not known and has no effect"
      ])
  }
}
