import ArgumentParser
import CommandOutput
import ERPSync
import OperatorConfiguration
import OperatorWindow
import Telephony
import TextForms
import ThirdPartyStore

struct SyncCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Copy third parties from the ERP.",
    discussion: """
      The ERP is the one of the configuration: erp.profile, erp.connection, erp.password_file. The first \
      copy brings everybody, later ones what has changed; what was deleted in the ERP goes with a full \
      copy. A full copy that brings nothing, or far less than the last one, is refused.
      """)

  @Flag(help: "Copy everybody, and forget who is no longer there.")
  var full = false

  @Flag(help: "Take a full copy even when it brings far fewer third parties than the last one.")
  var acceptFewer = false

  @Option(
    help: ArgumentHelp(
      "Show so many third parties as they would be copied, and copy nothing.",
      valueName: "parties"))
  var preview: Int?

  @Option(
    help: ArgumentHelp(
      "The ERP's profile, or its path, in place of the configured one.", valueName: "name"))
  var profile: String?

  @Flag(help: "Fill the machine's store, store.parties, which all users read.")
  var system = false

  @Flag(help: "Do not name what was not understood; only count it.")
  var quiet = false

  @OptionGroup var options: StoreOptions

  /// After so many, what was not understood is only counted.
  private static let mostNotices = 200

  func validate() throws {
    if let preview, preview < 1 {
      throw ValidationError("--preview counts third parties: 1 or more")
    }
    if acceptFewer, !full { throw ValidationError("--accept-fewer goes with --full") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let erp = try setup(context)
    guard let access = erp.access else {
      throw ConfigurationError(
        "erp.password_file may not be read by this user: the machine's service copies")
    }
    if let preview {
      try show(erp, access, context, preview, output)
    } else {
      try copy(erp, access, context, output)
    }
  }

  private func setup(_ context: StoreContext) throws(ConfigurationError) -> ERPSetup {
    if let settings = context.settings, let erp = try ERPSetup(settings, profile: profile) {
      return erp
    }
    throw ConfigurationError(
      "no ERP is configured: set profile, connection and password_file under [erp]")
  }

  private func copy(
    _ erp: ERPSetup, _ access: ERPAccess, _ context: StoreContext, _ output: OutputFile
  ) throws {
    if !system, let shared = context.machinePartiesPath {
      Self.say(
        "a copy of one's own counts only while \(shared) cannot be read: --system fills that")
    }
    let bar = ProgressBar()
    defer { bar.interrupt {} }
    var told = 0
    let copy = ERPCopy(
      erp.profile, from: access, into: try context.filledParties(isSystem: system),
      plan: context.plan)
    let report = try copy.run(
      full ? .full : .changes, at: WindowClock.wall(), acceptingFewer: acceptFewer
    ) { event in
      switch event {
      case .progress(let rows, let total):
        bar.show(total.map { Double(rows) / Double(max(1, $0)) }, rows: rows)
      case .unusedColumns(let names):
        bar.interrupt { Self.say("columns not used: \(names.joined(separator: ", "))") }
      case .notice(let text):
        told += 1
        if !quiet, told <= Self.mostNotices { bar.interrupt { Self.say(text) } }
      }
    }
    bar.interrupt {}
    if !quiet, told > Self.mostNotices {
      Self.say("and \(told - Self.mostNotices) more that were not understood")
    }
    try output.write(Self.summary(report))
  }

  private static func summary(_ report: ERPCopyReport) -> String {
    let store = report.store
    var words = [
      report.extent == .full ? "full copy" : "changes", report.rows.counted("row"),
      "\(store.added) added", "\(store.updated) known", "\(store.gone) gone",
      store.contacts.counted("contact"),
    ]
    if store.strayContacts > 0 {
      words.append("\(store.strayContacts.counted("contact")) without a company: by themselves")
    }
    if report.refused > 0 { words.append("\(report.refused.counted("row")) not taken") }
    if report.notices > 0 { words.append("\(report.notices) not understood") }
    if report.foreignTexts > 0 {
      words.append("\(report.foreignTexts.counted("text")) not UTF-8: read as Windows-1252")
    }
    if let exceptions = report.exceptions { words.append(exceptions.counted("exception number")) }
    return words.joined(separator: ", ") + "\n"
  }

  private func show(
    _ erp: ERPSetup, _ access: ERPAccess, _ context: StoreContext, _ count: Int,
    _ output: OutputFile
  ) throws {
    let preview = try ERPCopy.preview(
      erp.profile, from: access, plan: context.plan, count: count)
    for party in preview.parties {
      let owner = party.owner.map { "  contact of \($0)" } ?? ""
      try output.write(
        PartyPreview.text(
          key: party.key, code: party.code, kind: party.kind, name: party.name + owner,
          party.numbers))
    }
    for notice in preview.found + preview.notices { Self.say(notice) }
  }
}
