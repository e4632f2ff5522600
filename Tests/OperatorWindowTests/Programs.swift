import Foundation
import OperatorConfiguration
import OperatorScreen
import Synchronization
import TestSupport

/// A folder with a configuration and with programs that were written for one test.
final class Programs: Sendable {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// In which only these programs are found.
  var environment: [String: String] { ["PATH": folder.path] }

  /// Writes a shell script `name`; `$OUT` is the folder, and the usual tools are found.
  func write(_ name: String, _ body: String) throws {
    let path = "\(folder.path)/\(name)"
    let text = "#!/bin/sh\nOUT='\(folder.path)'\nPATH=/usr/bin:/bin\n\(body)\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// The lines that a program wrote to `$OUT/name`.
  func lines(_ name: String) -> [String] {
    let data = FileManager.default.contents(atPath: "\(folder.path)/\(name)") ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The settings of an operator's file with this text.
  func settings(_ text: String) throws -> Settings {
    let home = folder.path + "/screenpop"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try text.write(toFile: home + "/config.toml", atomically: true, encoding: .utf8)
    return try Settings.load(
      directories: Directories(environment: [
        "HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "XDG_CONFIG_DIRS": folder.path + "/x",
      ]))
  }
}

/// What was handed over, in order.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  var all: [Element] { elements.withLock { $0 } }
  @Sendable func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

extension Collected<Message> {
  /// What went wrong.
  var sentences: [String] {
    all.compactMap { if case .trouble(_, let sentence) = $0 { sentence } else { nil } }
  }
}
