import CTIBlock
import OperatorConfiguration
import Testing

/// What a trace tells of a configuration is enough to read its lines, and holds no secret.
struct RecordedTests {
  private static let text = """
    station = "1024"
    inhibit_busy = true
    ring_timeout = 45
    relay_url = "http://user:geheim@relay.example/getevent?token=geheim"
    relay_token_file = "/geheim"
    attention_command = ["curl", "-H", "X-Api-Key: geheim", "https://chat.example/"]
    labels_file = "/geheim"
    open_called = { "1" = "https://erp.example/geheim/{code}" }
    open = "https://erp.example/geheim/{code}"

    [baresip]
    address = "127.0.0.1"

    [cti]
    name = "Büro \\"1\\""
    words = { "klingelt" = "ring", "frei" = "none" }
    block = '''
    <cliktocallevent> <with_event>1 <url>https://cti.example/geheim?s=$telorg$ <methode>GET
    <headers>X-Api-Key: geheim <type_return>xml <xml_tel>call <xml_result_tel_in_attrib>1
    <xml_tel_attrib>from
    '''

    [asterisk]
    address = "pbx.example"
    user = "screenpop"
    secret_file = "/geheim"
    stations = ["1024", "1025"]

    [sip]
    server = "pbx.example"
    password_file = "/geheim"

    [freeswitch]
    address = "pbx.example"
    password_file = "/geheim"

    [csta]
    address = "pbx.example"
    password_file = "/geheim"

    [hooks]
    ring = ["curl", "https://chat.example/geheim"]
    missed = ["curl", "-u", "me:geheim", "https://chat.example/"]
    """

  @Test func whatATraceTellsReadsAsTheSame() throws {
    let machine = try Machine()
    try machine.write("operator", Self.text)
    let settings = try machine.load()
    let lines = settings.recorded
    #expect(!lines.contains { $0.contains("geheim") || $0.contains("cti.example") }, "\(lines)")
    let told = try Settings.recorded(lines)
    #expect(told.isRecorded && !settings.isRecorded)
    #expect(told.station == "1024")
    #expect(told.pop == settings.pop)
    #expect(told.relayURL != nil && told.relayTokenFile == nil)
    #expect(told.ctiName == settings.ctiName)
    #expect(told.ctiWords == settings.ctiWords)
    #expect(told.ctiServer?.answer == settings.ctiServer?.answer)
    #expect(told.ctiServer?.isPolled == true)
    #expect(told.asteriskStations == settings.asteriskStations)
    #expect(told.asteriskSecretFile != nil && told.sipPasswordFile != nil)
    #expect(told.freeswitchPasswordFile != nil && told.cstaPasswordFile != nil)
    #expect(told.baresipAddress == "127.0.0.1")
    #expect(told.recorded == lines)
  }

  @Test func everyFileWithASecretIsKnown() throws {
    let machine = try Machine()
    try machine.write("operator", Self.text)
    #expect(
      try machine.load().secretFiles.map(\.key) == [
        "relay_token_file", "asterisk.secret_file", "freeswitch.password_file",
        "csta.password_file", "sip.password_file",
      ])
  }

  @Test func nothingConfiguredIsNothingTold() throws {
    #expect(try Machine().load().recorded == [])
    #expect(try Settings.recorded([]).station == nil)
  }

  @Test func whatMakesNoSenseIsSaid() {
    for line in ["station = ", "colour = \"red\"", "min_digits = 90", "\u{1b}[2J"] {
      #expect(throws: ConfigurationError.self) { _ = try Settings.recorded([line]) }
    }
  }
}
