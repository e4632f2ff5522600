import Glibc
import NIOPosix
import Synchronization

/// Lines on their way into a file, on a thread of their own: who adds one never waits for a disk.
final class LineFile: Sendable {
  /// What happens when the file has become as long as it may.
  enum Bound: Sendable {
    /// It ends [bytes].
    case ends(at: Int64)
    /// It takes the place of `FILE.1`, and a new one begins [bytes]; other programs may add to it as well, and what
    /// could not be written for a while is missing in it.
    case rotates(at: Int64)
  }

  /// How much may wait for the disk [bytes]; what is more is lost, and counted.
  private static let mostWaiting = 4 << 20

  private struct State {
    var waiting: [@Sendable () -> [UInt8]] = []
    var cost = 0
    var lost = 0
    var isWriting = false
    var isOver = false
    /// Why the latest line could not be written.
    var problem: String?
  }

  private let path: String
  private let heading: String
  private let bound: Bound
  private let ended: @Sendable (String) -> Void
  private let file: Mutex<OwnFile?>
  private let state = Mutex(State())
  private let pool = NIOThreadPool(numberOfThreads: 1)

  /// A file that begins with the line `heading`; `ended` is told, on any thread, why nothing more is written, or not
  /// now.
  init(
    _ path: String, heading: String, bound: Bound, ended: @escaping @Sendable (String) -> Void
  ) throws(TraceError) {
    self.path = path
    self.heading = heading
    self.bound = bound
    self.ended = ended
    let isShared = if case .rotates = bound { true } else { false }
    file = Mutex(try OwnFile(path, heading: heading, isShared: isShared))
    pool.start()
  }

  deinit {
    file.withLock { if let file = $0 { close(file.descriptor) } }
    pool.shutdownGracefully { _ in }
  }

  /// Adds lines, which are made on the file's thread, one after the other; `cost` is about how long they are.
  func add(cost: Int, _ lines: @escaping @Sendable () -> [UInt8]) {
    let isFirst = state.withLock { state -> Bool in
      guard !state.isOver else { return false }
      guard state.cost + cost <= Self.mostWaiting else {
        state.lost += 1
        return false
      }
      state.cost += cost
      state.waiting.append(lines)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if isFirst { pool.submit { _ in self.writeWaiting() } }
  }

  /// How many additions were lost since the last time that somebody asked.
  func drainLost() -> Int {
    state.withLock { state in
      defer { state.lost = 0 }
      return state.lost
    }
  }

  /// Waits until everything that was added is written.
  func drain() async {
    // Cannot fail: the thread runs.
    try? await pool.runIfActive {}
  }

  private func writeWaiting() {
    let waiting = state.withLock { state in
      defer { (state.waiting, state.cost, state.isWriting) = ([], 0, false) }
      return state.waiting
    }
    for lines in waiting { write(lines()) }
  }

  private func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let problem = file.withLock { file -> String? in
      let problem = turn(&file, before: Int64(clamping: bytes.count)) ?? file?.write(bytes)
      if problem != nil, let open = file {
        close(open.descriptor)
        file = nil
      }
      return problem
    }
    let sentence = state.withLock { state -> String? in
      defer { state.problem = problem }
      guard let problem else { return nil }
      if case .rotates = bound {
        return problem == state.problem ? nil : "\(path) cannot be written: \(problem)"
      }
      (state.isOver, state.waiting, state.cost) = (true, [], 0)
      return "\(path) ends here: \(problem)"
    }
    if let sentence { ended(sentence) }
  }

  /// Sees to the bound; why nothing can be written.
  private func turn(_ file: inout OwnFile?, before length: Int64) -> String? {
    switch bound {
    case .ends(let limit):
      guard let file else { return nil }
      return file.size + length > limit ? "it has reached \(limit >> 20) MB" : nil
    case .rotates(let limit):
      do throws(TraceError) {
        if file == nil { file = try OwnFile(path, heading: heading, isShared: true) }
        guard let open = file else { return nil }
        // Another program may have turned it over.
        if let size = open.length(at: path) {
          guard size + length > limit, size > Int64(clamping: heading.utf8.count + 1) else {
            return nil
          }
          guard rename(path, path + ".1") == 0 else { return String(cString: strerror(errno)) }
        }
        close(open.descriptor)
        file = nil
        file = try OwnFile(path, heading: heading, isShared: true)
        return nil
      } catch {
        return error.problem
      }
    }
  }
}
