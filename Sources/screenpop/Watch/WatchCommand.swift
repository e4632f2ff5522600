import ArgumentParser
import CallWire
import Curses
import Glibc
import LauncherSource
import OperatorConfiguration
import ThirdPartyStore

/// `screenpop watch`: the operator's window.
struct WatchCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Open the window that shows calls (what screenpop alone does).")

  @Option(help: "The operator's extension.")
  var station: String?

  @Option(help: "The site or account, when an extension alone is not unique.")
  var ident: String?

  @Option(help: "The staff member's code in the ERP.")
  var collaborator: String?

  @Option(help: "Where calls are shown: top-left, top-right, bottom-left or bottom-right.")
  var corner: String?

  @Flag(help: "Open the record of every call by itself.")
  var popup = false

  @OptionGroup var options: StoreOptions

  func run() throws { try Program.wait { try await show() } }

  @MainActor
  private func show() async throws {
    let directories = Directories(environment: environment)
    let store = StoreAccess(directories, demo: options.demo)
    let settings: Settings
    do {
      settings = try Settings.load(
        directories: directories, screen: store.chosenOptions(), commandLine: commandLine)
    } catch {
      throw error.told()
    }
    store.adopt(settings)
    if options.demo { try await prepareDemo(store) }
    do {
      let environment = environment
      let runtime = RuntimeDirectory { environment[$0] }
      let (names, states, rank) = (CallerNames(store), SourceStates(), WindowRank())
      let knowledge = WindowKnowledge(name: { names.find($0, $1) }, sources: { states.fields })
      let file = store.inbox(station: settings.station)
      let inbox = EventInbox(
        keep: { try file.keep($0, settling: $1) }, flush: { try file.flush() })
      let launcher = settings.launcher(runtime, inbox, knowledge, rank: rank)
      let sources = try [launcher] + settings.sources(environment)
      states.follow(sources)
      let erp = try settings.erpLink(store)
      let dialler = try settings.dialler(among: sources, environment: environment)
      let terminal = try Terminal(environment: environment)
      let window = Window(
        terminal, settings, store, file, inbox, sources, states, erp, dialler, rank: rank,
        runtime: runtime,
        environment: environment)
      let status = await window.run()
      if status != 0 { throw ExitCode(status) }
    } catch let error as StoreError {
      StandardError.say(error.sentence)
      throw ExitCode(EX_CONFIG)
    } catch let error as TerminalError {
      StandardError.say(error.description)
      throw ExitCode(EX_UNAVAILABLE)
    }
  }

  /// The options given here, by configuration key.
  private var commandLine: [String: String] {
    var values: [String: String] = [:]
    values["station"] = station
    values["ident"] = ident
    values["collaborator"] = collaborator
    values["corner"] = corner
    if popup { values["popup"] = "true" }
    return values
  }

  @MainActor
  private func prepareDemo(_ store: StoreAccess) async throws {
    do throws(StoreError) {
      if try store.isEmpty() { try await store.fillDemo() }
    } catch {
      StandardError.say(error.sentence)
      throw error.exitCode
    }
  }
}
