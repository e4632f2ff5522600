package import CallWire
import Canvas
package import Curses
import Dispatch
import Glibc
package import LauncherSource
package import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
package import Telephony
package import ThirdPartyStore

/// The window's loop: messages in, the screen painted, effects out.
///
/// Everything of the screen happens on the main actor; what blocks happens elsewhere and comes back
/// as messages. One timer wakes the loop when the model says that something will change by itself.
@MainActor
package final class Window {
  /// How long the end waits for others; within two seconds the terminal is given back in any case.
  private static let patience = DispatchTimeInterval.milliseconds(1_200)

  private let terminal: any OperatorTerminal
  private let mailbox: Mailbox
  private let performer: EffectPerformer
  private let parties: PartyReader
  private let directory: PublicDirectory?
  private let ownData: OwnDataKeeper
  private let attention: AttentionCaller
  private let hooks: HookRunner
  private let file: InboxFile
  private let inbox: EventInbox
  private let lastChance: LastChance
  private let connections: [any Connection]
  private let states: SourceStates
  private let record: WindowRecord
  private let timer: any DispatchSourceTimer
  private var model: Model
  private var pace = PaintPace()
  /// How many events had come in at the last turn.
  private var arrived = 0
  private var finish: CheckedContinuation<Void, Never>?
  private var hasEnded = false
  /// Whether the journal has all that the window knew at its end.
  private var isWritten = false
  private let asksName: Bool
  private var listening: [Task<Void, Never>] = []

  /// The current window, for the mailbox.
  private static weak var current: Window?

  package init(
    _ terminal: any OperatorTerminal, _ settings: Settings, _ store: StoreAccess,
    _ file: InboxFile, _ inbox: EventInbox, _ sources: [any CallSource], _ states: SourceStates,
    _ erp: ERPLink?, _ dialler: (any Dialler)?, _ ownNumbers: OwnNumbers,
    rank: WindowRank, record: WindowRecord, runtime: RuntimeDirectory,
    environment: [String: String]
  ) {
    self.record = record
    self.terminal = terminal
    connections = sources.map { rank.standby($0) } + [erp].compactMap { $0 }
    self.states = states
    asksName = settings.attention.contains(.osc)
    self.file = file
    self.inbox = inbox
    lastChance = LastChance(spool: runtime.spool, station: settings.station)
    mailbox = Mailbox {
      DispatchQueue.main.async { @Sendable in MainActor.assumeIsolated { Window.current?.turn() } }
    }
    rank.observe { [mailbox] isFirst in
      mailbox.post(.rank(isFirst: isFirst))
      inbox.setRank(isFirst: isFirst)
    }
    let choices = OperatorChoices(settings)
    directory = PublicDirectory(settings, environment: environment) { [mailbox] sentence in
      record.warn(sentence)
      mailbox.post(.trouble(.hook, sentence: sentence))
    }
    parties = PartyReader(store, erp, directory: directory, mailbox.post)
    ownData = OwnDataKeeper(store, inbox, choices, parties, mailbox.post)
    let sign: @Sendable (TerminalSign) -> Void = { sign in
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { Window.current?.terminal.make(sign) }
      }
    }
    attention = AttentionCaller(settings, environment: environment, sign: sign, mailbox.post)
    hooks = HookRunner(settings, environment: environment, mailbox.post)
    performer = EffectPerformer(
      parties: parties, ownData: ownData,
      telephones: TelephoneOperator(
        sources, dialler: dialler, plan: settings.plan, trace: record.trace, mailbox.post),
      opener: PageOpener(choices, erp, environment: environment, mailbox.post),
      attention: attention, hooks: hooks, choices: choices,
      runtime: runtime, sign: sign, post: mailbox.post)
    store.listen { [mailbox] sentence in
      record.warn(sentence)
      mailbox.post(.trouble(.store, sentence: sentence))
    }
    timer = DispatchSource.makeTimerSource(queue: .main)
    let locale = { (category: String) in
      ["LC_ALL", category, "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    }
    var desk = settings.desk(store)
    desk.createsElsewhere = erp?.newParty != nil
    if terminal.writesLines { desk.face = .lines }
    model = Model(
      size: terminal.size, now: WindowClock.now(), wall: WindowClock.wall(),
      phrases: .forLocale(settings.language?.rawValue ?? locale("LC_MESSAGES"))
        .withDates(of: locale("LC_TIME")), desk: desk,
      policy: PopPolicy(
        options: settings.pop, ownNumbers: ownNumbers, collaborator: settings.collaborator),
      options: settings.optionRows)
  }

  /// Shows the window until the operator quits or the terminal goes; the exit status.
  package func run() async -> Int32 {
    Window.current = self
    timer.setEventHandler { @Sendable in MainActor.assumeIsolated { Window.current?.turn() } }
    timer.resume()
    let mailbox = mailbox
    terminal.start { [terminal] input in
      guard input != .key(.control("z")) else {
        return MainActor.assumeIsolated { terminal.suspend() }
      }
      mailbox.post(.input(input))
    }
    file.onTrouble { [record] sentence in
      record.warn(sentence)
      mailbox.post(.trouble(.store, sentence: sentence))
    }
    record.onTrouble { mailbox.post(.trouble(.record, sentence: $0)) }
    parties.start()
    if asksName { terminal.askName() }
    turn()
    // Not waited for in a task: its continuation would come by Dispatch's thread pool.
    inbox.follow(ownData.past(in: file))
    ownData.readJournal {
      DispatchQueue.main.async { @Sendable in
        MainActor.assumeIsolated { Window.current?.listen() }
      }
    }
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
    isWritten = await ownData.flush(model.unsavedLines) == nil
    await parties.finish()
    await directory?.finish()
    await inbox.finish()
    await attention.finish()
    await hooks.finish()
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
    guard isWritten || lastChance.keep(model.unsavedLines, besides: inbox.unkept) else {
      return EX_IOERR
    }
    return signal.map { 128 + $0 } ?? 0
  }

  /// Has the connections tell what comes, once the journal is known.
  ///
  /// They wait on a thread of their own: Dispatch's thread pool, once used, wakes the process every second for good.
  private func listen() {
    guard !hasEnded else { return }
    let (mailbox, inbox, states, record, lane) = (mailbox, inbox, states, record, Lane())
    listening = connections.map { connection in
      Task(executorPreference: lane) {
        await connection.run { report in
          states.note(report)
          record.note(report)
          guard case .event(var event) = report, event.keptAs == nil else {
            return mailbox.post(.report(report))
          }
          event.keptAs = newMessageID()
          inbox.accept(event) { mailbox.post(.report(.event($0))) }
        }
      }
    }
  }

  private func turn() {
    guard !hasEnded else { return }
    // In a flood those who wait for an acknowledgement go first: what is shown and written may come later.
    let known = arrived
    arrived = inbox.arrived
    let (messages, isHeld) = mailbox.nextBatch(yields: pace.isFlooded && arrived != known)
    handle(messages)
    guard !hasEnded else {
      finish?.resume()
      finish = nil
      return
    }
    states.note(
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
