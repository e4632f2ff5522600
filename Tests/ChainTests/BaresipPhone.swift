import Foundation
import TestSupport

/// baresip (version 1.0.0 of Debian 12) on an operator's station, without sound or registrar.
///
/// It reads its configuration from a folder. Without a registrar it sends its own calls to `outbound`.
final class BaresipPhone {
  /// Where it listens for SIP.
  let port: UInt16
  /// Where its module ctrl_tcp listens for commands.
  let controlPort: UInt16
  private let consolePort: UInt16
  private let folder: TemporaryFolder
  private let name: String
  private var process: Child?

  /// Starts the phone of the station and waits until it is ready.
  init(station: String, outbound: UInt16? = nil, in folder: TemporaryFolder) async throws {
    self.folder = folder
    name = "baresip-\(station)"
    (port, controlPort, consolePort) = (
      try LoopbackPort.free(), try LoopbackPort.free(), try LoopbackPort.free()
    )
    try folder.folder(name)
    try folder.write(
      """
      module_path /usr/lib/baresip/modules
      module g711.so
      module aubridge.so
      module_tmp uuid.so
      module_tmp account.so
      module_app menu.so
      module_app ctrl_tcp.so
      module_app cons.so
      ctrl_tcp_listen 127.0.0.1:\(controlPort)
      cons_listen 127.0.0.1:\(consolePort)
      sip_listen 127.0.0.1:\(port)
      audio_source aubridge,nil
      audio_player aubridge,nil
      audio_alert aubridge,nil

      """, to: "\(name)/config")
    let route = outbound.map { ";outbound=\"sip:127.0.0.1:\($0)\"" } ?? ""
    try folder.write(
      "<sip:\(station)@127.0.0.1>;regint=0;answermode=manual\(route)\n", to: "\(name)/accounts")
    try folder.write("", to: "\(name)/contacts")
    try await start()
  }

  /// Starts it again, after ``kill()``.
  func start() async throws {
    let output = folder.file("\(name)/output")
    process = try Child(
      "baresip", ["-f", folder.file(name)], environment: ["HOME": folder.file(name)],
      output: output)
    try await waitUntil("baresip", instead: contents(ofFile: output)) {
      contents(ofFile: output).contains("baresip is ready")
    }
  }

  /// Ends it as a crash does.
  func kill() { process = nil }

  /// Types a command on its console: `/dial 0199001111`, `/hangup`.
  func command(_ words: String) throws { try LoopbackPort.send(words + "\n", to: consolePort) }

  /// The part of a configuration file that makes a window follow this phone.
  var configuration: String {
    """
    [baresip]
    address = "127.0.0.1"
    port = \(controlPort)
    answer = true

    """
  }
}
