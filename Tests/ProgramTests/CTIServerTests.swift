import Foundation
import RESTSupport
import TestSupport
import Testing

extension ProgramTests {
  /// A CTI server that is polled with an existing block, and that dials (R22 to R25, R32).
  struct CTIServers {
    /// A block as an installation has it; `URL` is the server's.
    private static let block = """
      [cti]
      name = "PBX"
      block = '''
      <cliktocallevent> <with_event>1 <url>URL/calls?s=$telorg$ <methode>GET <type_return>xml
      <xml_tel>call <xml_event>call <xml_result_tel_in_attrib>1 <xml_tel_attrib>from
      <xml_result_event_in_attrib>1 <xml_event_attrib>state
      <cliktocall> <url>URL/dial?s=$telorg$&n=$teldest$ <methode>POST
      '''
      words = { "klingelt" = "ring", "frei" = "none" }
      """

    private static func call(_ number: String, _ state: String) -> AnsweringServer.Answer {
      .ok(#"<calls><call from="\#(number)" state="\#(state)"/></calls>"#, type: "text/xml")
    }

    private func workplace(
      _ server: AnsweringServer, _ more: String = "", head: String = ""
    ) async throws -> Workplace {
      let workplace = try await Workplace()
      let cti = Self.block.replacing("URL", with: server.url(""))
      try workplace.configure("poll_interval = 1\n\(head)\n\(cti)\n\(more)")
      return workplace
    }

    @Test func aCallIsShownVanishesAndOutagesAreStates() async throws {
      let server = AnsweringServer { _ in Self.call("", "frei") }
      try await server.start()
      var workplace = try await workplace(server)
      workplace.environment["LC_ALL"] = nil
      workplace.environment["LANG"] = "fr_FR.UTF-8"
      let window = try await workplace.openWindow()
      try await window.wait(for: "● PBX")
      server.answer { _ in Self.call("0388202122", "klingelt") }
      try await window.wait(for: "Dupont SA")
      #expect(server.questions.last?.uri == "/calls?s=1024")

      server.answer { _ in Self.call("0388202122", "frei") }
      try await window.wait(for: "En attente")
      try await workplace.onlyCall("with outcome ringing") { $0.outcome == "ringing" }

      server.answer { _ in .status(500) }
      try await window.wait(for: "nouvel essai dans")
      server.answer { _ in .large(50_000_000) }
      try await window.wait(for: "more than 1000 kB")
      server.answer { _ in Self.call("0199004567", "klingelt") }
      try await window.wait(for: "● PBX")
      try await window.wait(for: "Garage Muller")
      try await server.stop()
    }

    /// The trace knows how the answers of the block are read, and not its address.
    @Test func aTraceOfTheAnswersGivesTheSameJournal() async throws {
      let server = AnsweringServer { _ in Self.call("", "frei") }
      try await server.start()
      let workplace = try await workplace(server)
      let path = workplace.folder.file("trace")
      let window = try await workplace.openWindow("--trace", path, "--trace-numbers")
      try await window.wait(for: "● PBX")
      server.answer { _ in Self.call("0388202122", "klingelt") }
      try await window.wait(for: "Dupont SA")
      server.answer { _ in Self.call("0199009999", "klingelt") }
      try await window.wait(for: "01 99 00 99 99")
      server.answer { _ in Self.call("", "frei") }
      try await window.wait(for: "Waiting")
      try await workplace.clicktocall("0199001111")
      try await window.wait(for: "01 99 00 11 11")
      #expect(try await workplace.sameJournal(path).count == 3)
      #expect(!contents(ofFile: path).contains("127.0.0.1/calls"))
      try await server.stop()
    }

    @Test func withoutAStationTheServerIsNotAsked() async throws {
      let server = AnsweringServer { _ in Self.call("", "") }
      try await server.start()
      let workplace = try await workplace(server)
      let window = try await workplace.openWindow(station: nil)
      try await window.wait(for: "– PBX")
      #expect(server.asked == 0)
      try await server.stop()
    }

    @Test func aKeyOnTheJournalDialsAndTheAnswerIsShown() async throws {
      let server = AnsweringServer {
        $0.method == "POST" ? .ok("queued as 17", type: "text/plain") : Self.call("", "frei")
      }
      try await server.start()
      let workplace = try await workplace(
        server, "[dial]\nthrough = \"rest\"", head: "outside_prefix = \"0\"")
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("--event", "ring", "--call-id", "1", "0388202122")
      try await window.wait(for: "Dupont SA")
      try await workplace.clicktocall("--event", "end", "--call-id", "1", "--reason", "missed")
      try await window.wait(for: "missed")
      try await window.press("Down")
      try await window.wait(for: "d call")
      try await window.press("d", until: "queued as 17")
      #expect(server.questions.last { $0.method == "POST" }?.uri == "/dial?s=1024&n=00388202122")

      // Our own call, of which the server does not say that it goes out.
      server.answer { _ in Self.call("00388202122", "klingelt") }
      let screen = try await window.wait(for: "outgoing")
      #expect(!screen.contains("Incoming call"))
      try await server.stop()
    }

    @Test func theCommandDialsAndSaysWhatCameOfIt() async throws {
      let server = AnsweringServer { question in
        question.uri.hasSuffix("n=1025") ? .status(500) : .ok("queued", type: "text/plain")
      }
      try await server.start()
      let workplace = try await workplace(
        server, "[dial]\nthrough = \"rest\"", head: "station = \"1024\"")
      let done = try await workplace.screenpop("dial", "03 88 20 21 22")
      #expect(done.status == 0)
      #expect(done.output == "0388202122: queued\n")
      let failed = try await workplace.screenpop("dial", "1025")
      #expect(failed.status == 69)
      #expect(failed.output.contains("answered 500: look at its log"))
      #expect(try await workplace.screenpop("dial", "1025; reboot").status == 65)
      #expect(try await workplace.screenpop("dial", "*21#").status == 64)
      #expect(server.asked == 2)
      #expect(try await workplace.screenpop("dial", "--yes", "*21#").status == 0)
      #expect(server.questions.last?.uri == "/dial?s=1024&n=%2A21%23")
      try await server.stop()
    }

    @Test func aProgramGetsTheNumberAsOneArgument() async throws {
      let workplace = try await Workplace()
      try workplace.folder.folder("bin")
      let path = try workplace.folder.write(
        "#!/bin/sh\nprintf '%s|' \"$@\" >\"$0.new\"; mv \"$0.new\" \"$0.said\"\n", to: "bin/dial")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      try workplace.configure(
        """
        station = "1024"
        [dial]
        through = "command"
        command = ["\(path)", "{number}", "{e164}", "{station}"]
        """)
      #expect(try await workplace.screenpop("dial", "+49 30 123456").status == 0)
      #expect(contents(ofFile: path + ".said") == "004930123456|+4930123456|1024|")
    }

    @Test func withoutAWayToDialTheCommandSaysSo() async throws {
      let done = try await Workplace().screenpop("dial", "0388202122")
      #expect(done.status == 78)
      #expect(done.output.contains("dial.through"))
    }
  }
}
