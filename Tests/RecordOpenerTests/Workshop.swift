import Foundation
import RecordOpener
import Telephony
import TestSupport

/// A temporary folder that serves as PATH, with programs written for one test; gone with the value.
final class Workshop: Sendable {
  private let temporary: TemporaryFolder
  var folder: String { temporary.path }

  init() throws { temporary = try TemporaryFolder() }

  /// The environment in which only this folder's programs and the system's tools are found.
  var environment: [String: String] {
    ["PATH": "\(folder)/bin", "TOOLS": "/usr/bin:/bin", "OUT": folder]
  }

  /// Writes a shell script `name` into the PATH. `$OUT` is the folder; the usual tools are found.
  func script(_ name: String, _ body: String) throws {
    let bin = folder + "/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    let path = "\(bin)/\(name)"
    try "#!/bin/sh\nPATH=$TOOLS\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// What a script wrote to `$OUT/name`, nil when it wrote nothing.
  func output(_ name: String) -> Data? {
    FileManager.default.contents(atPath: "\(folder)/\(name)")
  }

  /// The lines of `$OUT/name`.
  func lines(_ name: String) -> [String] {
    String(decoding: output(name) ?? Data(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
  }

  /// The names of all files that the scripts left.
  var files: Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).subtracting(["bin"])
  }
}

extension RecordValues {
  /// The sample party, with what a test wants different.
  static func sample(
    code: String = "C00123", name: String = "Dupont SA", contact: String? = "Marie Dupont",
    number: PhoneNumber? = PhoneNumber(.complete, "+33388202122"),
    text: String = "03 88 20 21 22"
  ) -> RecordValues {
    RecordValues(
      party: ThirdPartySummary(code: code, id: 7, kind: .customer, name: name), contact: contact,
      number: number, text: text, station: "1024")
  }
}
