public import Canvas
import Dispatch
import Glibc

/// The window line by line, for braille displays, screen readers and other programs (R60): no screen is taken, each
/// line is written once, and keys are typed as lines.
///
/// Of a frame the lines are written that the one before did not have (see ``SpokenLines``), and blanks that only stand
/// for columns are left out. An empty line is Enter; a line of one
/// character is that key; `.esc` and the like are keys without a character (see ``LineKeys``); anything else is typed
/// as it stands, and Enter behind it.
@MainActor
public final class LineTerminal: OperatorTerminal {
  /// Wide enough for a call in one line.
  public let size = Size(width: 120, height: 60)
  /// Yes.
  public var writesLines: Bool { true }
  /// The signal that asked the program to end; nil when none did.
  public private(set) var endSignal: Int32?

  /// The open one, for the signals and the writer.
  private static var current: LineTerminal?
  /// The most bytes that wait for a reader that does not read: the oldest lines go.
  private static let mostWaiting = 256 * 1024

  private let input: Int32
  private let isTerminal: Bool
  /// Nil where nobody is behind the output who could take signs.
  private let encoder: SignEncoder?
  private let writer: TerminalWriter
  private var signals: SignalPipe?
  private var spoken = SpokenLines()
  private var waiting: [[UInt8]] = []
  private var typed: [UInt8] = []
  private var source: (any DispatchSourceRead)?
  private var deliver: (@Sendable (Input) -> Void)?

  /// Reads keys from `input` and writes to `output`; neither has to be a terminal.
  public init(
    input: Int32 = 0, output: Int32 = 1, environment: [String: String] = [:]
  ) throws(TerminalError) {
    self.input = input
    encoder = isatty(output) == 1 ? SignEncoder(environment: environment) : nil
    isTerminal = isatty(input) == 1
    writer = try TerminalWriter(output) {
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { LineTerminal.current?.writeWaiting() }
      }
    }
    signals = try SignalPipe(Terminal.endingSignals + Terminal.ignoredSignals) { signal in
      Terminal.endLater(by: signal)
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { LineTerminal.current?.received(signal) }
      }
    }
    LineTerminal.current = self
  }

  /// Delivers the inputs that typed lines mean, on the main actor, until `restore`.
  public func start(_ deliver: @escaping @Sendable (Input) -> Void) {
    self.deliver = deliver
    let source = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
    source.setEventHandler { @Sendable in
      MainActor.assumeIsolated { LineTerminal.current?.readInput() }
    }
    self.source = source
    source.resume()
  }

  /// Writes the lines that the frame before did not have; never waits.
  public func show(_ frame: Frame) {
    let lines = (0..<frame.size.height).map { frame.text(ofLine: $0) }.filter { !$0.isEmpty }
    for line in spoken.news(in: lines) { waiting.append(Array((line + "\n").utf8)) }
    var excess = waiting.reduce(0) { $0 + $1.count } - Self.mostWaiting
    while excess > 0 { excess -= waiting.removeFirst().count }
    writeWaiting()
  }

  /// Rings the bell of a terminal, and fills its clipboard; titles and notifications are for eyes.
  public func make(_ sign: TerminalSign) {
    switch sign {
    case .bell, .copy:
      guard isTerminal, let encoder else { return }
      waiting.append(encoder.bytes(of: sign))
      writeWaiting()
    case .title, .notice, .withdraw: return
    }
  }

  /// Nothing: no sign depends on it.
  public func askName() {}

  /// Nothing: the terminal was not taken.
  public func suspend() {}

  /// Writes what waits, within a second, and ends. Harmless when repeated.
  public func restore() {
    deliver = nil
    source?.cancel()
    signals?.close()
    signals = nil
    _ = writer.waitUntilIdle(400)
    writeWaiting()
    _ = writer.waitUntilIdle(400)
    writer.close()
    LineTerminal.current = nil
  }

  private func writeWaiting() {
    guard !waiting.isEmpty, !writer.isBusy else { return }
    writer.write(Array(waiting.joined()))
    waiting = []
  }

  private func received(_ signal: Int32) {
    guard !Terminal.ignoredSignals.contains(signal) else { return }
    endSignal = signal
    deliver?(.hangup)
  }

  private func readInput() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    guard count > 0 else {
      if count < 0, errno == EINTR || errno == EAGAIN { return }
      // Ctrl-D at a terminal ends the window; a program that only listens closes its end and goes on reading.
      source?.cancel()
      if isTerminal { deliver?(.hangup) }
      return
    }
    typed += bytes[..<count]
    while let end = typed.firstIndex(of: UInt8(ascii: "\n")) {
      for input in LineKeys.inputs(of: Array(typed[..<end])) { deliver?(input) }
      typed.removeFirst(end + 1)
    }
    if typed.count > InputDecoder.maxPaste { typed = [] }
  }
}

extension Frame {
  /// A line's text without the blanks around it, and with two at most between its parts: a braille display has forty
  /// columns.
  fileprivate func text(ofLine y: Int) -> String {
    var blanks = 0
    var text = (0..<size.width).reduce(into: "") {
      let cell = self[Point(x: $1, y: y)]
      guard !cell.isRightHalf else { return }
      blanks = cell.text == " " ? blanks + 1 : 0
      if blanks <= 2 { $0 += cell.text }
    }[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
