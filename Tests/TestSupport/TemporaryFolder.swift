import Foundation

/// A folder of its own for one test, removed with everything in it when nobody holds it any more.
///
/// The path is short, because the name of a Unix socket in it has at most 107 bytes.
public final class TemporaryFolder: Sendable {
  /// Absolute, without a slash at the end.
  public let path: String

  /// Makes a new folder with mode 0700.
  public init() throws {
    var template = Array("/tmp/sp-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFailure("make a folder in /tmp") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Makes a folder (mode 0700) in the folder, with those above it.
  @discardableResult
  public func folder(_ name: String) throws -> String {
    var made = path
    for part in name.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else {
        throw SystemFailure("make the folder \(made)")
      }
    }
    return made
  }

  /// Writes `text` to a file in the folder, replacing what it held; answers the path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    let path = file(name)
    guard let stream = fopen(path, "w") else { throw SystemFailure("write \(path)") }
    defer { fclose(stream) }
    guard fputs(text, stream) >= 0 else { throw SystemFailure("write \(path)") }
    return path
  }
}

/// The text of a file, invalid UTF-8 repaired; empty when there is no such file.
public func contents(ofFile path: String) -> String {
  guard let stream = fopen(path, "r") else { return "" }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&block, 1, block.count, stream), count > 0 {
    bytes += block[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
