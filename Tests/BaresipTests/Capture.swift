import Foundation

/// What baresip 1.0.0 sent during one call, byte for byte.
enum Capture: String, CaseIterable {
  case answered, cancelled

  /// The bytes.
  func bytes() throws -> [UInt8] {
    let folder = #filePath.dropLast("Capture.swift".count)
    let file = "\(folder)Captures/\(rawValue).netstrings"
    return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }
}
