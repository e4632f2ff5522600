import DesktopSetup
import Foundation
import OperatorConfiguration
import TestSupport

/// A user's folders, with a launcher that writes down how it was started.
struct Desk {
  let folder: TemporaryFolder
  let environment: [String: String]

  init(desktop: String = "") throws {
    folder = try TemporaryFolder()
    environment = [
      "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder.path,
      "XDG_CONFIG_HOME": folder.file("config"), "XDG_CONFIG_DIRS": folder.file("machine"),
      "XDG_DATA_HOME": folder.file("data"), "XDG_CURRENT_DESKTOP": desktop, "DISPLAY": ":0",
    ]
  }

  var registry: DesktopRegistry {
    DesktopRegistry(Directories(environment: environment), environment: environment)
  }

  var mimeAppsList: String { folder.file("config/mimeapps.list") }

  func entry(_ name: URLProtocolName = .ctidivalto) -> String {
    folder.file("data/applications/screenpop-url-\(name).desktop")
  }

  /// Writes `mimeapps.list`, or one of another name beside it.
  func write(_ text: String, to name: String = "mimeapps.list") throws {
    try folder.folder("config")
    try folder.write(text, to: "config/" + name)
  }

  /// A program in a folder of this name that writes its arguments down, each ended by NUL.
  func launcher(in name: String = "bin") throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder.file(name), withIntermediateDirectories: true)
    let program = try folder.write(
      """
      #!/bin/sh
      printf '%s\\0' "$@" >'\(folder.file("arguments.new"))'
      mv '\(folder.file("arguments.new"))' '\(folder.file("arguments"))'

      """, to: name + "/clicktocall")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    return program
  }

  /// Lets a desktop's program open an address, and answers how the launcher was started.
  func open(_ address: String, with opener: [String]) async throws -> [String] {
    let file = folder.file("arguments")
    try? FileManager.default.removeItem(atPath: file)
    let opened = try await run(
      opener[0], opener.dropFirst() + [address], environment: environment)
    // gio does not wait for what it starts.
    try await waitUntil("the launcher's start", instead: opened.output) {
      FileManager.default.fileExists(atPath: file)
    }
    let words = contents(ofFile: file).split(separator: "\0", omittingEmptySubsequences: false)
    return words.dropLast().map { String($0) }
  }
}
