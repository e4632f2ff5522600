import Foundation
import OperatorConfiguration
import Testing

/// `Resources/screenpop.toml` and the table of keys say the same.
@Suite struct SampleFileTests {
  private let text: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    text = try String(
      contentsOf: root.appendingPathComponent("Resources/screenpop.toml"), encoding: .utf8)
  }

  /// The lines that a reader may uncomment: `#key = value` without a blank, and `#[table]`.
  private var uncommented: [String] {
    text.split(separator: "\n")
      .filter { $0.wholeMatch(of: /#([a-z_]+ = .*|\[[a-z_.]+\])/) != nil }
      .map { String($0.dropFirst()) }
  }

  @Test func showsEveryKeyOnceWithItsDefault() {
    var table = ""
    var options: [String] = []
    for line in uncommented {
      if line.hasPrefix("[") {
        table = line.dropFirst().dropLast() + "."
      } else {
        options.append(table + line)
      }
    }
    #expect(options.sorted() == Key.allCases.map { "\($0.rawValue) = \($0.defaultText)" }.sorted())
  }

  @Test func changesNothingAsItStands() throws {
    let machine = try Machine()
    try machine.write("first", text)
    let settings = try machine.load()
    for key in Key.allCases { #expect(settings.origin(of: key) == .default, "\(key)") }
  }

  @Test func uncommentedGivesTheDefaults() throws {
    let machine = try Machine()
    let plain = try machine.load()
    try machine.write("first", uncommented.joined(separator: "\n"))
    let settings = try machine.load()
    for key in Key.allCases {
      #expect(settings.text(of: key) == plain.text(of: key), "\(key)")
      #expect(settings.origin(of: key) == .machine(file: machine.path("first")), "\(key)")
    }
    #expect(settings.notes == [])
  }

  @Test(arguments: Key.allCases)
  func explainsEachKeyInASentence(key: Key) {
    #expect(key.summary.hasSuffix("."))
    #expect(key.summary.count < 90)
  }

  @Test func fitsANarrowTerminal() {
    let long = text.split(separator: "\n").filter { $0.count > 80 }
    #expect(long.isEmpty)
  }
}
