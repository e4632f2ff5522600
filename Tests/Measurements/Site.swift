import Glibc

/// Where measurements are made: the programs, and an operator's folders with stores of any size.
@MainActor
final class Site {
  let folder: String
  private let programs: String
  private var imports: [Int: Import] = [:]

  /// What an import took.
  struct Import {
    /// From start to end [s].
    let seconds: Double
    let program: Ended
  }

  init(folder: String) throws(Failure) {
    self.folder = folder
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    guard let slash = own.lastIndex(of: "/") else { throw Failure("find this program") }
    programs = String(own[...slash])
    for name in ["run", "etc", "etc/screenpop"] {
      guard mkdir("\(folder)/\(name)", 0o700) == 0 else { throw Failure("make \(folder)/\(name)") }
    }
  }

  func program(_ name: String) -> String { programs + name }

  /// The environment of an operator whose store has so many parties; 0: none.
  func environment(parties: Int) -> [String: String] {
    [
      "HOME": folder, "XDG_RUNTIME_DIR": "\(folder)/run", "XDG_CONFIG_HOME": "\(folder)/etc",
      "XDG_CONFIG_DIRS": "\(folder)/etc", "XDG_DATA_HOME": "\(folder)/data-\(parties)",
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
    ]
  }

  /// The folder of that operator's store.
  func data(parties: Int) -> String { "\(folder)/data-\(parties)/screenpop" }

  /// Sees to a store with so many parties of ``PartyFile``, two numbers each; what its import took.
  @discardableResult
  func fill(parties: Int) throws -> Import {
    if let done = imports[parties] { return done }
    let file = "\(folder)/parties.csv"
    try PartyFile.write(parties, to: file)
    defer { unlink(file) }
    let command = Command(
      program("screenpop"), ["import", file], environment: environment(parties: parties))
    let clock = ContinuousClock()
    let start = clock.now
    let ended = try command.run()
    let seconds = (clock.now - start).seconds
    guard ended.status == 0 else {
      throw Failure(because: "screenpop import ended with status \(ended.status)")
    }
    let result = Import(seconds: seconds, program: ended)
    imports[parties] = result
    return result
  }
}
