public import CallWire
import Foundation
public import TestSupport

extension TemporaryFolder {
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

  /// Puts a file with this text below the runtime folder, creating its folder.
  public func place(_ text: String, at name: String) throws {
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

/// Waits until the condition holds; false when it did not in time.
public func eventually(_ condition: () async -> Bool) async -> Bool {
  do {
    try await waitUntil("the condition holds") { await condition() }
    return true
  } catch {
    return false
  }
}
