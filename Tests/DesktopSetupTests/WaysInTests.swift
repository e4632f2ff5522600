import DesktopSetup
import Foundation
import OperatorConfiguration
import TestSupport
import Testing

struct WaysInTests {
  private func ways(
    launcher: String = "/usr/bin/clicktocall", station: String? = "1024", ident: String = "",
    relay: String? = nil, needsToken: Bool = false
  ) -> WaysIn {
    WaysIn(
      launcher: launcher, protocols: [.ctidivalto], station: station, ident: ident, relay: relay,
      needsToken: needsToken, socket: "/run/user/1000/screenpop/window-1024.sock")
  }

  private func examples(_ name: String, _ ways: WaysIn) -> [String] {
    ways.ways.filter { $0.name == name }.flatMap(\.examples)
  }

  @Test(arguments: [
    (nil, "http://127.0.0.1:8083/DhDivaltoServerCTI/api/cti/"),
    ("https://relay.example/cti/getevent", "https://relay.example/cti/"),
    // Neither a password nor a token is printed, nor another server's address as if it were a relay's.
    ("http://user:secret@relay.example/getevent?token=secret", "http://relay.example/"),
    ("http://cti.example/calls?key=secret", "http://127.0.0.1:8083/DhDivaltoServerCTI/api/cti/"),
  ])
  func theRelaysAddress(relay: String?, base: String) {
    let ways = ways(relay: relay)
    let told = "\(base)setevent?ident=&telorg=1024&tel=0388202122&event="
    #expect(examples("relay", ways) == ["ring", "answer", "end"].map { told + $0 })
    #expect(examples("poll, in config.toml", ways) == ["relay_url = \"\(base)getevent\""])
    #expect(ways.remarks.count == 1)
  }

  @Test func stationAndIdentAreEncoded() {
    let address = examples("relay", ways(station: "10 24&x", ident: "é")).first
    #expect(address?.contains("?ident=%C3%A9&telorg=10%2024%26x&tel=") == true)
  }

  @Test func whatIsMissingIsSaid() {
    let ways = ways(station: nil, needsToken: true)
    #expect(examples("relay", ways)[0].contains("telorg=EXTENSION&"))
    #expect(ways.remarks.contains { $0.contains("No station is configured") })
    #expect(ways.remarks.contains { $0.contains("&token=") })
  }

  /// The tables are read as they stand, and together.
  @Test(arguments: ["1024", nil, "10\"24\\"])
  func theTablesAreOnesOfTheConfiguration(station: String?) throws {
    let home = try TemporaryFolder()
    try home.folder("config/screenpop")
    let lines = ways(station: station).systems.flatMap(\.examples)
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: home.file("config/screenpop/config.toml"), atomically: true, encoding: .utf8)
    let settings = try Settings.load(
      directories: Directories(environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.file("config"), "XDG_CONFIG_DIRS": home.path,
      ]))
    #expect(settings.notes.isEmpty)
    #expect(settings.baresipAnswer && settings.asteriskUser == "screenpop")
    #expect(settings.fritzboxAddress == "fritz.box")
    #expect(settings.freeswitchUser == "\(station == nil ? "EXTENSION" : "1024")@pbx.example")
    #expect(settings.sipServer == "pbx.example" && settings.sipListens)
  }

  @Test func aFolderWithABlankIsQuoted() {
    let ways = ways(launcher: "/opt/my tools/clicktocall")
    #expect(examples("words", ways)[0] == "\"/opt/my tools/clicktocall\" 0388202122")
    #expect(examples("Twinkle", ways).isEmpty)
    #expect(ways.remarks.contains { $0.contains("Twinkle cannot") })
  }
}
