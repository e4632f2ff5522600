import Foundation
import OperatorConfiguration
import OperatorWindow
import TestSupport
import Testing
import TextForms

/// Passwords and tokens come out of files that nobody else may read.
struct SecretFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String, mode: Int = 0o600) throws -> String {
    let path = folder.file("secret")
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test(arguments: ["geheim", "geheim\n", "geheim\r\nsecond line\n"])
  func theFirstLineIsTheSecret(text: String) throws {
    #expect(try SecretFile.line(of: file(text), key: "x") == "geheim")
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o622])
  func whatOthersMayReadOrChangeIsRefused(mode: Int) throws {
    let path = try file("geheim", mode: mode)
    #expect {
      try SecretFile.line(of: path, key: "sip.password_file")
    } throws: { error in
      let text = "\(error)"
      return error is ConfigurationError && text.hasPrefix("sip.password_file: ")
        && text.contains("chmod 0600") && !text.contains("geheim")
    }
  }

  @Test func whatHoldsNoSecretIsRefused() throws {
    let empty = try file("\n")
    #expect(throws: ConfigurationError.self) { try SecretFile.line(of: empty, key: "x") }
    let long = try file(String(repeating: "x", count: 2_000))
    #expect(throws: ConfigurationError.self) { try SecretFile.line(of: long, key: "x") }
    #expect(throws: ConfigurationError.self) {
      try SecretFile.line(of: folder.path, key: "x")
    }
    #expect(throws: ConfigurationError.self) {
      try SecretFile.line(of: folder.file("absent"), key: "x")
    }
  }
}
