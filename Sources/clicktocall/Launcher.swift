/// Hands one call event to the operator's windows, or to the spool when none answers.
struct Launcher {
  /// Looks up a variable of the environment.
  let environment: (String) -> String?
  /// How long an answer is waited for while the telephone waits for the name [ms] (R20).
  private static let patienceForName: Int64 = 200
  private static let patience: Int64 = 500

  /// Does what the arguments ask for, in little more than half a second at most.
  func run(_ arguments: ArraySlice<String>) -> LauncherExit {
    do throws(LauncherExit) {
      let options = try LauncherOptions(arguments)
      if options.wantsHelp { return .told(help) }
      if options.wantsVersion { return .told("clicktocall \(Release.version)\n") }
      let message = try CallMessage(options, environment: environment)
      return try hand(message, station: options.station ?? environment("SCREENPOP_STATION"))
    } catch {
      return error
    }
  }

  /// Offers the message to the station's window, or to all windows of this user.
  private func hand(_ message: CallMessage, station: String?) throws(LauncherExit) -> LauncherExit {
    let station = station == "" ? nil : station
    let line: [UInt8]
    do throws(CallWireError) {
      line = try message.encoded()
    } catch {
      throw .refused(error.sentence)
    }
    let directory = RuntimeDirectory(environment: environment)
    do throws(CallWireError) {
      try directory.prepare()
      let sockets = station.map { [directory.socketPath(station: $0)] } ?? directory.socketPaths()
      let limit = message.wantsName ? Self.patienceForName : Self.patience
      switch Delivery.offer(line, to: sockets, limit: limit) {
      case .taken(let name): return message.wantsName ? .named(name ?? "") : .delivered
      case .refused(let sentence): return .refused("the window refused the call: \(sentence)")
      case .unanswered:
        try directory.spool.write(line, station: station)
        return .spooled
      }
    } catch {
      throw .nowhere("no window answered, and the call could not be kept: \(error.sentence)")
    }
  }
}
