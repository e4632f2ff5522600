import CallWire
import Canvas
import Connector
import LauncherSource
package import OperatorConfiguration
import OperatorScreen
import PhoneNumbers
package import Telephony
package import TrafficTrace

/// Plays a run in a trace again: the same sessions read it, the same screen's logic makes of it what it made then, and
/// its own times are the clock. Nothing is sent, opened, or written; third parties are those of today's store.
package struct TraceReplay {
  /// The journal's lines, the oldest first.
  package private(set) var journal: [JournalEntry] = []
  /// Sources in the trace that nothing here can play.
  package private(set) var unplayed: Set<String> = []

  private let run: TraceRun
  private let store: StoreAccess
  private var model: Model
  private var players: [SourceID: any TracePlayer] = [:]
  private var known: Set<String> = []
  private var keys: [String: Int] = [:]

  /// Plays the run; throws when what was configured then makes no sense here.
  package init(_ run: TraceRun, _ store: StoreAccess) throws(ConfigurationError) {
    self.run = run
    self.store = store
    let settings = try Settings.recorded(run.options)
    model = Model(
      size: Size(width: 80, height: 24), now: Moment(milliseconds: 0), wall: run.wall,
      phrases: .english, desk: settings.desk(store),
      policy: PopPolicy(options: settings.pop, collaborator: settings.collaborator), options: [])
    let lines = Dictionary(grouping: run.lines, by: \.source)
    for source in try settings.sources([:]) {
      guard let source = source as? any TracedSource else { continue }
      players[source.id] = source.player(of: lines[source.id] ?? [])
    }
    players[.erp] = SessionPlayer { ERPSession() }
    players[.launcher] = LauncherSource.player(station: settings.station, plan: settings.plan)
    if case .success(let entries) = store.exceptions() { handle(.exceptions(entries)) }
    for line in run.lines { play(line) }
    // What would still have ended by itself, had the program gone on, is not known.
  }

  private mutating func play(_ line: TraceLine) {
    let now = Moment(milliseconds: line.time)
    // What happened by itself until then.
    while let wake = model.nextWake, wake < now, wake > model.now { tick(wake) }
    tick(now)
    if line.mark == .event, let health = Self.health(line.words, now) {
      return handle(.report(.health(line.source, health)))
    }
    guard line.source != Trace.own, line.source != TelephoneOperator.traced else { return }
    guard let events = players[line.source]?.play(line, at: now) else {
      unplayed.insert(line.source.name)
      return
    }
    for var event in events {
      let name = event.keptAs ?? "event \(known.count)"
      guard known.insert(name).inserted else { continue }
      event.keptAs = name
      handle(.report(.event(event)))
    }
  }

  private mutating func tick(_ now: Moment) {
    handle(.tick(now, run.wall + now.milliseconds))
  }

  /// Takes a message, and does what it asks for at once.
  private mutating func handle(_ message: Message) {
    for effect in update(&model, message) {
      switch effect {
      case .ask(.lookUp(let id, let number)): handle(.found(id, store.matches(number), of: number))
      case .ask(.lookUpLine(let key, let number)):
        handle(.foundForLine(key: key, store.matches(number)))
      case .keep(.saveJournal(let entry, let events)):
        if let place = keys[entry.key] {
          journal[place] = entry
        } else {
          keys[entry.key] = journal.count
          journal.append(entry)
        }
        handle(.journalSaved(entry, having: events))
      case .ask, .keep, .telephone, .open, .attend, .copy, .tell, .playSample, .quit: break
      }
    }
  }

  /// What the words say of a source.
  private static func health(_ words: String, _ now: Moment) -> SourceHealth? {
    let parts = words.split(separator: " ", maxSplits: 1).map { String($0) }
    let reason = parts.count == 2 ? parts[1] : ""
    switch parts.first {
    case "up" where parts.count == 1: return .up
    case "down": return .down(reason: reason, since: now, nextTry: nil)
    case "off": return .off(reason: reason)
    default: return nil
    }
  }
}
