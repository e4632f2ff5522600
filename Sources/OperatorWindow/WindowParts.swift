import CallWire
import Canvas
import LauncherSource
package import OperatorConfiguration
import OperatorScreen
import Telephony
import TextForms
import ThirdPartyStore

/// What a window is put together from, but for its terminal.
package struct WindowParts: Sendable {
  let settings: Settings
  let store: StoreAccess
  let environment: [String: String]
  let runtime: RuntimeDirectory
  let record: WindowRecord
  let states = SourceStates()
  let rank = WindowRank()
  /// Where what was acknowledged is kept, and who keeps it there.
  let file: InboxFile
  let inbox: EventInbox
  let sources: [any CallSource]
  let erp: ERPLink?
  let dialler: (any Dialler)?
  let ownNumbers: OwnNumbers

  /// The parts that the settings want; `showsNumbers`: a trace has telephone numbers as they are.
  ///
  /// Throws when what is configured cannot be used.
  package init(
    _ settings: Settings, _ store: StoreAccess, _ directories: Directories,
    environment: [String: String], showsNumbers: Bool
  ) throws(ConfigurationError) {
    self.settings = settings
    self.store = store
    self.environment = environment
    runtime = RuntimeDirectory { environment[$0] }
    let record = WindowRecord(
      settings, directories, release: Release.version, showsNumbers: showsNumbers)
    self.record = record
    file = store.inbox(station: settings.station)
    inbox = EventInbox(file)
    let (names, states) = (CallerNames(store), states)
    let knowledge = WindowKnowledge(
      name: { names.find($0, $1) }, sources: { states.fields },
      refused: { record.warn("launcher: \($0)") })
    let launcher = settings.launcher(runtime, inbox, knowledge, rank: rank, trace: record.trace)
    sources = try [launcher] + settings.sources(environment, trace: record.trace)
    states.follow(sources)
    erp = try settings.erpLink(store, trace: record.trace)
    dialler = try settings.dialler(among: sources, environment: environment)
    ownNumbers = try settings.ownNumbers(demo: store.isDemo)
  }

  /// What tells the window of calls and of itself: the sources, which only the station's first window hears, and the ERP.
  var connections: [any Connection] {
    sources.map { rank.standby($0) } + [erp].compactMap { $0 }
  }

  /// The screen before anything has happened.
  func model(size: Size, writesLines: Bool) -> Model {
    let locale = { (category: String) in localeName(of: category) { environment[$0] } }
    var desk = settings.desk(store)
    desk.createsElsewhere = erp?.newParty != nil
    if writesLines { desk.face = .lines }
    return Model(
      size: size, now: WindowClock.now(), wall: WindowClock.wall(),
      phrases: .forLocale(settings.language?.rawValue ?? locale("LC_MESSAGES"))
        .withDates(of: locale("LC_TIME")), desk: desk,
      policy: PopPolicy(
        options: settings.pop, ownNumbers: ownNumbers, collaborator: settings.collaborator),
      options: settings.optionRows)
  }
}
