import ArgumentParser
import Curses
import Foundation
import OperatorConfiguration
import OperatorWindow

/// `screenpop watch`: the operator's window.
struct WatchCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Open the window that shows calls (what screenpop alone does).")

  @Option(help: "The operator's extension.")
  var station: String?

  @Option(help: "The site or account, when an extension alone is not unique.")
  var ident: String?

  @Option(help: ArgumentHelp("The staff member's code in the ERP.", valueName: "code"))
  var collaborator: String?

  @Option(help: "Where calls are shown: top-left, top-right, bottom-left or bottom-right.")
  var corner: String?

  @Flag(help: "Open the record of every call by itself.")
  var popup = false

  @Flag(help: "Say everything line by line, for braille displays and screen readers.")
  var lines = false

  @Option(
    help: ArgumentHelp(
      "Record all that passes in this file, to be sent or played again.", valueName: "file"))
  var trace: String?

  @Flag(help: "Record telephone numbers as they are.")
  var traceNumbers = false

  @OptionGroup var options: StoreOptions

  func run() throws { try Program.wait { try await show() } }

  @MainActor
  private func show() async throws {
    let directories = Directories(environment: environment)
    let store = StoreAccess(directories, demo: options.demo)
    do {
      try ProcessLimits.raiseFiles()
      let settings = try Settings.load(
        directories: directories, screen: store.chosenOptions(), commandLine: commandLine)
      store.adopt(settings)
      if options.demo, try store.isEmpty() { try await store.fillDemo() }
      let environment = environment
      let parts = try WindowParts(
        settings, store, directories, environment: environment, showsNumbers: traceNumbers)
      let terminal: any OperatorTerminal =
        lines ? try LineTerminal(environment: environment) : try Terminal(environment: environment)
      let status = await Window(terminal, parts).run()
      if status != 0 { throw ExitCode(status) }
    } catch let error as any EndingError {
      throw error.told()
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
    // A path of the command line begins where it was typed.
    values["trace"] = trace.map {
      $0.hasPrefix("/") ? $0 : "\(FileManager.default.currentDirectoryPath)/\($0)"
    }
    return values
  }
}
