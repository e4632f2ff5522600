public import CallWire
import Foundation

/// A folder of its own for one test, removed with the value that owns it.
public final class TemporaryFolder: Sendable {
  /// Where it is; short, because a socket's path must be.
  public let path: String

  /// Creates it.
  public init() throws {
    path = "/tmp/screenpop-test-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The runtime folder of a user whose `XDG_RUNTIME_DIR` is this folder.
  public var runtime: RuntimeDirectory {
    let path = path
    return RuntimeDirectory { $0 == "XDG_RUNTIME_DIR" ? path : nil }
  }

  /// The names in a subfolder of the runtime folder, sorted; empty when there is none.
  public func names(in subfolder: String = "") -> [String] {
    let folder = runtime.path + "/" + subfolder
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Writes a file below the runtime folder, creating its folder.
  public func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: runtime.path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The permission bits of a file of the runtime folder, nil when there is no such file.
  public func mode(_ name: String = "") -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: runtime.path + "/" + name)
    return attributes?[.posixPermissions] as? Int
  }
}

/// Waits until the condition holds, ten seconds at most; false when it never did.
public func eventually(_ condition: () async -> Bool) async -> Bool {
  let deadline = ContinuousClock.now + .seconds(10)
  while ContinuousClock.now < deadline {
    if await condition() { return true }
    try? await Task.sleep(for: .milliseconds(2))
  }
  return await condition()
}
