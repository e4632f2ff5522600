import CallWire
import TestSupport
import Testing

/// What `screenpop setup` tells integrators to type works as it stands.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct EveryWayTests {
  @Test func everyWayReachesTheWindow() async throws {
    let site = try await RelaySite()
    let setup = try await site.workplace.screenpop("setup")
    try #require(setup.status == 0, "\(setup.output)")
    let ways = Self.ways(setup.output)
    #expect(ways.count == 8)
    for (index, way) in ways.enumerated() {
      // Each way has a number of its own, in the place of the sample's.
      let number = "019900100\(index)"
      let examples = way.examples.map { $0.replacing("0388202122", with: number) }
      try await use(way.name, examples, number, at: site)
    }
    let numbers = (0..<8).filter { ways[$0].name != "poll, in config.toml" }
      .map { "+3319900100\($0)" }
    let calls = try await site.workplace.journal(until: "a call by each way") {
      Set($0.map(\.number)) == Set(numbers)
    }
    for (way, outcome) in [("options", "missed"), ("relay", "answered")] {
      let number = ways.firstIndex { $0.name == way }.map { "+3319900100\($0)" }
      #expect(calls.first { $0.number == number }?.outcome == outcome)
    }
  }

  private func use(
    _ way: String, _ examples: [String], _ number: String, at site: RelaySite
  ) async throws {
    var environment = site.workplace.environment
    switch way {
    case "words", "options", "switches (3CX style)":
      for example in examples {
        let given = try await run("sh", ["-c", example], environment: environment)
        #expect(given.status == 0, "\(example): \(given.output)")
      }
    case "Twinkle":
      let program = try #require(examples.first?.split(separator: "=").last)
      environment["TWINKLE_TRIGGER"] = "in_call"
      environment["SIP_FROM_USER"] = number
      #expect(try await run(String(program), environment: environment).status == 0)
    case "URL protocol":
      for example in examples {
        #expect(try await run("gio", ["open", example], environment: environment).status == 0)
      }
    case "relay":
      // The window's stream may not be open yet: each value is left standing until it was seen.
      for (example, outcome) in zip(examples, ["ringing", "answered", "answered"]) {
        try await site.get(example)
        try await site.workplace.journal(until: example) { calls in
          calls.contains {
            $0.number?.hasSuffix(number.dropFirst()) == true && $0.outcome == outcome
          }
        }
      }
    case "poll, in config.toml":
      let configured = contents(
        ofFile: site.workplace.folder.file("config/screenpop/config.toml"))
      for example in examples { #expect(configured.contains(example)) }
    case "socket":
      let given = Delivery.offer(Array("\(examples[1])\n".utf8), to: [examples[0]])
      #expect(given == .taken(name: nil))
    default: Issue.record("nobody has tried \(way)")
    }
  }

  /// The list at the end of the command's output: a name in the first 22 columns, or blanks for one more
  /// example of the same way.
  private static func ways(_ output: String) -> [(name: String, examples: [String])] {
    var ways: [(name: String, examples: [String])] = []
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let list = lines.drop { !$0.hasPrefix("What to type") }.dropFirst(2).prefix { !$0.isEmpty }
    for line in list {
      let example = String(line.dropFirst(22))
      if line.hasPrefix(" ") {
        ways[ways.count - 1].examples.append(example)
      } else {
        let name = line.prefix(22).reversed().drop { $0 == " " }.reversed()
        ways.append((String(name), [example]))
      }
    }
    return ways
  }
}
