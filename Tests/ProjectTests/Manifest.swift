/// What Package.swift says of the targets, read from its text: asking the package manager would start a
/// second build beside the one that runs the test.
enum Manifest {
  /// A target and what it depends on.
  struct Target: Sendable {
    var name: String
    var isTest: Bool
    /// Modules of the project and of libraries: `Canvas`, `GRDB`.
    var dependencies: Set<String>
  }

  /// All targets, by their names.
  static let targets: [String: Target] = {
    let text = Project.text("Package.swift")
    var targets: [String: Target] = [:]
    for kind in ["target", "executableTarget", "testTarget", "systemLibrary"] {
      for call in arguments(of: "    .\(kind)(", in: text) {
        guard let name = quoted(call).first else { continue }
        let isTest = call.contains("path: \"Tests/") || kind == "testTarget"
        targets[name] = Target(name: name, isTest: isTest, dependencies: dependencies(in: call))
      }
    }
    return targets
  }()

  /// The targets that lie in `Sources`.
  static var modules: Set<String> { Set(targets.values.filter { !$0.isTest }.map(\.name)) }

  /// The library modules that each name at the top of the file stands for: `nio` and its products.
  private static let products: [String: [String]] = {
    var products: [String: [String]] = [:]
    for part in Project.text("Package.swift").components(after: "\nlet ") {
      guard let name = part.split(separator: " ").first, name != "package" else { continue }
      products[String(name.prefix { $0 != ":" })] = part.components(after: "product(name: ")
        .compactMap {
          quoted($0).first
        }
    }
    return products
  }()

  private static func dependencies(in call: Substring) -> Set<String> {
    guard let start = call.ranges(of: "dependencies: ").first?.upperBound else { return [] }
    // Up to the next argument that a target can have.
    let rest = call[start...]
    let end =
      ["path:", "exclude:", "resources:", "swiftSettings:", "linkerSettings:"]
      .compactMap { rest.ranges(of: $0).first?.lowerBound }.min() ?? rest.endIndex
    let list = rest[..<end]
    let words = list.split { !$0.isLetter && !$0.isNumber && $0 != "\"" }
    let named = words.filter { !$0.contains("\"") }.flatMap { products[String($0)] ?? [] }
    return Set(quoted(list) + named)
  }

  /// What stands between the parentheses of each call that begins with `opening`.
  private static func arguments(of opening: String, in text: String) -> [Substring] {
    text.components(after: opening).map { rest in
      var depth = 1
      return rest.prefix { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth > 0
      }
    }
  }

  private static func quoted(_ text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}

extension String {
  /// For each place where `mark` stands, everything after it.
  func components(after mark: String) -> [Substring] { self[...].components(after: mark) }
}

extension Substring {
  /// For each place where `mark` stands, everything after it up to the next one.
  func components(after mark: String) -> [Substring] {
    split(separator: mark, omittingEmptySubsequences: false).dropFirst().map { $0 }
  }
}
