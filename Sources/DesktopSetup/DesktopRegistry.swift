import Glibc
public import OperatorConfiguration
import Subprocess

/// The desktop's knowledge of which program opens a URL protocol: a desktop entry in
/// `$XDG_DATA_HOME/applications`, and the default in `$XDG_CONFIG_HOME/mimeapps.list`.
public struct DesktopRegistry: Sendable {
  private let applications: String
  private let configurationHome: String
  private let desktops: [String]

  /// The registry of whoever these variables and folders belong to.
  public init(_ directories: Directories, environment: [String: String]) {
    applications = directories.dataHome + "/applications"
    configurationHome = directories.configurationHome
    desktops = (environment["XDG_CURRENT_DESKTOP"] ?? "").split(separator: ":")
      .map { $0.lowercased() }.filter { !$0.contains("/") }
  }

  /// What was done, a sentence each; nothing when everything was as it should be.
  public typealias Deeds = [String]

  /// Lets the protocol's addresses start the launcher at an absolute path.
  public func register(
    _ name: URLProtocolName, launcher: String
  ) throws(SetupError) -> Deeds {
    var deeds: Deeds = []
    let entry = try DesktopEntry(name, launcher: launcher)
    let file = entryFile(name)
    if try file.read() != Array(entry.text.utf8) {
      try file.write(Array(entry.text.utf8))
      deeds.append("\(name): wrote \(file.path), which starts \(launcher)")
    }
    let before = try defaults(name)
    if let list = try changeList({
      $0.prefer(DesktopEntry.id(of: name), for: DesktopEntry.type(of: name))
    }) {
      let next = before.first.map { ", before \($0), which comes back with --remove" } ?? ""
      deeds.append("\(name): made it the default in \(list)\(next)")
    }
    return deeds
  }

  /// Takes back what ``register(_:launcher:)`` did; whatever opened the protocol before does so again.
  public func remove(_ name: URLProtocolName) throws(SetupError) -> Deeds {
    var deeds: Deeds = []
    if let list = try changeList({
      $0.drop(DesktopEntry.id(of: name), for: DesktopEntry.type(of: name))
    }) {
      let next = try defaults(name).first.map { "; \($0) opens it again" } ?? ""
      deeds.append("\(name): took it out of \(list)\(next)")
    }
    let file = entryFile(name)
    if try file.remove() { deeds.append("\(name): removed \(file.path)") }
    return deeds
  }

  /// The protocols that start the launcher now, in the order of their names.
  public var registered: [URLProtocolName] {
    guard let folder = opendir(applications) else { return [] }
    defer { closedir(folder) }
    var names: [URLProtocolName] = []
    while let entry = readdir(folder) {
      let file = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let name = DesktopEntry.protocolName(ofFile: file) { names.append(name) }
    }
    return names.sorted { $0.description < $1.description }
  }

  /// A sentence for each list of one desktop alone that names another program for the protocol: such a
  /// list comes before `mimeapps.list`, and is the user's own.
  public func overruled(_ name: URLProtocolName) throws(SetupError) -> [String] {
    var sentences: [String] = []
    for desktop in desktops {
      let file = DesktopFile("\(configurationHome)/\(desktop)-mimeapps.list")
      let list = MimeAppsList(try file.read() ?? [])
      guard let first = list.defaults(for: DesktopEntry.type(of: name)).first,
        first != DesktopEntry.id(of: name)
      else { continue }
      sentences.append(
        "\(name): \(file.path) says \(first), and comes first here: take it out there")
    }
    return sentences
  }

  /// Runs update-desktop-database, for programs that look a protocol up in its cache; answers what was
  /// done, nil when it is not installed.
  public func refreshCache() async -> String? {
    let program = "update-desktop-database"
    do {
      let result = try await Subprocess.run(
        .name(program), arguments: [applications], input: .none, output: .discarded,
        error: .discarded)
      let isDone = result.terminationStatus.isSuccess
      return isDone ? "ran \(program)" : "\(program) failed, which most programs do without"
    } catch {
      return nil
    }
  }

  // MARK: - Files

  private func entryFile(_ name: URLProtocolName) -> DesktopFile {
    DesktopFile("\(applications)/\(DesktopEntry.id(of: name))")
  }

  private var listFile: DesktopFile { DesktopFile(configurationHome + "/mimeapps.list") }

  private func defaults(_ name: URLProtocolName) throws(SetupError) -> [String] {
    MimeAppsList(try listFile.read() ?? []).defaults(for: DesktopEntry.type(of: name))
      .filter { $0 != DesktopEntry.id(of: name) }
  }

  /// Changes `mimeapps.list`; its path when that made a difference. A file in which nothing is left goes.
  private func changeList(_ change: (inout MimeAppsList) -> Void) throws(SetupError) -> String? {
    let file = listFile
    let old = try file.read() ?? []
    var list = MimeAppsList(old)
    change(&list)
    let new = list.bytes
    guard new != old else { return nil }
    if new.isEmpty {
      _ = try file.remove()
    } else {
      try file.write(new)
    }
    return file.path
  }
}
