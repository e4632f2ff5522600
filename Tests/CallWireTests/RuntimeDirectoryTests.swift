import CallWire
import Foundation
import Glibc
import LauncherSupport
import TestSupport
import Testing

@Suite struct RuntimeDirectoryTests {
  @Test(arguments: [
    ("/run/user/7", "/run/user/7/screenpop"),
    ("", "/tmp/screenpop-\(geteuid())"),
    ("relative", "/tmp/screenpop-\(geteuid())"),
  ])
  func followsTheRule(variable: String, path: String) {
    #expect(RuntimeDirectory { $0 == "XDG_RUNTIME_DIR" ? variable : nil }.path == path)
  }

  @Test func fallsBackWithoutTheVariable() {
    #expect(RuntimeDirectory { _ in nil }.path == "/tmp/screenpop-\(geteuid())")
  }

  @Test(arguments: [
    (nil, "window.sock"),
    ("", "window.sock"),
    ("1024", "window-1024.sock"),
    ("a.b-c_d", "window-a.b-c_d.sock"),
    ("../../etc", "window-%2E.%2F..%2Fetc.sock"),
    (".", "window-%2E.sock"),
    ("é *\n", "window-%C3%A9%20%2A%0A.sock"),
  ])
  func namesSockets(station: String?, name: String) {
    #expect(RuntimeDirectory(path: "/r").socketPath(station: station) == "/r/" + name)
  }

  @Test func isCreatedForThisUserAlone() throws {
    let folder = try TemporaryFolder()
    try folder.runtime.prepare()
    #expect(folder.mode() == 0o700)
    try folder.runtime.prepare()
  }

  @Test func isClosedToOthers() throws {
    let folder = try TemporaryFolder()
    try folder.runtime.prepare()
    chmod(folder.runtime.path, 0o777)
    try folder.runtime.prepare()
    #expect(folder.mode() == 0o700)
  }

  @Test func isNoLinkAndNoFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.runtime.path
    #expect(symlink("/tmp", path) == 0)
    #expect(throws: CallWireError.foreignFolder(path: path)) { try folder.runtime.prepare() }
    unlink(path)
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(throws: CallWireError.foreignFolder(path: path)) { try folder.runtime.prepare() }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
  func isNobodyElses() throws {
    let folder = try TemporaryFolder()
    try folder.runtime.prepare()
    #expect(chown(folder.runtime.path, 65534, 65534) == 0)
    #expect(throws: CallWireError.foreignFolder(path: folder.runtime.path)) {
      try folder.runtime.prepare()
    }
  }

  @Test func saysWhatIsMissing() throws {
    let runtime = RuntimeDirectory(path: "/nonexistent/screenpop")
    #expect(throws: CallWireError.system(tried: "create", path: runtime.path, code: ENOENT)) {
      try runtime.prepare()
    }
  }

  @Test func listsWindowsOnly() throws {
    let folder = try TemporaryFolder()
    for name in ["window.sock", "window-1024.sock", "spool/x.sock", "other.sock", "window-1.lock"] {
      try folder.place("", at: name)
    }
    #expect(
      Set(folder.runtime.socketPaths())
        == [folder.runtime.path + "/window.sock", folder.runtime.path + "/window-1024.sock"])
  }
}
