import CTIBlock
import Foundation
import OperatorConfiguration
import RecordOpener
import Telephony
import Testing

/// One file with every key, and what each part of the program is told of it.
struct EveryKeyTests {
  private let machine: Machine
  private let settings: Settings

  init() throws {
    machine = try Machine()
    try machine.write("operator", Self.file)
    settings = try machine.load()
  }

  @Test func everyKeyIsInTheFile() {
    #expect(
      Key.allCases.filter { settings.origin(of: $0) != .operator(file: machine.path("operator")) }
        == [.fixed])
  }

  @Test func theWindowIsTold() throws {
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
    #expect(settings.trace == machine.folder + "/home/trace")
    #expect(!settings.keepsLog)
    #expect(settings.retentionDays == 30)
    #expect(settings.text(of: .open) == #"["erp", "--code={code}"]"#)
    #expect(settings.text(of: .corner) == "bottom-left")
    #expect(settings.text(of: .minDigits) == "6")
  }

  @Test func theSourcesAreTold() {
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
  }

  @Test func theSIPServerIsTold() {
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
  }

  @Test func theERPIsTold() throws {
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
  }

  private static let file = """
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
    """
}
