public import CallWire
import Foundation
import Glibc
import Synchronization

/// A process that listens where a window would, and does with a launcher what a test wants.
public final class StandInWindow: Sendable {
  /// What it does with a connection.
  public enum Manner: Sendable {
    /// Reads a line, then says this.
    case answers(String)
    /// Reads a line and says nothing.
    case silent
    /// Reads a line, then closes without a word.
    case closes
    /// Says this byte by byte, never ending the line.
    case drips(String)
    /// Never accepts: the kernel takes connections for it.
    case frozen
  }

  private let descriptor: CInt
  private let received = Mutex<[String]>([])

  /// Listens at the station's place.
  public init(_ runtime: RuntimeDirectory, station: String? = nil, _ manner: Manner) throws {
    let socket = try WindowSocket.claim(runtime, station: station)
    descriptor = socket.descriptor
    if case .frozen = manner {
      // A queue that a test can fill.
      listen(descriptor, 1)
      return
    }
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
    Thread { [self, descriptor] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        Thread { self.serve(connection, manner) }.start()
      }
    }.start()
  }

  /// The lines that came, without their line ends.
  public var lines: [String] { received.withLock { $0 } }

  /// Stops listening and leaves the socket's file behind, as a crash does.
  public func crash() {
    shutdown(descriptor, CInt(SHUT_RDWR))
    close(descriptor)
  }

  private func serve(_ connection: CInt, _ manner: Manner) {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
    received.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    switch manner {
    case .answers(let text): say(text, connection)
    case .drips(let text):
      for character in text {
        say(String(character), connection)
        poll(nil, 0, 20)
      }
    case .silent:
      // Until the launcher hangs up.
      _ = recv(connection, &byte, 1, 0)
    case .closes, .frozen: break
    }
    close(connection)
  }

  private func say(_ text: String, _ connection: CInt) {
    let bytes = Array(text.utf8)
    send(connection, bytes, bytes.count, CInt(MSG_NOSIGNAL))
  }
}
