import Foundation
import TestSupport

/// A Debian 12 that holds nothing but what apt itself needs, in a folder, out of the mirror that apt has here.
///
/// Its folder belongs to root: who is not root needs sudo, as for the packages that the tests need.
final class BareDebian: Sendable {
  private let folder: TemporaryFolder
  /// The folder that its programs see as `/`.
  var root: String { folder.file("root") }

  private static let asRoot = geteuid() == 0 ? [] : ["sudo", "--non-interactive"]
  /// Shows the devices and processes of this machine to what follows, and to nobody else; `$0` is the folder.
  private static let mounts =
    "mount --rbind /dev \"$0/dev\" && mount -t proc proc \"$0/proc\" && exec chroot "

  /// Begins to make one, and answers it when it is there.
  init() async throws {
    folder = try TemporaryFolder()
    let sites = try await TestSupport.run(
      "apt-get", ["indextargets", "--format", "$(SITE)", "Codename: bookworm", "Component: main"])
    guard let site = sites.output.split(separator: "\n").first else {
      throw Failed(description: "apt knows no mirror of Debian 12: \(sites.output)")
    }
    try await Self.run(
      Self.asRoot + [
        "mmdebstrap", "--quiet", "--variant=apt", "--mode=root",
        // Nothing here has to outlive a power cut, nor to be read in other languages.
        "--dpkgopt=force-unsafe-io", "--aptopt=Acquire::Languages \"none\"", "bookworm", root,
        String(site),
      ], log: folder.file("log"))
    // The names of the mirror are looked up there as they are here.
    try await Self.run(Self.asRoot + ["cp", "/etc/resolv.conf", "\(root)/etc"])
  }

  /// Runs a line of shell there as root; what it prints. Throws ``Failed`` where it fails.
  @discardableResult
  func shell(_ line: String) async throws -> String {
    try await Self.run(words("\"$0\"") + [root, "sh", "-c", line], log: folder.file("log"))
  }

  /// Words in front of a program and its arguments that an operator runs there.
  func words(as user: Int) -> [String] {
    words("--userspec=\(user):\(user) \"$0\"") + [root]
  }

  private func words(_ place: String) -> [String] {
    Self.asRoot + ["unshare", "--mount", "sh", "-c", Self.mounts + place + " \"$@\""]
  }

  /// Takes it away, which only root can.
  func remove() async throws { try await Self.run(Self.asRoot + ["rm", "-rf", root]) }

  @discardableResult
  static func run(
    _ words: [String], environment: [String: String] = [:], log: String = "/dev/null"
  ) async throws -> String {
    let usual = [
      "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
      "DEBIAN_FRONTEND": "noninteractive",
    ]
    let program = try Child(
      words[0], Array(words.dropFirst()), environment: usual.merging(environment) { $1 },
      output: log)
    let status = try await program.status(deadline: .seconds(900))
    let output = contents(ofFile: log)
    guard status == 0 else {
      throw Failed(description: "\(words.joined(separator: " ")): \(status)\n\(output)")
    }
    return output
  }

  /// A command that failed, and what it said.
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }
}
