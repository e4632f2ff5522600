import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// Opening the record outside the window (R13).
  struct Opening {
    @Test func aCommandGetsItsArgumentsAsTheyAre() async throws {
      let workplace = try await Workplace()
      let script = try workplace.script(
        "erp",
        "printf '%s\\n' \"$#\" \"$@\" >\"$0.new\"; mv \"$0.new\" \"$0.said\"; echo noise; echo noise >&2"
      )
      try workplace.configure(
        #"open = ["\#(script)", "{code}", "{name}", "{e164}", "--n={number}", "{station}", "a b; $(id)", "{{x"]"#
      )
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "popup")
      let said = try await waitFor("the script's words") {
        let said = contents(ofFile: script + ".said")
        return said.isEmpty ? nil : said
      }
      #expect(
        said.split(separator: "\n", omittingEmptySubsequences: false) == [
          "7", "C00123", "Dupont SA", "+33388202122", "--n=0388202122", "1024", "a b; $(id)",
          "{x", "",
        ])
      let screen = try await window.wait(for: "Record opened: Dupont SA")
      #expect(!screen.contains("noise"))
    }

    @Test func aFailingCommandIsQuoted() async throws {
      let workplace = try await Workplace()
      let script = try workplace.script(
        "erp", "printf 'the ERP is \\033[31mclosed\\n' >&2; exit 3")
      try workplace.configure(#"open = ["\#(script)"]"#)
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122")
      try await window.wait(for: "Dupont SA")
      let screen = try await window.press("Enter", until: "closed")
      #expect(screen.contains("erp"))
      #expect(screen.contains("3"))
    }

    @Test func aMissingCommandIsNamed() async throws {
      let workplace = try await Workplace()
      try workplace.configure(#"open = ["/nonexistent/erp"]"#)
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122")
      try await window.wait(for: "Dupont SA")
      try await window.press("Enter", until: "/nonexistent/erp")
    }

    @Test func aURLGoesToTheDesktopPercentEncoded() async throws {
      var workplace = try await Workplace()
      let opener = try workplace.script(
        "xdg-open", "printf '%s\\n' \"$@\" >\"$0.new\"; mv \"$0.new\" \"$0.said\"")
      let folder = opener.dropLast("/xdg-open".count)
      workplace.environment["PATH", default: ""].insert(contentsOf: folder + ":", at: "".startIndex)
      try workplace.configure(
        #"open = "https://erp.example/p?c={code}&n={name}&t={e164}&s={station}""#)
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0199008866", "popup")
      try await window.wait(for: "Record opened")
      let said = try await waitFor("the opener's words") {
        let said = contents(ofFile: opener + ".said")
        return said.isEmpty ? nil : said
      }
      let name = "%E5%8C%97%E8%BE%B0%E8%8C%B6%E5%8F%B6%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8"
      #expect(
        said == "https://erp.example/p?c=C00412&n=\(name)&t=%2B33199008866&s=1024\n")
    }
  }
}

extension Workplace {
  /// Writes a script of the shell; answers its path.
  fileprivate func script(_ name: String, _ body: String) throws -> String {
    try folder.folder("bin")
    let path = try folder.write("#!/bin/sh\n\(body)\n", to: "bin/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }
}
