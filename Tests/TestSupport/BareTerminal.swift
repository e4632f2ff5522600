import Glibc

/// A terminal without anybody behind it: what is painted is read only when a test asks for it.
public final class BareTerminal: Sendable {
  /// The end of the one who looks; it does not block.
  public let master: Int32
  /// Where a program finds it.
  public let path: String
  private let slave: Int32

  /// A terminal of this size.
  public init(width: UInt16 = 100, height: UInt16 = 30) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw SystemFailure("open a terminal")
    }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    (self.master, self.slave) = (master, slave)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    close(master)
    close(slave)
  }

  /// What was painted since the last time, as bytes; invalid ones replaced.
  public func read() -> String {
    var (all, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = Glibc.read(master, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += buffer[..<count]
    }
  }

  /// Has it take nothing more, as before somebody reads: whoever paints on it waits.
  public func stall() throws {
    let other = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard other >= 0 else { throw SystemFailure("open \(path)") }
    defer { close(other) }
    let blanks = [UInt8](repeating: UInt8(ascii: "."), count: 4096)
    // A few bytes more may go in after many did not.
    for count in [4096, 64, 1] {
      while write(other, blanks, count) > 0 {}
      guard errno == EAGAIN else { throw SystemFailure("fill \(path)") }
    }
  }

  /// Stops what is painted on it, as Ctrl-S does.
  public func stop() { tcflow(slave, TCOOFF) }

  /// Types `text`.
  public func type(_ text: String) {
    _ = write(master, text, text.utf8.count)
  }

  /// How the line is set: a terminal that was given back is set as before.
  public var settings: [UInt32] {
    var line = termios()
    tcgetattr(slave, &line)
    return [line.c_iflag, line.c_oflag, line.c_cflag, line.c_lflag]
  }
}
