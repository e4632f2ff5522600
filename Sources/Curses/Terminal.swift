import CCurses
public import Canvas
import Dispatch
import Glibc
import Synchronization

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
  /// How the line is set while the screen is ours.
  private var ownSettings = termios()
  private let screen: OpaquePointer
  private let stream: UnsafeMutablePointer<FILE>
  private let capture: Capture
  private let writer: TerminalWriter
  /// Whether the latest frame waits until the terminal has taken what is on its way.
  private var isBehind = false
  /// The signs that wait for the same, oldest first.
  private var signs: [TerminalSign] = []
  private var encoder: SignEncoder
  /// What the title says while it is ours.
  private var title: String?
  /// What goes before the next frame: ncurses takes the screen.
  private var opening: [UInt8] = []
  /// What goes with the next frame: it turns reports of the mouse on.
  private var prelude: [UInt8] = []
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
    let (own, curses) = (fcntl(output, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3))
    guard own >= 0, curses >= 0, let stream = fdopen(curses, "r+") else {
      throw .refused("copying the output's descriptor", reason: String(cString: strerror(errno)))
    }
    self.input = input
    self.output = own
    capture = try Capture(curses, terminal: own)
    writer = try TerminalWriter(own) {
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { Terminal.current?.catchUp() }
      }
    }
    self.settings = settings
    self.stream = stream
    encoder = SignEncoder(environment: environment)

    // The size is the kernel's, not LINES and COLUMNS, which a shell may have exported long ago; and no size that
    // no terminal has.
    use_env(true)
    use_tioctl(false)
    Terminal.exportSize(Terminal.measure(own))
    // ncurses leaves alone the signals that have a handler.
    signals = try SignalPipe(
      Terminal.endingSignals + Terminal.ignoredSignals + [SIGWINCH, SIGTSTP, SIGCONT]
    ) { signal in
      Terminal.endLater(by: signal)
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { Terminal.current?.received(signal) }
      }
    }
    guard let screen = newterm(environment["TERM"], stream, stream) else {
      signals.close()
      writer.close()
      capture.close()
      fclose(stream)
      close(own)
      throw .refused("starting ncurses", reason: "it gave no reason")
    }
    self.screen = screen
    Terminal.exportSize(nil)
    isANSI = TerminalType.isANSI
    size = Size(width: Int(getmaxx(screenpop_stdscr())), height: Int(getmaxy(screenpop_stdscr())))
    painter = Painter(
      palette: Palette(environment: environment), charset: Charset(environment: environment))
    Terminal.current = self
    raw()
    noecho()
    nonl()
    // Nothing is written here, because a terminal that does not read would hold up the start; it begins the first
    // frame, and keeps the place of the cursor.
    opening = capture.bytes { keypad(screenpop_stdscr(), true) }
    // ncurses would look for typed keys before painting and put the painting off.
    typeahead(-1)
    tcgetattr(own, &ownSettings)
    enter()
  }

  /// Shows `frame`; while the program is suspended, it is shown afterwards. Never waits: while the terminal
  /// does not read, frames are passed over, and the newest is shown when it reads again.
  public func show(_ frame: Frame) {
    lastFrame = frame
    guard isUp else { return }
    isBehind = writer.isBusy
    if !isBehind { paint(frame) }
  }

  private func paint(_ frame: Frame) {
    let bytes = capture.bytes { painter.paint(frame, on: size) }
    writer.write(opening + bytes + prelude)
    (opening, prelude) = ([], [])
  }

  /// Makes the signs that are due, and then shows the newest frame, once the terminal reads again.
  private func catchUp() {
    makeSigns()
    if isUp, isBehind, let lastFrame { show(lastFrame) }
  }

  /// Has the terminal's user look. While the terminal does not read, signs wait: one bell for many, and of what
  /// is said of one thing the latest.
  public func make(_ sign: TerminalSign) {
    if case .title(let text) = sign { title = text }
    guard isUp else { return }
    signs.removeAll { $0.isOverruled(by: sign) }
    signs.append(sign)
    signs.removeFirst(max(0, signs.count - Self.mostSigns))
    makeSigns()
  }

  /// The most signs that wait.
  private static let mostSigns = 16

  private func makeSigns() {
    guard isUp, !writer.isBusy else { return }
    writer.write(signs.flatMap(bytes(of:)))
    signs = []
  }

  private func bytes(of sign: TerminalSign) -> [UInt8] {
    let isTitled = EmergencyRestore.hasTitle.load(ordering: .sequentiallyConsistent)
    let bytes = encoder.bytes(of: sign, isTitled: isTitled)
    if case .title(let text) = sign, encoder.hasTitle {
      EmergencyRestore.hasTitle.store(text != nil, ordering: .sequentiallyConsistent)
    }
    return bytes
  }

  /// Asks the terminal what it is, so that it gets notifications in the form that it shows. Not through tmux, which
  /// would answer for itself.
  public func askName() {
    if isANSI, !encoder.isInTmux { prelude += Array("\u{1B}[>0q".utf8) }
  }

  /// Takes over what the terminal answered.
  func learn(_ name: String) { encoder.learn(name) }

  /// Gives the terminal back as it was and prints what was parked. Harmless when repeated.
  public func restore() {
    guard !isRestored else { return }
    isRestored = true
    stop()
    leave()
    signals.close()
    _ = capture.bytes { delscreen(screen) }
    capture.close()
    fclose(stream)
    let isHeld = writer.isBusy
    writer.close()
    // A writer that the terminal holds needs it still; the process ends soon.
    if !isHeld { close(output) }
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
    guard let now = Terminal.measure(output), now != size else { return }
    size = now
    // Not resizeterm, which queues a second resize as a key.
    resize_term(Int32(now.height), Int32(now.width))
    // Terminals move what they show when their size changes.
    painter.invalidate()
    deliver?(.resize(now))
  }

  /// The terminal's size as the kernel has it, within what terminals have; nil when it has none.
  private static func measure(_ output: Int32) -> Size? {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return nil
    }
    return Size(
      width: min(Int(window.ws_col), largest.width), height: min(Int(window.ws_row), largest.height)
    )
  }

  /// What no terminal exceeds: ncurses would take memory for whatever size it is told.
  private static let largest = Size(width: 1_000, height: 400)

  /// Tells ncurses the size.
  private static func exportSize(_ size: Size?) {
    unsetenv("LINES")
    unsetenv("COLUMNS")
    guard let size else { return }
    setenv("LINES", "\(size.height)", 1)
    setenv("COLUMNS", "\(size.width)", 1)
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
    // What ncurses writes of it comes with the frame; the line is set without waiting for what was written.
    prelude = capture.bytes { reset_prog_mode() }
    tcsetattr(output, TCSANOW, &ownSettings)
    isUp = true
    painter.invalidate()
    if isANSI { prelude += Array(TerminalType.startReports.utf8) }
    if let title { signs.append(.title(title)) }
    show(lastFrame ?? Frame(size))
  }

  private func leave() {
    guard isUp else { return }
    isUp = false
    signs = []
    let untitled = self.bytes(of: .title(nil))
    guard EmergencyRestore.disarm() else { return }
    let bytes = untitled + capture.bytes { endwin() }
    if writer.waitUntilIdle(400) {
      writer.write((isANSI ? Array(TerminalType.endReports.utf8) : []) + bytes)
      _ = writer.waitUntilIdle(400)
    }
    // Not when the output has gone, which may be never. What was typed for the window is not for the shell.
    var settings = settings
    tcsetattr(output, TCSANOW, &settings)
    tcflush(output, TCIFLUSH)
    parked?.release()
    parked = nil
  }
}
