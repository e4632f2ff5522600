import ArgumentParser
import CallWire

/// The program: the window when nothing else is asked for, and the store's tools.
struct ScreenPop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screenpop",
    abstract: "A terminal screen-pop window for people who answer telephones.",
    version: Release.version,
    subcommands: [
      WatchCommand.self, ImportCommand.self, ExportCommand.self, LookupCommand.self,
      SearchCommand.self, DialCommand.self, ExceptionCommand.self, LogCommand.self,
      SetupCommand.self, DoctorCommand.self, ReplayCommand.self, SyncCommand.self,
      AttachmentsCommand.self, ForgetCommand.self, KeptCommand.self,
    ], defaultSubcommand: WatchCommand.self)
}
