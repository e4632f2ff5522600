import Glibc
import TestSupport
import Testing

/// The program itself, with Kamailio as its telephone system.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct WindowTests {
  @Test func theWindowFollowsItsStation() async throws {
    let server = try await Kamailio(algorithm: "SHA-256")
    let workplace = try await Workplace()
    let password = try workplace.folder.write("secret\n", to: "password")
    chmod(password, 0o600)
    try workplace.configure(
      """
      [sip]
      server = "127.0.0.1"
      port = \(server.port)
      transport = "tcp"
      watch = "1024@pbx.example"
      password_file = "\(password)"
      """)
    let path = workplace.folder.file("trace")
    let window = try await workplace.openWindow("--trace", path, "--trace-numbers")
    try await window.wait(for: "● sip")

    try await missOneTakeAnother(server, workplace, window)

    // The subscription that a trace tells of has the same calls, and no digest is in it.
    try await workplace.sameJournal(path)
    let text = contents(ofFile: path)
    #expect(text.contains(" sip > SUBSCRIBE ") && text.contains("\\r\\nProxy-Authorization:**"))
    #expect(!text.contains("response=") && !text.contains("cnonce"))

    try await server.kill()
    try await window.wait(for: "could not be reached")
    try await server.start()
    try await window.wait(for: "● sip")
  }

  /// A call that is missed, and one that the station takes: a line each.
  private func missOneTakeAnother(
    _ server: Kamailio, _ workplace: Workplace, _ window: TmuxScreen
  ) async throws {
    let missed = try await SipCall(.cancelled, from: "0388202122", to: "1024", by: server)
    try await window.wait(for: "Dupont SA")
    try await missed.callerActs()
    try await workplace.onlyCall("missed") { $0.outcome == "missed" && $0.code == "C00123" }

    let taken = try await SipCall(
      .answered, from: "0199004567", to: "1024", by: server, id: "second")
    try await window.wait(for: "Garage Muller")
    try taken.phoneActs()
    try await workplace.journal(until: "an answered call") { $0.last?.outcome == "answered" }
    try await taken.callerActs()
    try await workplace.journal(until: "its duration") { $0.last?.duration != nil && $0.count == 2 }
  }

  /// The telephone and dialog state together: one line a call, and who took it.
  @Test func theTelephoneBesideDialogState() async throws {
    let server = try await Kamailio(algorithm: "MD5")
    let workplace = try await Workplace()
    let password = try workplace.folder.write("secret\n", to: "password")
    chmod(password, 0o600)
    try workplace.configure(
      """
      [sip]
      server = "127.0.0.1"
      port = \(server.port)
      watch = "1024@pbx.example"
      password_file = "\(password)"
      listen = true
      """)
    let path = workplace.folder.file("trace")
    let window = try await workplace.openWindow("--trace", path, "--trace-numbers")
    try await window.wait(for: "● sip-telephone")
    try await window.wait(for: "● sip ")

    try await missOneTakeAnother(server, workplace, window)
    try await workplace.sameJournal(path)
    #expect(contents(ofFile: path).contains(" sip-telephone < CANCEL "))
  }

  @Test func aPasswordThatOthersMayReadIsRefused() async throws {
    let workplace = try await Workplace(sample: false)
    let password = try workplace.folder.write("secret\n", to: "password")
    chmod(password, 0o644)
    try workplace.configure("[sip]\nserver = \"127.0.0.1\"\npassword_file = \"\(password)\"\n")
    let run = try await workplace.screenpop("watch", "--station", "1024")
    #expect(run.status == 78)
    #expect(run.output.contains("others than its owner may read"))
    #expect(!run.output.contains("secret"))
  }
}
