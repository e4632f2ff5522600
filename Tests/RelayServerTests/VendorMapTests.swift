import RelayServer
import TestSupport
import Testing

/// The maps that come along, each with what its vendor publishes.
struct VendorMapTests {
  /// The folder of the maps that come along.
  private static let maps =
    String(#filePath.dropLast("Tests/RelayServerTests/VendorMapTests.swift".count))
    + "Resources/maps/"

  @Test(arguments: MapExample.all)
  func whatAVendorPublishesIsUnderstood(example: MapExample) async throws {
    let folder = try TemporaryFolder()
    let text = contents(ofFile: Self.maps + example.map + ".toml")
    try #require(!text.isEmpty)
    let map = try folder.write(text + example.station + "\n", to: "map.toml")
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      for step in example.steps {
        let answer = try await relay.ask(
          RelayClient.prefix + example.map + step.query, "POST",
          headers: ["Content-Type": step.type], body: step.body)
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try await relay.get() == step.told, "\(example.source)")
      }
    }
  }

  @Test func everyMapHasAnExample() async throws {
    let files = try await run("ls", [Self.maps]).output.split(separator: "\n").map(String.init)
    #expect(Set(files) == Set(MapExample.all.map { $0.map + ".toml" }))
    // All of them go together.
    _ = try Relay(options { $0.maps = files.map { Self.maps + $0 } })
  }
}
