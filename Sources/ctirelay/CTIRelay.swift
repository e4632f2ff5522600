import ArgumentParser
import CallWire
import Glibc
import Logging
import RelayServer

/// The program: the relay with its options.
@main
struct CTIRelay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctirelay",
    abstract: "Relay calls from a CTI server or desk phones to the windows of ScreenPop.",
    discussion: """
      Reports come to …/setevent?telorg=STATION&tel=NUMBER&event=ring, windows ask …/getevent or \
      listen to …/events. Exit: 0 stopped by a signal, 64 usage, 69 could not listen, 78 an option or \
      a file is not right.
      """, version: Release.version, subcommands: [ReplayCommand.self])

  @Option(help: "Where to listen; anything but this machine itself needs --token-file or --open.")
  var address = "127.0.0.1"

  @Option(help: "The port; 0 takes any that is free.")
  var port = 8083

  @Option(
    help: "Where calls are kept: memory, or redis://HOST[:PORT][/DATABASE] for several relays.")
  var store = "memory"

  @Option(
    help: ArgumentHelp("The password of Redis: a file of one line, mode 0600.", valueName: "file"))
  var storePasswordFile: String?

  @Option(
    help: ArgumentHelp(
      "Ask for a token: a file with `read|write|both TOKEN` a line, mode 0600.", valueName: "file"))
  var tokenFile: String?

  @Flag(help: "Serve the network without a token.")
  var open = false

  @Flag(help: "Hand each value out once, for clients that know nothing of ids.")
  var deliverOnce = false

  @Option(
    help: ArgumentHelp("Serve only this network (more than once: each of them).", valueName: "cidr")
  )
  var allow: [String] = []

  @Option(
    help: ArgumentHelp(
      "Believe a balancer in this network for whom it asks (X-Forwarded-For, Forwarded).",
      valueName: "cidr"))
  var trustForwarded: [String] = []

  @Option(
    help: ArgumentHelp("A further name by which the relay is reached.", valueName: "name"))
  var host: [String] = []

  @Option(help: ArgumentHelp("What the paths begin with.", valueName: "path"))
  var pathPrefix = "/DhDivaltoServerCTI/api/cti/"

  @Option(
    help: ArgumentHelp("Call a parameter by another name.", valueName: "usual=other"))
  var rename: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take the webhooks that this file describes (more than once: each).", valueName: "file"))
  var map: [String] = []

  @Option(help: ArgumentHelp("Serve HTTPS: the certificate chain, PEM.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's key, PEM.", valueName: "file"))
  var tlsKey: String?

  @Flag(help: "Log every report, its number masked.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "Record all requests and answers in this file, numbers masked.", valueName: "file"))
  var trace: String?

  @Flag(help: "Record telephone numbers as they are.")
  var traceNumbers = false

  // On the main thread, which is there in any case: all others wait for ever for threads that are missing.
  @MainActor
  static func main() async {
    repairInheritance()
    // A trace that may not become so long (ulimit -f) ends; the relay does not.
    signal(SIGXFSZ, SIG_IGN)
    // Those of the event loops and of the tasks, Redis's two, the trace's, the log's.
    let needed = 2 * sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 4
    let threads = threadsToBeHad(of: needed)
    guard threads == needed else {
      say("only \(threads) of \(needed) threads can be had: raise ulimit -u, ulimit -v or pids.max")
      Glibc.exit(EX_UNAVAILABLE)
    }
    await main(nil)
  }

  func run() async throws {
    let level: Logger.Level = verbose ? .debug : .notice
    LoggingSystem.bootstrap { StandardErrorLog(label: $0, level: level) }
    defer { StandardErrorLog.drain() }
    do throws(RelayError) {
      try await Relay(options()).run { url in
        print("listening on \(url)")
        // Now, also into a pipe: who started the relay waits for this line.
        fflush(nil)
      }
    } catch {
      Self.say(error.sentence)
      if case .cannotListen = error { throw ExitCode(EX_UNAVAILABLE) }
      throw ExitCode(EX_CONFIG)
    }
  }

  /// Says a sentence to who started the program.
  static func say(_ sentence: String) {
    let line = "ctirelay: \(sentence)\n"
    _ = line.utf8.withContiguousStorageIfAvailable {
      write(STDERR_FILENO, $0.baseAddress, $0.count)
    }
  }

  private static func networks(_ texts: [String]) throws(RelayError) -> [Network] {
    try texts.map { text throws(RelayError) in
      guard let network = Network(text) else { throw .badNetwork(text) }
      return network
    }
  }

  /// What the options say.
  func options() throws(RelayError) -> RelayOptions {
    var options = RelayOptions()
    options.address = address
    options.port = port
    options.store = store
    options.storePasswordFile = storePasswordFile
    options.tokenFile = tokenFile
    options.isOpen = open
    options.deliversOnce = deliverOnce
    options.hosts = host
    options.maps = map
    options.trace = trace
    options.tracesNumbers = traceNumbers
    options.release = Release.version
    options.prefix = pathPrefix
    options.allowed = try Self.networks(allow)
    options.forwarders = try Self.networks(trustForwarded)
    for assignment in rename { try options.names.rename(assignment) }
    switch (tlsCertificate, tlsKey) {
    case (let certificate?, let key?): options.tls = (certificate, key)
    case (nil, nil): break
    default: throw .halfCertificate
    }
    return options
  }
}
