import Glibc

/// A disk of a fixed size that really fills: a file system in memory, which only programs see that are
/// started with ``words`` in front.
///
/// It is in a mount namespace, and for that in a user namespace, of its own: this needs no rights. It goes
/// when nobody holds it any more.
public final class SmallDisk: Sendable {
  private let holder: Child
  private let path: String
  /// What stands in front of a program and its arguments that shall see the disk.
  public let words: [String]

  /// A disk of so many megabytes in place of the folder at `path`, which must exist.
  public convenience init(megabytes: Int, at path: String) async throws {
    try await self.init(kilobytes: megabytes * 1024, at: path)
  }

  /// A disk of so many kilobytes, in pages of four.
  public init(kilobytes: Int, at path: String) async throws {
    self.path = path
    let log = path + ".log"
    let script = """
      mount -t tmpfs -o size=\(kilobytes)k,mode=700 disk "$0" && echo mounted && exec sleep infinity
      """
    holder = try Child(
      "unshare", ["--map-root-user", "--mount", "sh", "-c", script, path],
      environment: Self.environment, output: log)
    try await waitUntil("a disk at \(path)", instead: contents(ofFile: log)) {
      contents(ofFile: log).contains("mounted")
    }
    words = [
      "nsenter", "--preserve-credentials", "--user", "--mount", "--target", "\(holder.pid)", "--",
    ]
  }

  /// Runs a line of shell in the disk's folder; what it prints.
  @discardableResult
  public func shell(_ line: String) async throws -> String {
    let finished = try await run(
      words[0], Array(words.dropFirst()) + ["sh", "-c", "cd \"$0\" && \(line)", path],
      environment: Self.environment)
    guard finished.status == 0 else { throw Failed(description: finished.output) }
    return finished.output
  }

  /// Takes space away until so much is left [KiB].
  public func fill(leaving left: Int) async throws {
    // Again where a program has written between the question and the deed.
    try await shell(
      """
      for try in 1 2 3 4 5 6 7 8 9; do rm -f filler
      fallocate -l $(($(stat -f -c %a*%S .) - \(left) * 1024)) filler && exit; done; exit 1
      """)
  }

  /// Gives back what ``fill(leaving:)`` took.
  public func empty() async throws { try await shell("rm filler") }

  /// Mounts it anew with these options: `ro`, `size=8m`.
  public func remount(_ options: String) async throws {
    try await shell("mount -o remount,\(options) \"$0\"")
  }

  /// How much space is left [KiB].
  public func space() async throws -> Int {
    let answer = try await shell("echo $(($(stat -f -c %a*%S .) / 1024))")
    guard let space = Int(answer.dropLast()) else { throw Failed(description: answer) }
    return space
  }

  private struct Failed: Error, CustomStringConvertible { let description: String }

  private static let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
}
