import Testing

/// What may stand in the project's files, and how they lie.
struct SourceTextTests {
  @Test func nothingElseLiesAtTheTop() {
    let known: Set<String> = ["Package.swift", "README.md", "Resources", "Sources", "Tests"]
    let strangers = Project.names(in: "").filter {
      !$0.hasPrefix(".") && !Project.isMade($0) && !known.contains($0)
    }
    #expect(strangers.isEmpty)
  }

  @Test(arguments: [
    "try" + "!", "fatal" + "Error(", " as" + "!", "NS" + "Error", "TO" + "DO", "FIX" + "ME",
  ])
  func noShortcutStandsInTheCode(word: String) {
    for folder in ["Sources", "Tests"] {
      for file in Project.swiftFiles(in: folder) where file.text.contains(word) {
        for line in file.lines where line.text.contains(word) {
          Issue.record("\(file.path):\(line.number) has \(word)")
        }
      }
    }
  }

  @Test func noFileIsTooLong() {
    for file in Project.files where file.path.hasPrefix("Sources/") || Self.isCode(file) {
      let count = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
      #expect(count <= 400, "\(file.path) has \(count) lines")
    }
  }

  @Test(arguments: ["/ro" + "ot/", "/wo" + "rk/"])
  func noFolderOfAMachineIsNamed(folder: String) {
    for file in Project.files where file.text.contains(folder) {
      Issue.record("\(file.path) names \(folder)")
    }
  }

  /// One line before each declaration that other modules can see says what it is.
  @Test func everyPublicDeclarationIsExplained() {
    for file in Project.swiftFiles(in: "Sources") {
      var isExplained = false
      for line in file.lines {
        let text = line.text.drop { $0 == " " }
        if text.hasPrefix("///") {
          isExplained = true
        } else if !text.hasPrefix("@") || text.contains(" public ") {
          if Self.isPublicDeclaration(text), !isExplained {
            Issue.record("\(file.path):\(line.number) has no doc comment: \(text)")
          }
          isExplained = false
        }
      }
    }
  }

  private static func isPublicDeclaration(_ line: Substring) -> Bool {
    let words = line.split { " (:".contains($0) }.drop { $0.hasPrefix("@") }
    return words.first == "public" && !words.prefix(2).contains("import")
      && !words.contains("extension")
  }

  private static func isCode(_ file: Project.File) -> Bool {
    file.path.hasPrefix("Tests/")
      && [".swift", ".c", ".py", ".sh", "/run", "/bench", "/fuzz"].contains {
        file.path.hasSuffix($0)
      }
  }
}
