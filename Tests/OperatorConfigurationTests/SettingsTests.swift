import CTIBlock
import Foundation
import OperatorConfiguration
import RecordOpener
import Telephony
import Testing

@Suite struct SettingsTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func needsNoFile() throws {
    let settings = try machine.load()
    #expect(settings.station == nil)
    #expect(settings.ident == "")
    #expect(settings.collaborator == nil)
    #expect(settings.corner == .topRight)
    #expect(settings.pop == PopOptions())
    #expect(settings.region == "FR")
    #expect(settings.outsidePrefix == "")
    #expect(settings.extensionDigits == 5)
    #expect(settings.open == .target(.card))
    #expect(settings.pollInterval == 5)
    #expect(settings.relayURL == nil)
    #expect(settings.relayTokenFile == nil)
    #expect(settings.fixed == [])
    #expect(settings.notes == [])
    #expect(Key.allCases.allSatisfy { settings.origin(of: $0) == .default })
  }

  @Test func readsEveryKey() throws {
    try machine.write(
      "operator",
      """
      station = 1024
      ident = "X"
      collaborator = "DUP"
      corner = "bottom-left"
      language = "de"
      accessible = true
      popup = true
      trigger = "answer"
      inhibit_unknown = true
      inhibit_busy = true
      inhibit_internal = true
      min_digits = 6
      region = "de"
      outside_prefix = "0"
      extension_digits = 4
      open = ["erp", "--code={code}"]
      labels = { "01 99 00 45 00" = "Support", "sales" = "Ventes" }
      labels_file = "~/labels.csv"
      inhibit_called = ["Ventes"]
      trigger_called = { "Support" = "ring" }
      open_called = { "Support" = "https://tickets.example/{code}", "sales" = ["crm", "{code}"], "0199004501" = "card", "0199004502" = "erp" }
      attention = ["osc", "notify", "command"]
      attention_numbers = true
      attention_command = ["say", "--", "{name}"]
      spool_age = 30
      ring_timeout = 45
      poll_interval = 10
      relay_url = "https://relay.example:8083/x"
      relay_token_file = "~/token"
      trace = "~/trace"
      log = "off"
      retention_days = 30

      [baresip]
      address = "127.0.0.1"
      port = 5555
      answer = true

      [cti]
      name = "PBX"
      block = ""
      block_file = ""
      words = { talking = "answer" }
      with_event = false
      url = "http://pbx.example/dial"
      methode = "put"
      data = "$telorg$"
      dataencode = "base64"
      headers = "X-Key: 7"
      contenttype = "text/plain"
      type_return = "xml"
      json_tel = "tel"
      json_event = "event"
      xml_tel = "tel"
      xml_event = "event"
      xml_result_tel_in_attrib = true
      xml_tel_attrib = "n"
      xml_result_event_in_attrib = true
      xml_event_attrib = "e"
      [store]
      parties = "/var/lib/screenpop/parties.sqlite"
      shared = true
      [lookup]
      command = ["who", "{e164}"]

      [dial]
      block = ""
      block_file = ""
      through = "command"
      command = ["dial", "{number}", "{station}"]
      url = "callto:{e164}"

      [asterisk]
      address = "pbx.example"
      user = "screenpop"
      secret_file = "~/secret"
      tls = true
      ca_file = "/etc/ssl/pbx.pem"
      port = 0
      technology = "SIP"
      context = "internal"
      stations = ["1024", "1024-home"]

      [freeswitch]
      address = "pbx.example"
      port = 8022
      user = "1024@pbx.example"
      password_file = "~/password"
      station = "1025"
      context = "internal"

      [csta]
      address = "pbx.example"
      port = 4722
      tls = true
      ca_file = "/etc/ssl/pbx.pem"
      session = true
      user = "screenpop"
      password_file = "~/password"
      device = "1024:CM1::0"
      edition = 3

      [mobile]
      service = "ofono"
      device = "phonesim"

      [fritzbox]
      address = "fritz.box"
      port = 1013
      numbers = ["030 23125012", "SIP0"]
      extensions = ["10", "**611"]
      area_code = "030"
      user = "operator"
      password_file = "~/password"
      telephone = "DECT: Office"
      url = "https://fritz.box:49443"
      ca_file = "~/box.pem"

      [erp]
      profile = "~/own.toml"
      connection = "DSN=company"
      password_file = "~/password"
      interval = 60
      full_at = 3
      live = false
      url = "https://erp.example"
      ca_file = "~/ca.pem"
      columns = { mobile = "TEL2" }
      new_url = "{base}/new?tel={number}"

      [hooks]
      ring = ["tell", "ring"]
      answer = ["tell", "{outcome}"]
      end = ["tell", "{seconds}"]
      missed = ["tell", "{direction}"]

      [sip]
      server = "pbx.example"
      port = 5070
      transport = "tcp"
      user = "watcher"
      password_file = "~/password"
      watch = 1024
      expires = 600
      ca_file = "~/ca.pem"
      subscribe = false
      listen = true
      elsewhere = "own"
      registrars = ["pbx2.example", "pbx3.example:5070"]
      """)
    let settings = try machine.load()
    #expect(settings.station == "1024")
    #expect(settings.ident == "X")
    #expect(settings.collaborator == "DUP")
    #expect(settings.corner == .bottomLeft)
    #expect(settings.accessible)
    #expect(
      settings.pop
        == PopOptions(
          trigger: .answer, popup: true, inhibitUnknown: true, inhibitBusy: true,
          inhibitInternal: true, minDigits: 6, spoolAge: 30, ringTimeout: 45))
    #expect(settings.labels == ["01 99 00 45 00": "Support", "sales": "Ventes"])
    #expect(settings.labelsFile == machine.folder + "/home/labels.csv")
    #expect(settings.inhibitCalled == ["Ventes"])
    #expect(settings.triggerCalled == ["Support": .ring])
    #expect(
      settings.openCalled == [
        "Support": .target(.url(try URLTemplate("https://tickets.example/{code}"))),
        "sales": .target(.command(try CommandTemplate(["crm", "{code}"]))),
        "0199004501": .target(.card), "0199004502": .erp,
      ])
    #expect(settings.storeParties == "/var/lib/screenpop/parties.sqlite")
    #expect(settings.storeShared)
    #expect(settings.lookupCommand == (try CommandTemplate(["who", "{e164}"])))
    #expect(settings.attention == [.osc, .notify, .command])
    #expect(settings.attentionNumbers)
    #expect(settings.attentionCommand == (try CommandTemplate(["say", "--", "{name}"])))
    #expect(settings.region == "DE")
    #expect(settings.outsidePrefix == "0")
    #expect(settings.extensionDigits == 4)
    #expect(settings.open == .target(.command(try CommandTemplate(["erp", "--code={code}"]))))
    #expect(settings.pollInterval == 10)
    #expect(settings.relayURL == "https://relay.example:8083/x")
    #expect(settings.relayTokenFile == machine.folder + "/home/token")
    #expect(settings.baresipAddress == "127.0.0.1")
    #expect(settings.baresipPort == 5555)
    #expect(settings.baresipAnswer)
    #expect(settings.ctiName == "PBX")
    #expect(settings.ctiWords == ["talking": "answer"])
    #expect(settings.ctiServer?.isPolled == false)
    #expect(settings.dialThrough == "command")
    #expect(settings.dialCommand == ["dial", "{number}", "{station}"])
    #expect(settings.dialURL == "callto:{e164}")
    #expect(settings.asteriskAddress == "pbx.example")
    #expect(settings.asteriskUser == "screenpop")
    #expect(settings.asteriskSecretFile == machine.folder + "/home/secret")
    #expect(settings.asteriskTLS)
    #expect(settings.asteriskCAFile == "/etc/ssl/pbx.pem")
    #expect(settings.asteriskPort == 5039)
    #expect(settings.asteriskTechnology == "SIP")
    #expect(settings.asteriskContext == "internal")
    #expect(settings.asteriskStations == ["1024", "1024-home"])
    #expect(settings.freeswitchAddress == "pbx.example")
    #expect(settings.freeswitchPort == 8022)
    #expect(settings.freeswitchUser == "1024@pbx.example")
    #expect(settings.freeswitchPasswordFile == machine.folder + "/home/password")
    #expect(settings.freeswitchStation == "1025")
    #expect(settings.freeswitchContext == "internal")
    #expect(settings.cstaAddress == "pbx.example" && settings.cstaPort == 4722)
    #expect(settings.cstaTLS && settings.cstaCAFile == "/etc/ssl/pbx.pem" && settings.cstaSession)
    #expect(settings.cstaUser == "screenpop")
    #expect(settings.cstaPasswordFile == machine.folder + "/home/password")
    #expect(settings.cstaDevice == "1024:CM1::0" && settings.cstaEdition == 3)
    #expect(settings.mobileService == "ofono" && settings.mobileDevice == "phonesim")
    #expect(settings.fritzboxAddress == "fritz.box")
    #expect(settings.fritzboxPort == 1013)
    #expect(settings.fritzboxNumbers == ["030 23125012", "SIP0"])
    #expect(settings.fritzboxExtensions == ["10", "**611"])
    #expect(settings.fritzboxAreaCode == "030")
    #expect(settings.fritzboxUser == "operator" && settings.fritzboxTelephone == "DECT: Office")
    #expect(settings.fritzboxPasswordFile == machine.folder + "/home/password")
    #expect(settings.fritzboxURL == "https://fritz.box:49443")
    #expect(settings.fritzboxCAFile == machine.folder + "/home/box.pem")
    #expect(settings.erpProfile == machine.folder + "/home/own.toml")
    #expect(settings.erpConnection == "DSN=company")
    #expect(settings.erpPasswordFile == machine.folder + "/home/password")
    #expect(settings.erpCAFile == machine.folder + "/home/ca.pem")
    #expect(settings.erpColumns == ["mobile": "TEL2"])
    #expect(settings.erpInterval == 60)
    #expect(settings.erpFullAt == 3)
    #expect(!settings.erpLive)
    #expect(settings.erpURL == "https://erp.example")
    #expect(settings.erpNewURL == "{base}/new?tel={number}")
    #expect(settings.open != .erp)
    #expect(settings.hook("end") == (try CommandTemplate(["tell", "{seconds}"])))
    #expect(settings.sipServer == "pbx.example")
    #expect(settings.sipPort == 5070)
    #expect(settings.sipTransport == "tcp")
    #expect(settings.sipUser == "watcher")
    #expect(settings.sipPasswordFile == machine.folder + "/home/password")
    #expect(settings.sipWatch == "1024")
    #expect(settings.sipExpires == 600)
    #expect(settings.sipCAFile == machine.folder + "/home/ca.pem")
    #expect(!settings.sipSubscribes && settings.sipListens && settings.sipElsewhereIsOwn)
    #expect(settings.sipRegistrars == ["pbx2.example", "pbx3.example:5070"])
    #expect(settings.trace == machine.folder + "/home/trace")
    #expect(!settings.keepsLog)
    #expect(settings.retentionDays == 30)
    #expect(settings.text(of: .open) == #"["erp", "--code={code}"]"#)
    #expect(settings.text(of: .corner) == "bottom-left")
    #expect(settings.text(of: .minDigits) == "6")
    #expect(
      Key.allCases.filter { settings.origin(of: $0) != .operator(file: machine.path("operator")) }
        == [.fixed])
  }

  @Test func strongerLayersWin() throws {
    try machine.write("second", "corner = 'top-left'\nmin_digits = 1\nident = 'second'")
    try machine.write("first", "corner = 'bottom-left'\nmin_digits = 2")
    try machine.write("operator", "min_digits = 3\ntrigger = 'ring'\nstation = '1'")
    let settings = try machine.load(
      screen: ["trigger": "answer", "popup": "true"],
      commandLine: ["station": "2", "popup": "false"])
    #expect(settings.ident == "second")
    #expect(settings.origin(of: .ident) == .machine(file: machine.path("second")))
    #expect(settings.corner == .bottomLeft)
    #expect(settings.origin(of: .corner) == .machine(file: machine.path("first")))
    #expect(settings.pop.minDigits == 3)
    #expect(settings.origin(of: .minDigits) == .operator(file: machine.path("operator")))
    #expect(settings.pop.trigger == .answer)
    #expect(settings.origin(of: .trigger) == .screen)
    #expect(settings.station == "2")
    #expect(settings.origin(of: .station) == .commandLine)
    #expect(settings.pop.popup == false)
    #expect(settings.origin(of: .popup) == .commandLine)
    #expect(settings.origin(of: .region) == .default)
  }

  @Test func fixedKeysEndAtTheMachine() throws {
    try machine.write("second", "fixed = ['region']\npopup = true")
    try machine.write("first", "fixed = ['trigger', 'popup', 'corner']\ntrigger = 'ring'")
    try machine.write("operator", "\npopup = false\nregion = 'DE'\ntrigger = 'ring'")
    let settings = try machine.load(
      screen: ["trigger": "answer"], commandLine: ["corner": "top-left", "station": "1"])
    #expect(settings.pop.trigger == .ring)
    #expect(settings.pop.popup)
    #expect(settings.region == "FR")
    #expect(settings.corner == .topRight)
    #expect(settings.station == "1")
    #expect(settings.fixed == [.trigger, .popup, .corner, .region])
    #expect(settings.isFixed(.popup) && !settings.isFixed(.station))
    #expect(settings.origin(of: .region) == .default)
    #expect(settings.origin(of: .trigger) == .machine(file: machine.path("first")))
    #expect(
      machine.shown(settings.notes) == [
        #"FILE:2: "popup" is fixed for this machine: SECOND holds with true"#,
        #"FILE:3: "region" is fixed for this machine: the default holds with "FR""#,
        #"options screen: "trigger" is fixed for this machine: MACHINE holds with "ring""#,
        #"command line: "corner" is fixed for this machine: the default holds with "top-right""#,
      ])
  }

  @Test func choicesOfTheScreenNeverPreventTheStart() throws {
    let settings = try machine.load(
      screen: ["trigger": "sometimes", "min_digits": "6", "popup": "yes", "tirgger": "ring"])
    #expect(settings.pop == PopOptions(minDigits: 6))
    #expect(settings.notes.count == 3)
    #expect(settings.notes.allSatisfy { $0.place == "options screen" && $0.line == nil })
  }

  @Test func choosingChangesOnlyTheScreensLayer() throws {
    try machine.write("first", "fixed = ['popup']")
    try machine.write("operator", "min_digits = 3")
    let settings = try machine.load(
      screen: ["trigger": "ring"], commandLine: ["corner": "top-left"])
    let later = settings.choosing(["min_digits": "4", "popup": "true"])
    #expect(later.pop == PopOptions(minDigits: 4))
    #expect(later.origin(of: .trigger) == .default)
    #expect(later.origin(of: .minDigits) == .screen)
    #expect(later.corner == .topLeft)
    #expect(later.notes.count == 1)
    #expect(later.choosing(["trigger": "ring"]) == settings)
  }

  @Test func emptyTextIsNone() throws {
    try machine.write("first", "station = '1024'\nrelay_url = 'http://x'\nrelay_token_file = '/t'")
    try machine.write("operator", "station = ''\nrelay_url = ''\nrelay_token_file = ''")
    let settings = try machine.load()
    #expect(settings.station == nil)
    #expect(settings.relayURL == nil)
    #expect(settings.relayTokenFile == nil)
  }

  @Test(arguments: [
    ("'card'", "card"), ("'https://e.example/{code}'", "https://e.example/{code}"),
    ("'myerp:{code}'", "myerp:{code}"), ("['erp']", #"["erp"]"#),
    (#"["/opt/erp", "a \"b\" \\ {{}}"]"#, #"["/opt/erp", "a \"b\" \\ {{}}"]"#),
  ])
  func readsHowARecordOpens(toml: String, text: String) throws {
    try machine.write("operator", "open = \(toml)")
    #expect(try machine.load().text(of: .open) == text)
  }

  @Test(arguments: [("command", ["dial.command phone"]), ("url", [])])
  func theProgramsThatItNamesAreKnown(_ way: String, _ dialling: [String]) throws {
    let machine = try Machine()
    try machine.write(
      "operator",
      """
      open = ["crm", "{code}"]
      open_called = { "Sales" = ["other", "{code}"], "Support" = "card" }
      lookup.command = ["/opt/ask", "{number}"]
      hooks.missed = ["note"]
      dial.through = "\(way)"
      dial.command = ["phone", "{number}"]
      """)
    #expect(
      try machine.load().programs.map { "\($0.option) \($0.program)" }
        == ["open crm", "open_called other", "lookup.command /opt/ask", "hooks.missed note"]
        + dialling)
  }
}
