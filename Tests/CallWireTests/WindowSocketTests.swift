import CallWire
import Glibc
import LauncherSupport
import TestSupport
import Testing

@Suite struct WindowSocketTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func isForThisUserAlone() throws {
    let socket = try WindowSocket.claim(folder.runtime, station: "1024")
    #expect(folder.names() == ["window-1024.sock"])
    #expect(folder.mode("window-1024.sock") == 0o600)
    #expect(socket.isInPlace)
    socket.removePath()
    #expect(folder.names() == [])
    #expect(!socket.isInPlace)
    close(socket.descriptor)
  }

  @Test func isNotTakenFromALiveWindow() throws {
    let socket = try WindowSocket.claim(folder.runtime, station: nil)
    let error = #expect(throws: CallWireError.self) {
      try WindowSocket.claim(folder.runtime, station: nil)
    }
    #expect(error == .windowExists(path: socket.path))
    #expect(error?.sentence.contains("already listens") == true)
    #expect(socket.isInPlace)
    close(try WindowSocket.claim(folder.runtime, station: "1024").descriptor)
    close(socket.descriptor)
  }

  @Test func replacesADeadWindows() throws {
    let dead = try WindowSocket.claim(folder.runtime, station: nil)
    close(dead.descriptor)
    let socket = try WindowSocket.claim(folder.runtime, station: nil)
    #expect(socket.isInPlace)
    // The dead one's clean-up, come late, takes nothing from its successor.
    dead.removePath()
    #expect(socket.isInPlace)
    close(socket.descriptor)
  }

  @Test func replacesNothingElse() throws {
    try folder.place("precious", at: "window.sock")
    #expect(throws: CallWireError.notASocket(path: folder.runtime.path + "/window.sock")) {
      try WindowSocket.claim(folder.runtime, station: nil)
    }
    #expect(folder.names() == ["window.sock"])
  }

  @Test func hasAPathThatFits() throws {
    let station = String(repeating: "9", count: 200)
    #expect(throws: CallWireError.pathTooLong(path: folder.runtime.socketPath(station: station))) {
      try WindowSocket.claim(folder.runtime, station: station)
    }
  }
}
