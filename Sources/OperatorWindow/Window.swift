import CallWire
import Canvas
package import Curses
import Dispatch
import Glibc
import LauncherSource
import OperatorConfiguration
import OperatorScreen
import Telephony
import ThirdPartyStore

/// The window's loop: messages in, the screen painted, effects out.
///
/// Everything of the screen happens on the main actor; what blocks happens elsewhere and comes back
/// as messages. One timer wakes the loop when the model says that something will change by itself.
@MainActor
package final class Window {
  /// How long the end waits for others; within two seconds the terminal is given back in any case.
  private static let patience = DispatchTimeInterval.milliseconds(1_200)

  private let terminal: any OperatorTerminal
  private let parts: WindowParts
  private let mailbox: Mailbox
  private let performer: EffectPerformer
  private let timer: any DispatchSourceTimer
  private var model: Model
  private var pace = PaintPace()
  /// How many events had come in at the last turn.
  private var arrived = 0
  private var finish: CheckedContinuation<Void, Never>?
  private var hasEnded = false
  /// Whether the journal has all that the window knew at its end.
  private var isWritten = false
  private var listening: [Task<Void, Never>] = []

  /// The current window, for the mailbox.
  private static weak var current: Window?

  /// A window of these parts on the terminal, which shows nothing yet.
  package init(_ terminal: any OperatorTerminal, _ parts: WindowParts) {
    self.terminal = terminal
    self.parts = parts
    let mailbox = Mailbox { Self.onMain { $0.turn() } }
    self.mailbox = mailbox
    let (inbox, record) = (parts.inbox, parts.record)
    parts.rank.observe { isFirst in
      mailbox.post(.rank(isFirst: isFirst))
      inbox.setRank(isFirst: isFirst)
    }
    performer = EffectPerformer(
      parts, sign: { sign in Self.onMain { $0.terminal.make(sign) } }, mailbox.post)
    parts.store.listen { sentence in
      record.warn(sentence)
      mailbox.post(.trouble(.store, sentence: sentence))
    }
    timer = DispatchSource.makeTimerSource(queue: .main)
    model = parts.model(size: terminal.size, writesLines: terminal.writesLines)
  }

  /// Has the current window, if there still is one, do something from another thread.
  private nonisolated static func onMain(_ work: @escaping @MainActor @Sendable (Window) -> Void) {
    DispatchQueue.main.async { @Sendable in
      MainActor.assumeIsolated { if let window = Window.current { work(window) } }
    }
  }

  /// Shows the window until the operator quits or the terminal goes; the exit status.
  package func run() async -> Int32 {
    Window.current = self
    timer.setEventHandler { @Sendable in MainActor.assumeIsolated { Window.current?.turn() } }
    timer.resume()
    let (mailbox, record, inbox) = (mailbox, parts.record, parts.inbox)
    terminal.start { [terminal] input in
      guard input != .key(.control("z")) else {
        return MainActor.assumeIsolated { terminal.suspend() }
      }
      mailbox.post(.input(input))
    }
    parts.file.onTrouble { sentence in
      record.warn(sentence)
      mailbox.post(.trouble(.store, sentence: sentence))
    }
    record.onTrouble { mailbox.post(.trouble(.record, sentence: $0)) }
    performer.parties.start()
    if parts.settings.attention.contains(.osc) { terminal.askName() }
    turn()
    // Not waited for in a task: its continuation would come by Dispatch's thread pool.
    inbox.follow(performer.ownData.past(in: parts.file))
    performer.ownData.readJournal { Self.onMain { $0.listen() } }
    await withCheckedContinuation { continuation in
      finish = continuation
      // The operator may have quit at once.
      if hasEnded { finish?.resume() }
    }
    timer.cancel()
    Terminal.endSoon()
    // Before that: what is lost on a disk that hangs has to be said.
    let rescue = DispatchWorkItem { MainActor.assumeIsolated { Window.current?.endAtOnce() } }
    DispatchQueue.main.asyncAfter(deadline: .now() + Self.patience, execute: rescue)
    for task in listening { task.cancel() }
    for task in listening { await task.value }
    // What the sources still handed over is kept as well.
    await inbox.drain()
    handle(mailbox.drain())
    isWritten = await performer.ownData.flush(model.unsavedLines) == nil
    await inbox.finish()
    await performer.finish()
    await record.finish()
    rescue.cancel()
    return giveBack()
  }

  /// Ends although something hangs: the disk, or a program that was told of a call. Threads that wait for it keep the
  /// process from ending in the ordinary way.
  private func endAtOnce() {
    if !isWritten { handle(mailbox.drain()) }
    _exit(giveBack())
  }

  /// Gives the terminal back, and sees to the calls that were not written: they go to the spool, or are said; the exit
  /// status.
  private func giveBack() -> Int32 {
    let signal = terminal.endSignal
    terminal.restore()
    let lastChance = LastChance(spool: parts.runtime.spool, station: parts.settings.station)
    guard isWritten || lastChance.keep(model.unsavedLines, besides: parts.inbox.unkept) else {
      return EX_IOERR
    }
    return signal.map { 128 + $0 } ?? 0
  }

  /// Has the connections tell what comes, once the journal is known.
  ///
  /// They wait on a thread of their own: Dispatch's thread pool, once used, wakes the process every second for good.
  private func listen() {
    guard !hasEnded else { return }
    let (mailbox, parts, lane) = (mailbox, parts, Lane())
    listening = parts.connections.map { connection in
      Task(executorPreference: lane) {
        await connection.run { report in
          parts.states.note(report)
          parts.record.note(report)
          guard case .event(var event) = report, event.keptAs == nil else {
            return mailbox.post(.report(report))
          }
          event.keptAs = newMessageID()
          parts.inbox.accept(event) { mailbox.post(.report(.event($0))) }
        }
      }
    }
  }

  private func turn() {
    guard !hasEnded else { return }
    // In a flood those who wait for an acknowledgement go first: what is shown and written may come later.
    let known = arrived
    arrived = parts.inbox.arrived
    let (messages, isHeld) = mailbox.nextBatch(yields: pace.isFlooded && arrived != known)
    handle(messages)
    guard !hasEnded else {
      finish?.resume()
      finish = nil
      return
    }
    parts.states.note(
      quietUntil: model.quietEnd, isOnCall: model.isOnCall,
      collaborator: model.policy.collaborator)
    // In a flood the messages are taken in all the same; the newest state is what is painted next.
    if let pause = pace.paint(after: messages.count, at: WindowClock.now()) {
      return timer.schedule(deadline: .now() + .milliseconds(Int(clamping: pause)))
    }
    terminal.show(render(model))
    if isHeld {
      return timer.schedule(deadline: .now() + .milliseconds(Int(clamping: PaintPace.pause)))
    }
    if let wake = model.nextWake {
      let wait = Int(clamping: max(1, wake - WindowClock.now()))
      timer.schedule(deadline: .now() + .milliseconds(wait), leeway: .milliseconds(5))
    } else {
      timer.schedule(deadline: .distantFuture)
    }
  }

  private func handle(_ messages: [Message]) {
    let (moment, wall) = WindowClock.both()
    perform(update(&model, .tick(moment, wall)))
    // One by one: the threads of the store begin with the first while the next is taken in.
    for message in messages { perform(update(&model, message)) }
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      if effect == .quit { hasEnded = true } else { performer.perform(effect) }
    }
  }
}
