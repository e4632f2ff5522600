import Foundation
import TestSupport

/// An operator's place: a store of the sample third parties, the window on station 1024, a softphone.
struct OperatorSite {
  /// The terminal with the window.
  let window: TmuxScreen
  /// The telephone on the same station.
  let phone: Softphone

  private let folder: TemporaryFolder
  private let environment: [String: String]
  private static let station = "1024"

  /// Imports the sample, opens the window, and starts the softphone with the launcher as its script.
  init() async throws {
    let folder = try TemporaryFolder()
    let environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8",
      "HOME": try folder.folder("home"),
      "XDG_CONFIG_HOME": try folder.folder("config"),
      "XDG_CONFIG_DIRS": try folder.folder("machine"),
      "XDG_DATA_HOME": try folder.folder("data"),
      "XDG_RUNTIME_DIR": try folder.folder("runtime"),
    ]
    self.folder = folder
    self.environment = environment

    let project = #filePath.dropLast("Tests/ChainTests/OperatorSite.swift".count)
    let imported = try await run(
      builtProgram("screenpop"), ["import", "\(project)Resources/sample-third-parties.csv"],
      environment: environment)
    guard imported.status == 0 else { throw Refused(description: imported.output) }

    window = try await TmuxScreen(
      builtProgram("screenpop"), ["watch", "--station", Self.station], environment: environment)
    // The window listens when its socket is there.
    let socket = folder.file("runtime/screenpop/window-\(Self.station).sock")
    try await window.wait(until: "the window's socket") { _ in
      FileManager.default.fileExists(atPath: socket)
    }
    // Twinkle cannot be given a program in a folder with blanks in its name.
    let launcher = folder.file("clicktocall")
    try FileManager.default.createSymbolicLink(
      atPath: launcher, withDestinationPath: builtProgram("clicktocall"))
    phone = try await Softphone(
      station: Self.station, script: "\(launcher) --station \(Self.station)", in: folder,
      environment: environment)
  }

  /// Lets somebody call the station, and waits until the phone rings.
  func call(_ scenario: SipCaller.Scenario, from number: String, name: String = "Caller")
    async throws -> SipCaller
  {
    let caller = try SipCaller(
      scenario, from: number, name: name, to: Self.station, phonePort: phone.port)
    try await caller.wait(for: "ringing")
    return caller
  }

  /// Waits until the journal holds one call, and it is as `holds` wants it; answers it.
  func loggedCall(_ what: String, _ holds: (LoggedCall) -> Bool) async throws -> LoggedCall {
    var last = ""
    return try await waitFor("one call in the journal, \(what)", instead: last) {
      last = try await run(builtProgram("screenpop"), ["log", "--json"], environment: environment)
        .output
      let lines = last.split(separator: "\n")
      guard lines.count == 1 else { return nil }
      let call = try JSONDecoder().decode(LoggedCall.self, from: Data(lines[0].utf8))
      return holds(call) ? call : nil
    }
  }

  /// A program of ours did not do its part.
  struct Refused: Error, CustomStringConvertible {
    /// What it printed.
    let description: String
  }
}

/// One line of `screenpop log --json`.
struct LoggedCall: Decodable {
  let number: String?
  let name: String?
  let code: String?
  let outcome: String
  let duration: Int?
}
