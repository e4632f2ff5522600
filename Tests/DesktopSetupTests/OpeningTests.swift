import DesktopSetup
import TestSupport
import Testing

/// What a desktop hands to the launcher when somebody else wrote the address.
@Suite(.serialized) struct OpeningTests {
  private static let gio = ["gio", "open"]
  private static let xdgOpen = ["xdg-open"]

  private static let hostile = [
    "ctidivalto:0388202122", "ctidivalto:$(touch x)", "ctidivalto:`touch x`;touch x|touch x",
    "ctidivalto:--event=end", "ctidivalto:\"0388202122\"", "ctidivalto:'0388202122'",
    "ctidivalto:0388202122%0aevent=end", "ctidivalto:03 88 20 21 22",
    "ctidivalto:0388202122\nevent=end", "ctidivalto:0388202122?popup&event=end",
    "ctidivalto:%u%f%%", "ctidivalto:\\\"*?[a-z]~#<>{}",
    "ctidivalto:" + String(repeating: "1", count: 5_000),
  ]

  @Test(arguments: [gio, xdgOpen])
  func anAddressIsOneArgumentOfData(opener: [String]) async throws {
    let desk = try Desk()
    _ = try desk.registry.register(.ctidivalto, launcher: try desk.launcher())
    for address in Self.hostile {
      #expect(try await desk.open(address, with: opener) == ["--", address])
    }
    #expect(contents(ofFile: desk.folder.file("x")).isEmpty)
  }

  /// Not with xdg-open, which takes the quotes that the specification asks for to be a part of the name.
  @Test(arguments: [
    "a b", "a\"b", "$HOME", "`id`", "back\\slash", "it's", "a&b;c|d<e>f(g)*?#~", "é",
  ])
  func aLauncherInAnOddFolder(name: String) async throws {
    let desk = try Desk()
    _ = try desk.registry.register(.ctidivalto, launcher: try desk.launcher(in: name))
    let started = try await desk.open("ctidivalto:0388202122", with: Self.gio)
    #expect(started == ["--", "ctidivalto:0388202122"])
    let checked = try await run(
      "desktop-file-validate", [desk.entry()], environment: desk.environment)
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked.output)")
  }

  @Test(arguments: ["a=b", "100%u", "a\nb", "a\u{1b}b"])
  func aLauncherThatNoDesktopCanStart(name: String) throws {
    let desk = try Desk()
    let launcher = desk.folder.file(name) + "/clicktocall"
    let error = #expect(throws: SetupError.self) {
      try desk.registry.register(.ctidivalto, launcher: launcher)
    }
    #expect(error?.kind == .launcher)
    #expect(desk.registry.registered.isEmpty)
  }

  @Test(arguments: [gio, xdgOpen])
  func whatOpenedTheProtocolBeforeDoesSoAgain(opener: [String]) async throws {
    let desk = try Desk()
    let launcher = try desk.launcher()
    try desk.folder.folder("data/applications")
    try desk.folder.write(
      """
      [Desktop Entry]
      Type=Application
      Name=Dialler
      Exec=\(launcher) dial %u
      MimeType=x-scheme-handler/tel;

      """, to: "data/applications/dialler.desktop")
    try desk.write("[Default Applications]\nx-scheme-handler/tel=dialler.desktop\n")
    #expect(try await desk.open("tel:1024", with: opener) == ["dial", "tel:1024"])
    _ = try desk.registry.register(.tel, launcher: launcher)
    #expect(try await desk.open("tel:1024", with: opener) == ["--", "tel:1024"])
    _ = try desk.registry.remove(.tel)
    #expect(try await desk.open("tel:1024", with: opener) == ["dial", "tel:1024"])
  }
}
