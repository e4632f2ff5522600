import Foundation
import Glibc

/// One run of the built `clicktocall`.
struct LauncherRun {
  /// The exit code.
  let code: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  /// Runs the program with these arguments and nothing else in its environment than told; `runtime`
  /// is its `XDG_RUNTIME_DIR`.
  init(
    _ arguments: [String], runtime: String, environment: [String: String] = [:]
  ) async throws {
    try await self.init(
      executable: Self.program, arguments, runtime: runtime, environment: environment)
  }

  /// Runs a line of the shell in which `$clicktocall` is the program.
  init(shell line: String, runtime: String) async throws {
    try await self.init(
      executable: URL(fileURLWithPath: "/bin/sh"), ["-c", line], runtime: runtime,
      environment: ["clicktocall": Self.program.path])
  }

  private init(
    executable: URL, _ arguments: [String], runtime: String, environment: [String: String]
  ) async throws {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment.merging(["XDG_RUNTIME_DIR": runtime]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    code = process.terminationStatus
    self.output =
      try output.fileHandleForReading.readToEnd().map { String(decoding: $0, as: UTF8.self) } ?? ""
    self.errors =
      try errors.fileHandleForReading.readToEnd().map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The program lies beside the tests that are running.
  private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("clicktocall")
}
