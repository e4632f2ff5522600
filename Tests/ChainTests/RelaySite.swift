import TestSupport

/// An operator's place whose window asks a relay, and a desk phone that calls the relay's addresses.
struct RelaySite {
  /// What stands between the window and the relay.
  enum Path: CaseIterable {
    /// Nothing: calls come by the relay's stream.
    case direct
    /// A proxy that keeps a stream's bytes back, as nginx does unless it is told otherwise.
    case buffered
    /// A proxy that knows nothing of the stream.
    case withoutStream
  }

  /// The operator's store and journal.
  let workplace: Workplace
  /// The terminal with the window.
  let window: TmuxScreen
  private let port: UInt16
  private let relay: Child
  private let proxy: Child?

  /// Starts the relay and opens the window of station 1024, which asks it every `interval` seconds.
  init(_ path: Path = .direct, interval: Int = 1) async throws {
    workplace = try await Workplace()
    port = try LoopbackPort.free()
    relay = try Self.startRelay(port, workplace.folder)
    try await Self.listening(port)
    let asked = path == .direct ? port : try LoopbackPort.free()
    proxy = path == .direct ? nil : try Self.startProxy(path, asked, to: port, workplace.folder)
    try await Self.listening(asked)
    try workplace.configure(
      """
      station = "1024"
      relay_url = "\(Self.root(asked))getevent"
      poll_interval = \(interval)
      trace = "\(workplace.folder.file("trace"))"
      """)
    window = try await workplace.openWindow()
    try await window.wait(for: "● relay")
  }

  /// The relay ends as by a crash; ``startAgain()`` starts another one on its port.
  func killRelay() async throws {
    relay.signal(9)
    try await relay.status()
  }

  /// Starts a relay where the first one was; it lives as long as what is answered.
  func startAgain() async throws -> Child {
    let another = try Self.startRelay(port, workplace.folder)
    try await Self.listening(port)
    return another
  }

  /// The phone calls one of its action URLs, as it stands.
  func phone(_ query: String) async throws {
    try await get(Self.root(port) + "setevent?" + query)
  }

  /// Somebody opens an address of the relay.
  func get(_ address: String) async throws {
    let answer = try await run(
      "curl", ["--silent", "--show-error", "--fail", "--globoff", "--path-as-is", address],
      environment: ["PATH": "/usr/bin:/bin"])
    guard answer.status == 0 else { throw NoAnswer(description: answer.output) }
  }

  /// The relay did not take a call.
  struct NoAnswer: Error, CustomStringConvertible {
    /// curl's own words.
    let description: String
  }

  private static func root(_ port: UInt16) -> String {
    "http://127.0.0.1:\(port)/DhDivaltoServerCTI/api/cti/"
  }

  private static func startRelay(_ port: UInt16, _ folder: TemporaryFolder) throws -> Child {
    try Child(builtProgram("ctirelay"), ["--port", "\(port)"], output: folder.file("relay"))
  }

  private static func startProxy(
    _ path: Path, _ port: UInt16, to relay: UInt16, _ folder: TemporaryFolder
  ) throws -> Child {
    let events = path == .withoutStream ? "location ~ /events { return 404; }" : ""
    let configuration = try folder.write(
      """
      daemon off;
      worker_processes 1;
      pid \(folder.file("nginx.pid"));
      error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path \(folder.file("body"));
        proxy_temp_path \(folder.file("proxy"));
        fastcgi_temp_path \(folder.file("fastcgi"));
        uwsgi_temp_path \(folder.file("uwsgi"));
        scgi_temp_path \(folder.file("scgi"));
        server {
          listen 127.0.0.1:\(port);
          \(events)
          location / { proxy_pass http://127.0.0.1:\(relay); proxy_set_header Host $http_host; }
        }
      }
      """, to: "nginx.conf")
    return try Child(
      "nginx", ["-p", folder.path, "-e", "stderr", "-c", configuration],
      environment: ["PATH": "/usr/sbin:/usr/bin:/bin"], output: folder.file("nginx"))
  }

  private static func listening(_ port: UInt16) async throws {
    try await waitUntil("somebody who listens on port \(port)") {
      LoopbackPort.isHeard(on: port)
    }
  }
}
