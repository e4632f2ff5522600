import DesktopSetup
import Foundation
import TestSupport
import Testing

/// What registering writes, and that removing leaves nothing behind.
struct RegistryTests {
  private static let ours = "screenpop-url-tel.desktop"
  private static let line = "x-scheme-handler/tel=\(ours);\n"
  private static let launcher = "/usr/local/bin/clicktocall"

  /// Lists before and after, by what is odd in them; removing brings the first back, to the byte.
  private static let lists = [
    ("", "[Default Applications]\n" + line),
    (
      "[Added Associations]\ntext/html=firefox.desktop;\n",
      "[Added Associations]\ntext/html=firefox.desktop;\n\n[Default Applications]\n" + line
    ),
    ("# kept", "# kept\n\n[Default Applications]\n" + line),
    (
      "[Default Applications]\ntext/html=firefox.desktop\n",
      "[Default Applications]\n\(line)text/html=firefox.desktop\n"
    ),
    (
      "[Default Applications]\nx-scheme-handler/tel=calls.desktop\n",
      "[Default Applications]\nx-scheme-handler/tel=\(ours);calls.desktop\n"
    ),
    (
      "[Default Applications]\r\nx-scheme-handler/tel = a.desktop;b.desktop; \r\n\r\n[Other]\r\nx=y",
      "[Default Applications]\r\nx-scheme-handler/tel = \(ours);a.desktop;b.desktop; \r\n\r\n"
        + "[Other]\r\nx=y"
    ),
    (
      "x-scheme-handler/tel=no.desktop\n[Added Associations]\nx-scheme-handler/tel=a.desktop;\n"
        + "[Default Applications]\nx-scheme-handler/telnet=t.desktop\n#x-scheme-handler/tel=c.desktop\n",
      "x-scheme-handler/tel=no.desktop\n[Added Associations]\nx-scheme-handler/tel=a.desktop;\n"
        + "[Default Applications]\n\(line)x-scheme-handler/telnet=t.desktop\n"
        + "#x-scheme-handler/tel=c.desktop\n"
    ),
    (
      "[Default Applications]\nx-scheme-handler/tel=a.desktop\nx-scheme-handler/tel=b.desktop\n",
      "[Default Applications]\nx-scheme-handler/tel=\(ours);a.desktop\n"
        + "x-scheme-handler/tel=\(ours);b.desktop\n"
    ),
    (
      "\u{FEFF}garbage\u{1}=\n[\n[]\n=\n;\n[Default Applications\n",
      "\u{FEFF}garbage\u{1}=\n[\n[]\n=\n;\n[Default Applications\n\n[Default Applications]\n"
        + line
    ),
  ]

  @Test(arguments: lists)
  func everythingElseInTheListStays(before: String, after: String) throws {
    let desk = try Desk()
    try desk.write(before)
    _ = try desk.registry.register(.tel, launcher: Self.launcher)
    #expect(contents(ofFile: desk.mimeAppsList).unicodeScalars.elementsEqual(after.unicodeScalars))
    #expect(try desk.registry.register(.tel, launcher: Self.launcher).isEmpty)
    _ = try desk.registry.remove(.tel)
    let left = contents(ofFile: desk.mimeAppsList)
    // A last line without its end gets one when something comes behind it.
    #expect(left == before || left == before + "\n")
    #expect(try desk.registry.remove(.tel).isEmpty)
  }

  @Test func bytesThatAreNoTextStay() throws {
    let desk = try Desk()
    try desk.write("")
    let old = Data([0x23, 0xFF, 0xC0, 0x00, 0x0A])
    try old.write(to: URL(filePath: desk.mimeAppsList))
    _ = try desk.registry.register(.tel, launcher: Self.launcher)
    _ = try desk.registry.remove(.tel)
    #expect(try Data(contentsOf: URL(filePath: desk.mimeAppsList)) == old)
  }

  @Test func itSaysWhatItDid() throws {
    let desk = try Desk()
    try desk.write("[Default Applications]\nx-scheme-handler/tel=calls.desktop;\n")
    let (list, entry) = (desk.mimeAppsList, desk.entry(.tel))
    #expect(
      try desk.registry.register(.tel, launcher: Self.launcher) == [
        "tel: wrote \(entry), which starts \(Self.launcher)",
        "tel: made it the default in \(list), before calls.desktop, which comes back with --remove",
      ])
    #expect(
      try desk.registry.register(.tel, launcher: "/opt/clicktocall") == [
        "tel: wrote \(entry), which starts /opt/clicktocall"
      ])
    #expect(
      try desk.registry.remove(.tel) == [
        "tel: took it out of \(list); calls.desktop opens it again", "tel: removed \(entry)",
      ])
  }

  @Test func nothingIsLeftBehind() throws {
    let desk = try Desk()
    for name in [URLProtocolName.ctidivalto, .tel, .callto] {
      _ = try desk.registry.register(name, launcher: Self.launcher)
    }
    #expect(desk.registry.registered == [.callto, .ctidivalto, .tel])
    for name in desk.registry.registered { _ = try desk.registry.remove(name) }
    #expect(desk.registry.registered.isEmpty)
    for folder in ["config", "data/applications"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder.file(folder))
      #expect(names.isEmpty)
    }
  }

  /// The user said once that ours must not open the protocol; now they say that it must.
  @Test func aRefusalIsTakenBack() throws {
    let desk = try Desk()
    try desk.write("[Removed Associations]\nx-scheme-handler/tel=\(Self.ours);a.desktop;\n")
    _ = try desk.registry.register(.tel, launcher: Self.launcher)
    #expect(
      contents(ofFile: desk.mimeAppsList)
        == "[Removed Associations]\nx-scheme-handler/tel=a.desktop;\n\n[Default Applications]\n"
        + Self.line)
  }

  @Test func aLinkStaysALinkAndAModeAMode() throws {
    let desk = try Desk()
    try desk.folder.folder("config")
    let kept = try desk.folder.write("# mine\n", to: "kept")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: kept)
    try FileManager.default.createSymbolicLink(
      atPath: desk.mimeAppsList, withDestinationPath: kept)
    _ = try desk.registry.register(.tel, launcher: Self.launcher)
    #expect(contents(ofFile: kept).contains(Self.line))
    let attributes = try FileManager.default.attributesOfItem(atPath: kept)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: desk.mimeAppsList) == kept)
  }

  @Test func aListOfOneDesktopComesFirst() throws {
    let desk = try Desk(desktop: "ubuntu:GNOME:../x")
    try desk.write(
      "[Default Applications]\nx-scheme-handler/tel=calls.desktop\n", to: "gnome-mimeapps.list")
    _ = try desk.registry.register(.tel, launcher: Self.launcher)
    #expect(
      try desk.registry.overruled(.tel) == [
        "tel: \(desk.folder.file("config/gnome-mimeapps.list")) says calls.desktop, and comes first"
          + " here: take it out there"
      ])
    #expect(try desk.registry.overruled(.ctidivalto).isEmpty)
  }

  @Test func whatCannotBeReadOrWrittenIsSaid() throws {
    let large = try Desk()
    try large.write(String(repeating: "#\n", count: 600_000))
    let folder = try Desk()
    try folder.folder.folder("config/mimeapps.list")
    let pipe = try Desk()
    try pipe.folder.folder("config")
    #expect(mkfifo(pipe.mimeAppsList, 0o600) == 0)
    let file = try Desk()
    try file.folder.write("", to: "data")
    for (desk, words) in [
      (large, "mimeapps.list: it is longer than 1 MiB"), (folder, "mimeapps.list: Is a directory"),
      (pipe, "mimeapps.list: it is no ordinary file"), (file, "data/applications: Not a directory"),
    ] {
      let error = #expect(throws: SetupError.self) {
        try desk.registry.register(.tel, launcher: Self.launcher)
      }
      #expect(error?.kind == .cannotOpen)
      #expect(error?.sentence.hasPrefix("could not ") == true)
      #expect(error?.sentence.hasSuffix(words) == true, "\(error?.sentence ?? "")")
    }
  }
}
