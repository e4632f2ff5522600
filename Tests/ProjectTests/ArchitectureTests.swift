import Testing

/// What the documents say of the house is what the house is.
struct ArchitectureTests {
  @Test func theReadmeIsReadInFiveMinutes() {
    #expect(Project.text("README.md").utf8.count <= 8192)
  }

  @Test func theModulesAreThoseOfThePackage() throws {
    let rows = Table.rows(of: "Resources/ARCHITECTURE.md", under: "Modules")
    expectSame(rows.flatMap { Table.code($0[0]) }.sorted(), Manifest.modules.sorted())
    for row in rows {
      let name = try #require(Table.code(row[0]).first)
      let target = try #require(Manifest.targets[name])
      let told = Set(Table.code(row[2]))
      #expect(
        told.symmetricDifference(target.dependencies).isEmpty, "what \(name) depends on")
    }
  }

  /// `(R17)` in a comment is told by the page that a newcomer reads.
  @Test func everyRequirementThatIsCitedIsListed() {
    let listed = Set(
      Table.rows(of: "Resources/ARCHITECTURE.md", under: "Requirements").map { $0[0] })
    for file in Project.swiftFiles(in: "Sources") + Project.swiftFiles(in: "Tests") {
      for line in file.lines {
        guard let comment = line.text.components(after: "//").first else { continue }
        for match in comment.matches(of: /\bR[0-9]{1,2}a?\b/)
        where !listed.contains(String(match.output)) {
          Issue.record("\(file.path):\(line.number) cites \(match.output), which is not listed")
        }
      }
    }
  }

  @Test(arguments: ["README.md", "Resources/ARCHITECTURE.md", "Resources/CONTRIBUTING.md"])
  func whatADocumentPointsToIsThere(document: String) {
    let folder = document.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for rest in Project.text(document).components(after: "](") {
      let target = rest.prefix { $0 != ")" && $0 != "#" }
      guard !target.isEmpty, !target.contains("://") else { continue }
      let path = folder + target
      let isThere = Project.files.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
      #expect(isThere, "\(document) points to \(target)")
    }
  }

  /// Scripts and folders that a document names, such as `Tests/run`, are those of the project.
  @Test func whatADocumentNamesIsThere() {
    let documents = Project.files.filter {
      $0.path.hasSuffix(".md") || $0.path.hasPrefix("Resources/man/")
    }
    #expect(documents.count >= 16)
    for document in documents {
      for match in document.text.matches(of: /\b(?:Sources|Tests|Resources)\/[\w\/.-]*\w/)
      where !Project.files.contains(where: { $0.path.hasPrefix(match.output) }) {
        Issue.record("\(document.path) names \(match.output)")
      }
    }
  }
}
