import CCurses
public import Canvas
import Dispatch
import Glibc

/// The operator's terminal: shows frames, delivers inputs, and is given back on every way out.
///
/// Only the main actor touches ncurses, which keeps its state in globals; so there is at most one
/// terminal at a time. Nothing wakes up by itself: the terminal and the signals are waited for.
/// This file is the life of a terminal; Terminal+Input.swift is what comes from it.
@MainActor
public final class Terminal {
  /// The open terminal, for the signals.
  private static var current: Terminal?

  /// Columns and lines now.
  public internal(set) var size: Size
  /// The signal that asked the program to end, delivered as `Input.hangup`; nil when none did.
  public internal(set) var endSignal: Int32?

  let input: Int32
  private let output: Int32
  private let settings: termios
  private let screen: OpaquePointer
  private let stream: UnsafeMutablePointer<FILE>
  private let isANSI: Bool
  private var painter: Painter
  private var parked: ParkedOutput?
  private var lastFrame: Frame?
  /// Whether the screen is ours now: not while suspended, nor after `restore`.
  private(set) var isUp = false
  private var isRestored = false

  var decoder = InputDecoder()
  var settling: DispatchWorkItem?
  var source: (any DispatchSourceRead)?
  private let signals: SignalPipe
  var deliver: (@Sendable (Input) -> Void)?

  /// Takes the terminal behind the descriptors and clears its screen.
  ///
  /// - Parameters:
  ///   - input: where keys come from; not closed.
  ///   - output: what is painted on; not closed.
  ///   - environment: TERM, LC_ALL, LC_CTYPE, LANG and NO_COLOR are read from it.
  /// - Throws: when there is no terminal, or none that can be painted on; nothing was changed.
  public init(
    input: Int32 = 0, output: Int32 = 1, environment: [String: String]
  ) throws(TerminalError) {
    precondition(
      Terminal.current == nil, "A second terminal was opened before the first was restored.")
    var settings = termios()
    guard isatty(input) == 1 else { throw .notATerminal(descriptor: input) }
    guard tcgetattr(output, &settings) == 0 else { throw .notATerminal(descriptor: output) }
    try TerminalType.check(environment["TERM"], output: output)
    // ncurses lays out wide characters by this library's tables, whatever the user's language.
    guard setlocale(LC_CTYPE, "C.UTF-8") != nil else {
      throw .refused("choosing the locale C.UTF-8", reason: "it is not installed")
    }
    // Descriptors of our own: standard output is parked.
    let own = fcntl(output, F_DUPFD_CLOEXEC, 3)
    guard own >= 0, let stream = fdopen(own, "r+") else {
      throw .refused("copying the output's descriptor", reason: String(cString: strerror(errno)))
    }
    self.input = input
    self.output = own
    self.settings = settings
    self.stream = stream

    // The size is the kernel's, not LINES and COLUMNS, which a shell may have exported long ago.
    use_env(false)
    use_tioctl(true)
    // ncurses leaves alone the signals that have a handler.
    signals = try SignalPipe(Terminal.endingSignals + [SIGWINCH, SIGTSTP, SIGCONT]) { signal in
      Terminal.endLater(by: signal)
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { Terminal.current?.received(signal) }
      }
    }
    guard let screen = newterm(environment["TERM"], stream, stream) else {
      signals.close()
      fclose(stream)
      throw .refused("starting ncurses", reason: "it gave no reason")
    }
    self.screen = screen
    isANSI = TerminalType.isANSI
    size = Size(width: Int(getmaxx(screenpop_stdscr())), height: Int(getmaxy(screenpop_stdscr())))
    painter = Painter(
      palette: Palette(environment: environment), charset: Charset(environment: environment))
    Terminal.current = self
    raw()
    noecho()
    nonl()
    keypad(screenpop_stdscr(), true)
    // ncurses would look for typed keys before painting and put the painting off.
    typeahead(-1)
    enter()
  }

  /// Shows `frame`; while the program is suspended, it is shown afterwards.
  public func show(_ frame: Frame) {
    lastFrame = frame
    if isUp { painter.paint(frame, on: size) }
  }

  /// Rings the terminal's bell.
  public func bell() {
    if isUp { beep() }
  }

  /// Gives the terminal back as it was and prints what was parked. Harmless when repeated.
  public func restore() {
    guard !isRestored else { return }
    isRestored = true
    stop()
    leave()
    signals.close()
    delscreen(screen)
    fclose(stream)
    Terminal.current = nil
  }

  /// Gives the terminal to the shell, as Ctrl-Z does, until the program is continued.
  public func suspend() {
    guard isUp else { return }
    leave()
    SignalPipe.performDefault(SIGTSTP)
    enter()
    followSize()
  }

  /// Takes the screen again after someone else had it.
  func retake() {
    guard isUp else { return }
    leave()
    enter()
    followSize()
  }

  /// Follows the terminal's size, and delivers it when it is another one. (A program in the
  /// background is not told of it, so this is asked whenever the screen is taken.)
  func followSize() {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return
    }
    let now = Size(width: Int(window.ws_col), height: Int(window.ws_row))
    guard now != size else { return }
    size = now
    // Not resizeterm, which queues a second resize as a key.
    resize_term(Int32(now.height), Int32(now.width))
    // Terminals move what they show when their size changes.
    painter.invalidate()
    deliver?(.resize(now))
  }

  private func enter() {
    parked = ParkedOutput(terminal: output)
    let bytes = Array(TerminalType.resetSequence.utf8)
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = memory.initialize(from: bytes)
    EmergencyRestore.arm(
      .init(
        terminal: output, settings: settings, bytes: memory,
        parked: (parked?.reader ?? -1, parked?.target ?? -1)))
    reset_prog_mode()
    isUp = true
    painter.invalidate()
    painter.paint(lastFrame ?? Frame(size), on: size)
    if isANSI { send(TerminalType.startReports) }
  }

  private func leave() {
    guard isUp else { return }
    isUp = false
    guard EmergencyRestore.disarm() else { return }
    if isANSI { send(TerminalType.endReports) }
    endwin()
    // What was typed for the window is not for the shell.
    var settings = settings
    tcsetattr(output, TCSAFLUSH, &settings)
    parked?.release()
    parked = nil
  }

  /// Writes directly; ncurses has nothing buffered between two refreshes.
  private func send(_ sequence: String) {
    let bytes = Array(sequence.utf8)
    _ = write(output, bytes, bytes.count)
  }
}
