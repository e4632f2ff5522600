import CCurses
import Glibc

/// Catches what ncurses writes: its descriptor leads into memory meanwhile.
///
/// ncurses writes until all is written, whatever that takes; so it never writes to the terminal itself.
struct Capture {
  /// The descriptor that ncurses has.
  private let descriptor: Int32
  /// The terminal, where the descriptor leads otherwise: ncurses reads and sets how the line is set there.
  private let terminal: Int32
  private let memory: Int32

  /// Catches what is written to `descriptor`, which otherwise leads to `terminal`.
  init(_ descriptor: Int32, terminal: Int32) throws(TerminalError) {
    let memory = memfd_create("screen", 1)
    guard memory >= 0 else {
      throw .refused("making room for the screen", reason: String(cString: strerror(errno)))
    }
    (self.descriptor, self.terminal, self.memory) = (descriptor, terminal, memory)
  }

  /// What `body` has ncurses write.
  func bytes(of body: () -> Void) -> [UInt8] {
    dup3(memory, descriptor, O_CLOEXEC)
    body()
    dup3(terminal, descriptor, O_CLOEXEC)
    let size = Int(lseek(memory, 0, SEEK_CUR))
    defer {
      lseek(memory, 0, SEEK_SET)
      ftruncate(memory, 0)
    }
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(memory, buffer.baseAddress, size, 0))
    }
  }

  /// Gives the memory back.
  func close() { Glibc.close(memory) }
}
