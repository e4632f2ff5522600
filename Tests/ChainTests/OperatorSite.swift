import Foundation
import TestSupport

/// An operator's place with the window on station 1024, and a softphone on the same station.
struct OperatorSite {
  /// The terminal with the window.
  let window: TmuxScreen
  /// The telephone on the same station.
  let phone: Softphone
  /// The operator's store and journal.
  let workplace: Workplace

  private static let station = "1024"

  /// Opens the window, and starts the softphone with the launcher as its script.
  init() async throws {
    workplace = try await Workplace()
    window = try await workplace.openWindow(station: Self.station)
    // Twinkle cannot be given a program in a folder with blanks in its name.
    let launcher = workplace.folder.file("clicktocall")
    try FileManager.default.createSymbolicLink(
      atPath: launcher, withDestinationPath: builtProgram("clicktocall"))
    phone = try await Softphone(
      station: Self.station, script: "\(launcher) --reply-name --station \(Self.station)",
      in: workplace.folder, environment: workplace.environment)
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
}
