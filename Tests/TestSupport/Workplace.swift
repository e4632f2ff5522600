import Foundation

/// An operator's place: folders of their own for configuration, data and sockets, and a store.
///
/// The programs run there with nothing else in their environment. Only a few places are in use at a
/// time, so a test takes one, not two.
public struct Workplace: Sendable {
  /// Holds `home`, `config`, `machine`, `data` and `runtime`, as the XDG variables name them.
  public let folder: TemporaryFolder
  /// What the programs find in their environment.
  public var environment: [String: String]
  /// Words in front of `screenpop` and its arguments, as of a ``SmallDisk``.
  public var prefix: [String] = []

  private let place: Turnstile.Place
  private static let turnstile = Turnstile(places: 4)

  /// A new place, with the sample third parties in its store or without any store.
  public init(sample: Bool = true) async throws {
    place = await Self.turnstile.enter()
    folder = try TemporaryFolder()
    environment = try Self.environment(in: folder)
    if sample {
      try folder.folder("data/screenpop")
      try await Self.sample.value.write(to: URL(fileURLWithPath: folder.file(Self.store)))
    }
  }

  /// Where the third parties are.
  private static let store = "data/screenpop/parties.sqlite"

  private static func environment(in folder: TemporaryFolder) throws -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8",
      "HOME": try folder.folder("home"),
      "XDG_CONFIG_HOME": try folder.folder("config"),
      "XDG_CONFIG_DIRS": try folder.folder("machine"),
      "XDG_DATA_HOME": try folder.folder("data"),
      "XDG_RUNTIME_DIR": try folder.folder("runtime"),
    ]
  }

  /// The store of the sample third parties, imported once and copied for each place.
  private static let sample = Task {
    let folder = try TemporaryFolder()
    let project = #filePath.dropLast("Tests/TestSupport/Workplace.swift".count)
    let imported = try await run(
      builtProgram("screenpop"), ["import", "\(project)Resources/sample-third-parties.csv"],
      environment: environment(in: folder))
    guard imported.status == 0 else { throw Refused(description: imported.output) }
    return try Data(contentsOf: URL(fileURLWithPath: folder.file(store)))
  }

  // MARK: - Programs

  /// Runs a command of `screenpop` to its end.
  public func screenpop(_ arguments: String..., input: String = "") async throws -> Finished {
    try await screenpop(arguments, input: input)
  }

  /// Runs a command of `screenpop` to its end.
  public func screenpop(_ arguments: [String], input: String = "") async throws -> Finished {
    let words = prefix + [try builtProgram("screenpop")] + arguments
    return try await run(
      words[0], Array(words.dropFirst()), environment: environment, input: input)
  }

  /// Runs the launcher to its end.
  @discardableResult
  public func clicktocall(_ arguments: String...) async throws -> Finished {
    try await run(builtProgram("clicktocall"), arguments, environment: environment)
  }

  /// Opens the station's window, and waits until launchers are heard there; `arguments` go to
  /// `screenpop watch`.
  public func openWindow(
    station: String? = "1024", _ arguments: String..., width: Int = 100, height: Int = 30
  ) async throws -> TmuxScreen {
    let options = station.map { ["--station", $0] } ?? []
    let words = prefix + [try builtProgram("screenpop"), "watch"] + options + arguments
    let window = try await TmuxScreen(
      words[0], Array(words.dropFirst()), environment: environment, width: width, height: height)
    try await listening(station: station, window)
    return window
  }

  /// Opens a window on a terminal that nobody looks at; what it says on standard error is in `stderr`.
  public func openWindow(
    on terminal: BareTerminal, station: String = "1024", _ arguments: String...,
    with variables: [String: String] = [:]
  ) async throws -> Child {
    let words = prefix + [try builtProgram("screenpop"), "watch", "--station", station] + arguments
    let terminalType = ["TERM": "xterm-256color"]
    let window = try Child(
      words[0], Array(words.dropFirst()),
      environment: environment.merging(terminalType) { $1 }.merging(variables) { $1 },
      output: stderr, terminal: terminal.path)
    let socket = socketPath(station: station)
    try await waitUntil("somebody who listens on \(socket)", instead: contents(ofFile: stderr)) {
      isHeard(on: socket)
    }
    return window
  }

  /// What the latest window on a ``BareTerminal`` says on standard error.
  public var stderr: String { folder.file("stderr") }

  /// Whether launchers are heard on the station's socket.
  public func isListening(station: String? = "1024") -> Bool {
    isHeard(on: socketPath(station: station))
  }

  /// Waits until launchers are heard on the station's socket.
  public func listening(station: String? = "1024", _ window: TmuxScreen) async throws {
    let socket = socketPath(station: station)
    try await window.wait(until: "somebody who listens on \(socket)") { _ in isHeard(on: socket) }
  }

  /// Where the station's window listens.
  public func socketPath(station: String? = "1024") -> String {
    folder.file("runtime/screenpop/window\(station.map { "-" + $0 } ?? "").sock")
  }

  // MARK: - Configuration and journal

  /// Writes the operator's configuration file.
  public func configure(_ text: String) throws {
    try folder.folder("config/screenpop")
    try folder.write(text, to: "config/screenpop/config.toml")
  }

  /// Writes the machine's configuration file.
  public func configureMachine(_ text: String) throws {
    try folder.folder("machine/screenpop")
    try folder.write(text, to: "machine/screenpop/config.toml")
  }

  /// The journal, oldest call first.
  public func journal() async throws -> [LoggedCall] {
    let log = try await screenpop("log", "--json")
    guard log.status == 0 else { throw Refused(description: log.output) }
    return try LoggedCall.calls(in: log.output)
  }

  /// Waits until the journal is as `holds` wants it; answers it.
  @discardableResult
  public func journal(
    until what: String, deadline: Duration = .seconds(30), _ holds: ([LoggedCall]) -> Bool
  ) async throws -> [LoggedCall] {
    var last: [LoggedCall] = []
    return try await waitFor(
      "the journal with \(what)", deadline: deadline, instead: "\(last)"
    ) {
      last = try await journal()
      return holds(last) ? last : nil
    }
  }

  /// Waits until the journal holds one call, and it is as `holds` wants it; answers it.
  @discardableResult
  public func onlyCall(_ what: String, _ holds: (LoggedCall) -> Bool) async throws -> LoggedCall {
    try await journal(until: "one call, \(what)") { $0.count == 1 && holds($0[0]) }[0]
  }

  /// A program of ours did not do its part.
  public struct Refused: Error, CustomStringConvertible {
    /// What it printed.
    public let description: String
  }
}

/// Whether a connection to the Unix socket is accepted.
private func isHeard(on path: String) -> Bool {
  let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(client) }
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
    }
  }
}
