import Foundation

/// What baresip 1.0.0, and 4.10.0, sent during one call, byte for byte.
enum Capture: String, CaseIterable {
  case answered, cancelled
  case answered4 = "answered-4"
  case cancelled4 = "cancelled-4"

  /// How many messages it holds.
  var count: Int {
    switch self {
    case .answered: 6
    case .cancelled: 2
    case .answered4: 8
    case .cancelled4: 3
    }
  }

  /// The bytes.
  func bytes() throws -> [UInt8] {
    let folder = #filePath.dropLast("Capture.swift".count)
    let file = "\(folder)Captures/\(rawValue).netstrings"
    return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }
}
