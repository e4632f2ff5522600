import TestSupport

/// Many requests to one relay, by one curl, one after the other or side by side.
final class Load: Sendable {
  /// What came back for one request.
  struct Answer: Hashable, Sendable {
    /// `000` when there was none.
    var status: Substring
    /// The id of the call in the request.
    var id: Substring
    /// Of the body [bytes].
    var size: Int
  }

  let curl: Child
  private let folder: TemporaryFolder

  /// - Parameters:
  ///   - targets: Below the usual prefix.
  ///   - side: How many at a time; 1: in this order, 300 a second.
  init(_ relay: RunningRelay, _ targets: [String], side: Int) throws {
    folder = try TemporaryFolder()
    let requests = targets.map {
      "url = \"\(relay.root)\(RelayClient.prefix)\($0)\"\noutput = /dev/null\n"
    }
    let file = try folder.write(requests.joined(), to: "requests")
    let pace = side == 1 ? ["--rate", "300/s"] : ["--parallel", "--parallel-max", "\(side)"]
    curl = try Child(
      "curl",
      pace + [
        "--silent", "--stderr", "/dev/null", "--no-buffer", "--config", file, "--write-out",
        "%{http_code} %{size_download} %{url_effective}\\n",
      ], environment: RunningRelay.environment, output: folder.file("answers"))
  }

  /// What has come back so far.
  var answers: [Answer] {
    contents(ofFile: folder.file("answers")).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let size = Int(words[1]) else { return nil }
      return Answer(
        status: words[0], id: words[2].firstMatch(of: /[?&]id=(\w+)/)?.1 ?? "", size: size)
    }
  }

  /// The ids of the calls that the relay has taken, in their order.
  var taken: [String] { answers.filter { $0.status == "200" }.map { String($0.id) } }

  /// How many it has refused.
  var refused: Int { answers.count { $0.status == "503" } }
}

extension RunningRelay {
  /// Requests one after the other, while the test goes on.
  func loading(_ targets: [String]) throws -> Load { try Load(self, targets, side: 1) }

  /// Requests side by side, to their end.
  @discardableResult
  func load(_ targets: [String], side: Int = 8) async throws -> [Load.Answer] {
    let load = try Load(self, targets, side: side)
    try await load.curl.status()
    return load.answers
  }

  /// The ids of the calls that stations have; those without one are left out.
  func calls(of stations: [String]) async throws -> [String] {
    let urls = stations.map { "url = \"\(root)\(RelayClient.prefix)getevent?telorg=\($0)\"\n" }
    let answers = try await run(
      "curl", ["--silent", "--config", "-"], environment: Self.environment, input: urls.joined())
    return answers.output.matches(of: /"id":"(\w+)"/).map { String($0.1) }
  }
}
