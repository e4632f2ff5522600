import TestSupport
import Testing

/// The systemd unit is one that systemd takes, and starts the relay.
struct UnitTests {
  @Test func systemdTakesTheUnit() async throws {
    let project = #filePath.dropLast("Tests/RelayServerTests/UnitTests.swift".count)
    let unit = contents(ofFile: "\(project)Resources/ctirelay.service")
    let installed = "/usr/local/bin/ctirelay"
    #expect(unit.contains("ExecStart=\(installed) $OPTIONS\n"))
    // systemd looks for the program; here it is not installed.
    let folder = try TemporaryFolder()
    let copy = try folder.write(
      unit.replacing(installed, with: builtProgram("ctirelay")), to: "ctirelay.service")
    let verdict = try await run(
      "systemd-analyze", ["--man=no", "--recursive-errors=no", "verify", copy],
      environment: RunningRelay.environment)
    #expect(verdict.status == 0)
    #expect(verdict.output == "")
  }
}
