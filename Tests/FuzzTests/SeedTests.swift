import Dispatch
import Foundation
import TestSupport
import Testing

/// Every target reads the seeds and what was captured, whole and damaged: what Tests/fuzz does for as long as
/// it is asked to.
struct SeedTests {
  @Test(arguments: fuzzTargets.map { "\($0)" })
  func `a target reads the seeds`(name: String) async throws {
    await #expect(processExitsWith: .success) { [name = name as String] in
      let target = try #require(fuzzTarget(named: name))
      let seeds = try Self.seeds()
      // A thread of its own: one of the targets waits for others.
      await withCheckedContinuation { done in
        DispatchQueue.global().async {
          var random = SeededNumbers(seed: 1)
          for seed in seeds {
            target.feed(seed)
            for _ in 0..<8 { target.feed(Self.damaged(seed, &random)) }
          }
          done.resume()
        }
      }
    }
  }

  @Test func `every file is a target`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    let others: Set = ["Fuzzer", "FuzzTarget", "SeedTests"]
    #expect(Set(files).subtracting(others) == Set(fuzzTargets.map { "\($0)" }))
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  private static func seeds() throws -> [[UInt8]] {
    var seeds: [[UInt8]] = [[]]
    for name in [
      "Seeds", "../AsteriskTests/Captures", "../BaresipTests/Captures",
      "../FreeSwitchTests/Captures",
    ] {
      let seedFolder = folder.appending(path: name)
      let files = try FileManager.default.contentsOfDirectory(atPath: seedFolder.path)
      for file in files.sorted() {
        // Not as long as libFuzzer's own inputs: every target reads every file several times.
        seeds.append([UInt8](try Data(contentsOf: seedFolder.appending(path: file)).prefix(6_144)))
      }
    }
    return seeds
  }

  /// The bytes with some of them replaced, taken out or said twice.
  private static func damaged(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...32, using: &random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      default: bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes
  }
}
