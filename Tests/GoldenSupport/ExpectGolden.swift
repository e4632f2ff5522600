public import Canvas
import Foundation
public import Testing

/// Compares a frame with `Golden/NAME.txt` beside the test's source file.
///
/// With `RECORD_GOLDEN=1` in the environment it writes that file and fails, so that a recording
/// is never mistaken for a passed test. A difference shows both texts.
public func expectGolden(
  _ frame: Frame, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")
  let file = folder.appendingPathComponent(name + ".txt")
  let actual = frame.golden

  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: file)
      Issue.record(
        "Recorded \(file.path); look at it before it is committed.", sourceLocation: sourceLocation)
    } catch {
      Issue.record("Cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "There is no \(file.path). Record it with RECORD_GOLDEN=1. The frame is:\n\(actual)",
      sourceLocation: sourceLocation)
    return
  }
  #expect(
    actual == expected, "\(name) differs. Expected:\n\(expected)\nGot:\n\(actual)",
    sourceLocation: sourceLocation)
}
