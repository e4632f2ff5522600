import Foundation

/// The project's own files, as they lie in the folder that this test was built from.
enum Project {
  /// A text file of the project.
  struct File: Sendable {
    /// Below the project's folder: `Sources/Canvas/Cell.swift`.
    let path: String
    let text: String
    /// The lines, each with its number, counted from 1.
    let lines: [(number: Int, text: Substring)]

    init(path: String, text: String) {
      (self.path, self.text) = (path, text)
      // By bytes: by characters this takes longer than all that is looked for in them.
      lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .enumerated().map { ($0 + 1, Substring($1)) }
    }

    /// The first folder, such as `Sources`, and the one in it, such as `Canvas`.
    var folders: ArraySlice<Substring> { path.split(separator: "/").dropLast().prefix(2) }
  }

  /// The project's folder; links are followed, since a test may be built from another place.
  static let root: URL = {
    let here = URL(filePath: #filePath).resolvingSymlinksInPath()
    return here.deletingLastPathComponent().appending(path: "../..").standardizedFileURL
  }()

  /// Every text file but those that a build makes and the version control keeps.
  static let files: [File] = names(in: "").filter { !isMade($0) }.flatMap { files(below: $0) }
    .sorted { $0.path < $1.path }

  /// The Swift files below a folder: `Sources`, `Tests/CanvasTests`.
  static func swiftFiles(in folder: String) -> [File] {
    files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(".swift") }
  }

  /// The text of one file; empty when there is none.
  static func text(_ path: String) -> String { files.first { $0.path == path }?.text ?? "" }

  /// The names in a folder of the project, hidden ones included.
  static func names(in folder: String) -> [String] {
    let path = root.appending(path: folder).path
    return (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
  }

  /// What stands at the top without being the project's: see .gitignore.
  static func isMade(_ name: String) -> Bool {
    name == ".git" || name.hasPrefix(".build") || name == ".swiftpm" || name == "Package.resolved"
  }

  private static func files(below path: String) -> [File] {
    let url = root.appending(path: path)
    let isFolder = (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory
    if isFolder == true { return names(in: path).flatMap { files(below: path + "/" + $0) } }
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
    else { return [] }
    return [File(path: path, text: text)]
  }
}
