import TestSupport

/// The program `ctirelay` on a free port, ended with the test.
final class RunningRelay: Sendable {
  let program: Child
  /// `http://127.0.0.1:PORT`.
  let root: String
  private let folder: TemporaryFolder

  /// Starts it on a Redis, and waits until it serves.
  convenience init(on redis: RedisServer, _ arguments: [String] = []) async throws {
    try await self.init(["--store", redis.url] + arguments)
    try await waitUntil("the relay to have its store", instead: output) {
      try await status("/health") == "200"
    }
  }

  /// Starts it and waits until it listens.
  ///
  /// - Parameters:
  ///   - descriptors: How many it may have; nil: as many as this process.
  ///   - streams: What the shell does with its standard streams.
  init(
    _ arguments: [String] = [], root name: String? = nil, descriptors: Int? = nil,
    streams: String = ""
  ) async throws {
    let folder = try TemporaryFolder()
    let limit = descriptors.map { "ulimit -n \($0) && " } ?? ""
    let program = try Child(
      "bash",
      ["-c", "\(limit)exec \"$@\" \(streams)", "bash", builtProgram("ctirelay"), "--port", "0"]
        + arguments,
      environment: Self.environment, output: folder.file("relay"))
    let url = try await waitFor(
      "the relay to listen", instead: contents(ofFile: folder.file("relay"))
    ) {
      contents(ofFile: folder.file("relay")).firstMatch(of: /listening on (https?:..\S+)\/\n/)?.1
    }
    root = name.map { String(url).replacing(/\/\/.*:/, with: "//\($0):") } ?? String(url)
    self.folder = folder
    self.program = program
  }

  /// What it has written.
  var output: String { contents(ofFile: folder.file("relay")) }

  /// Its TCP port.
  var port: Int { root.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// There was no answer at all.
  struct NoAnswer: Error {
    /// What curl says (curl(1), "EXIT CODES").
    var status: Int32
    /// What the relay has written.
    var output: String
  }

  /// What curl gets from a path, or from a call below the usual prefix.
  @discardableResult
  func curl(_ target: String, _ arguments: [String] = []) async throws -> String {
    let path = target.hasPrefix("/") ? target : RelayClient.prefix + target
    let options = ["--silent", "--globoff", "--path-as-is", "--max-time", "20"]
    let curl = try await run(
      "curl", options + arguments + [root + path], environment: Self.environment)
    guard curl.status == 0 else { throw NoAnswer(status: curl.status, output: output) }
    return curl.output
  }

  /// What status curl gets.
  func status(_ target: String, _ arguments: [String] = []) async throws -> String {
    try await curl(target, ["--output", "/dev/null", "--write-out", "%{http_code}"] + arguments)
  }

  /// A window that listens to the events of a station.
  func listen(_ query: String, _ headers: String...) throws -> Window {
    try Window(url: "\(root)\(RelayClient.prefix)events?\(query)", headers: headers)
  }

  static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

  /// What a window that listens has received.
  final class Window: Sendable {
    let curl: Child
    private let folder: TemporaryFolder

    init(url: String, headers: [String] = []) throws {
      folder = try TemporaryFolder()
      curl = try Child(
        "curl",
        ["--silent", "--no-buffer", "--include", "--globoff"]
          + headers.flatMap { ["--header", $0] } + [url],
        environment: RunningRelay.environment, output: folder.file("events"))
    }

    var text: String { contents(ofFile: folder.file("events")) }

    /// Waits until a text has arrived.
    func wait(for text: String) async throws {
      try await waitUntil("\(text) to arrive", instead: self.text) {
        self.text.replacing("\r\n", with: "\n").contains(text)
      }
    }

    /// The telephony's ids of the calls whose events have come.
    var callIDs: Set<Int> {
      Set(events.compactMap { $0.data.firstMatch(of: /"id":"(\d+)"/).flatMap { Int($0.1) } })
    }

    /// The events so far.
    var events: [(id: String, data: String)] {
      text.matches(of: /id: (.*)\ndata: (.*)\n\n/).map { (String($0.1), String($0.2)) }
    }
  }
}
