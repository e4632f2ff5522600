import ArgumentParser
import CommandOutput
import Glibc
import OperatorWindow
import Telephony
import TextForms
import ThirdPartyStore

struct LogCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the journal of calls, oldest first.",
    discussion: """
      A time is 2026-11-29, 2026-11-29T10:02, 10:02, today, or how long ago: 30m, 12h, 7d.
      """, aliases: ["calls"])

  @Flag(help: "One JSON object a line.")
  var json = false

  @Flag(help: "Comma-separated values, with a header.")
  var csv = false

  @Option(help: ArgumentHelp("Only so many calls, the latest.", valueName: "calls"))
  var last: Int?

  @Option(help: ArgumentHelp("Only calls since this time.", valueName: "time"))
  var since: String?

  @Flag(help: "Only missed calls.")
  var missed = false

  @Flag(help: "Only missed calls whose callers nobody has reached since.")
  var open = false

  @Flag(help: "Only callers whom nobody knows.")
  var unknown = false

  @Option(help: "Only where number, name or code have this in them.")
  var text = ""

  @Flag(help: "Go on, and print each line again when its call changes.")
  var follow = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if let last, last < 0 { throw ValidationError("--last counts calls: 0 or more") }
    if follow, csv || open {
      throw ValidationError("--follow prints lines or --json, of all calls")
    }
    if json, csv { throw ValidationError("--json or --csv, not both") }
    if let since, WindowClock.time(since) == nil {
      throw ValidationError("--since \(since.printable): a time is 2026-11-29, today, 10:02 or 7d")
    }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let filter = JournalFilter(
      onlyMissed: missed || open, onlyUnknown: unknown, since: since.flatMap(WindowClock.time),
      text: text)
    let data = try context.operatorData()
    // Before the lines are read: what is written meanwhile is news.
    let seen = follow ? try look(data, filter) : nil
    var entries = try data.journal(matching: filter, limit: open ? .max : last ?? .max)
    if open {
      // Who was reached stands in other lines.
      let missed = MissedCalls(
        try data.journal(matching: JournalFilter(since: filter.since), limit: .max))
      entries = Array(entries.filter { missed.open.contains($0.key) }.prefix(last ?? .max))
    }
    if csv { try output.write(JournalLine.heading) }
    for entry in entries.reversed() { try output.write(text(of: entry)) }
    if follow { try self.follow(data, filter, seen, output) }
  }

  private func text(of entry: JournalEntry) -> String {
    let line = JournalLine(entry)
    return follow && json ? line.news : json ? line.object : csv ? line.record : line.row
  }

  /// How often the journal is looked at [ms], and how far back lines still change [ms].
  private static let pause: Int32 = 200
  private static let changing: Int64 = 2 * CallList.answeredLifetime

  private typealias Seen = (version: [Int64], lines: [JournalEntry])

  private func look(_ data: OperatorStore, _ filter: JournalFilter) throws -> Seen {
    var latest = filter
    let oldest = WindowClock.wall() - Self.changing
    latest.since = max(filter.since ?? oldest, oldest)
    let version = try data.version()
    return (version, try data.journal(matching: latest, limit: .max))
  }

  /// Prints what has changed since it was seen, until nobody reads it any more.
  private func follow(
    _ data: OperatorStore, _ filter: JournalFilter, _ seen: Seen?, _ output: OutputFile
  ) throws {
    guard var seen else { return }
    try output.flush()
    var reader = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    while poll(&reader, 1, Self.pause) <= 0 {
      guard try data.version() != seen.version else { continue }
      let known = Dictionary(seen.lines.map { ($0.key, $0) }) { first, _ in first }
      seen = try look(data, filter)
      for entry in seen.lines.reversed() where known[entry.key] != entry {
        try output.write(text(of: entry))
      }
      try output.flush()
    }
  }
}
