public import PhoneNumbers
public import Telephony
public import ThirdPartyStore

/// What a copy says while it runs.
public enum ERPCopyEvent: Sendable, Hashable {
  /// Columns of the profile's SELECT that say nothing to the program.
  case unusedColumns([String])
  /// Something was not understood, or left out; it begins with the ERP's key, or the `{NAME}` of a piece.
  case notice(String)
  /// How many rows have come, and how many third parties there are, where the ERP tells.
  case progress(rows: Int, total: Int?)
}

/// What a copy has done.
public struct ERPCopyReport: Sendable, Hashable {
  /// Whether everything came, or what has changed.
  public var extent: PartyCopy.Extent
  /// What became of the store.
  public var store = CopyReport()
  /// Rows that came.
  public var rows = 0
  /// Rows that were not taken.
  public var refused = 0
  /// Things that were not understood.
  public var notices = 0
  /// Texts that were not UTF-8, and were read as Windows-1252.
  public var foreignTexts = 0
  /// How many exception numbers came; nil: the profile asks for none.
  public var exceptions: Int?
}

/// Copies the third parties of an ERP into the store; blocks for as long as it takes.
///
/// One thread asks the ERP and reads the numbers, the caller's writes. Whatever fails on the way, the ERP, the
/// connection or the disk, the store is left as it was.
public struct ERPCopy: Sendable {
  /// The name under which the store knows what came from the ERP.
  public static let source = "erp"
  /// How long the ERP may be silent [s].
  public static let timeLimit = 600

  private let profile: ERPProfile
  private let access: ERPAccess
  private let store: PartyStore
  private let plan: NumberPlan
  private let timeLimit: Int

  /// A copy by this profile into `store`.
  ///
  /// - Parameters:
  ///   - plan: reads the numbers.
  ///   - timeLimit: how long the ERP may be silent, before the first row and after it [s].
  public init(
    _ profile: ERPProfile, from access: ERPAccess, into store: PartyStore, plan: NumberPlan,
    timeLimit: Int = Self.timeLimit
  ) {
    self.profile = profile
    self.access = access
    self.store = store
    self.plan = plan
    self.timeLimit = timeLimit
  }

  /// Copies; throws the store's `busy` while another program does.
  ///
  /// - Parameters:
  ///   - wanted: `changes` becomes a full copy where there was none yet, or the ERP cannot tell changes.
  ///   - time: when this is.
  ///   - acceptingFewer: whether a full copy may bring nothing, or far fewer third parties than the last.
  ///   - isStopped: whether to give up; asked again and again.
  public func run(
    _ wanted: PartyCopy.Extent, at time: WallTime, acceptingFewer: Bool = false,
    isStopped: () -> Bool = { false }, tell: (ERPCopyEvent) -> Void
  ) throws(ERPError) -> ERPCopyReport {
    let turn = try turn()
    defer { withExtendedLifetime(turn) {} }
    let question = try question(wanted)
    let reading = ERPReading(
      profile: profile, access: access, plan: plan, question: question, time: time,
      timeLimit: timeLimit)
    let handover = reading.start()
    defer { handover.abandon() }
    var extent = PartyCopy.Extent.full
    if case .changes = question { extent = .changes }
    var report = ERPCopyReport(extent: extent)
    var total: Int?
    var copy: PartyCopy?
    while true {
      switch try reading.next(of: handover, isStopped: isStopped) {
      case .unused(let names): tell(.unusedColumns(names))
      case .denied(let notices): for notice in notices { tell(.notice(notice)) }
      case .found: break
      case .total(let count): total = count
      case .failure(let error): throw error
      case .exceptions(let entries, let notices):
        report.exceptions = (report.exceptions ?? 0) + entries.count
        report.notices += notices.count
        for notice in notices { tell(.notice(notice)) }
        if let copy { try add(entries, to: copy) }
      case .batch(let batch):
        // Begun with the first rows: until then, others may write.
        let begun = if let copy { copy } else { try begin(extent) }
        copy = begun
        try add(batch, to: begun, &report, tell)
        tell(.progress(rows: report.rows, total: total))
      case .end(let mark, let foreign, let strange):
        report.foreignTexts = foreign
        guard let copy else { return report }
        // A profile that asks for no exceptions leaves none of an earlier one's behind.
        if report.exceptions == nil { try add([], to: copy) }
        if mark == nil, report.rows > 0, extent == .full, profile.tellsChanges {
          report.notices += 1
          tell(.notice(Self.withoutMark(strange)))
        }
        report.store = try finish(copy, mark, time, acceptingFewer)
        return report
      }
    }
  }

  /// Why a full copy was refused, and what to do.
  public static func advising(_ refusal: String) -> String {
    "\(refusal); when that is right, run screenpop sync --full --accept-fewer"
  }

  private func turn() throws(ERPError) -> CopyTurn {
    do throws(StoreError) {
      return try CopyTurn(store)
    } catch {
      throw ERPError(error)
    }
  }

  private func question(_ wanted: PartyCopy.Extent) throws(ERPError) -> ERPQuestionKind {
    guard wanted == .changes, profile.tellsChanges else { return .everything }
    do throws(StoreError) {
      guard let state = try store.copies(of: Self.source), state.fullAt != nil,
        let mark = state.mark.flatMap({ CopyMark($0) })
      else { return .everything }
      return .changes(since: mark.minus(profile.overlap))
    } catch {
      throw ERPError(error)
    }
  }

  private static func withoutMark(_ text: String?) -> String {
    let what = text.map { "the first is \"\($0)\"" } ?? "all are empty"
    return "no value of the column changed is a time or a count (\(what)): "
      + "every copy will be a full one"
  }

  private func begin(_ extent: PartyCopy.Extent) throws(ERPError) -> PartyCopy {
    do throws(StoreError) {
      return try PartyCopy(into: store, from: Self.source, extent)
    } catch {
      throw ERPError(error)
    }
  }

  private func add(
    _ batch: PartyBatch, to copy: PartyCopy, _ report: inout ERPCopyReport,
    _ tell: (ERPCopyEvent) -> Void
  ) throws(ERPError) {
    report.rows += batch.rows
    report.refused += batch.refused
    report.notices += batch.notices.count
    for notice in batch.notices { tell(.notice(notice)) }
    do throws(StoreError) {
      if report.extent == .changes { try copy.remove(batch.gone) }
      let apart = try copy.add(batch.parties)
      report.notices += apart.count
      for notice in apart { tell(.notice(notice)) }
    } catch {
      throw ERPError(error)
    }
  }

  private func add(_ exceptions: [ExceptionNumber], to copy: PartyCopy) throws(ERPError) {
    do throws(StoreError) {
      try copy.add(exceptions: exceptions)
    } catch {
      throw ERPError(error)
    }
  }

  private func finish(
    _ copy: PartyCopy, _ mark: CopyMark?, _ time: WallTime, _ acceptingFewer: Bool
  ) throws(ERPError) -> CopyReport {
    do throws(StoreError) {
      return try copy.finish(mark: mark?.text, at: time, acceptingFewer: acceptingFewer)
    } catch {
      if error.kind == .badInput {
        throw ERPError(.store(.badInput), Self.advising(error.sentence))
      }
      throw ERPError(error)
    }
  }
}

extension ERPCopy {
  /// The first `count` third parties as they would be copied, each with what was not understood, and what of the
  /// profile fits where it has a choice; nothing is changed.
  public static func preview(
    _ profile: ERPProfile, from access: ERPAccess, plan: NumberPlan, count: Int
  ) throws(ERPError) -> (parties: [CopiedRow], notices: [String], found: [String]) {
    var parties: [CopiedRow] = []
    var notices: [String] = []
    var found: [String] = []
    var denials: [String] = []
    let reading = ERPReading(
      profile: profile, access: access, plan: plan, question: .everything, timeLimit: timeLimit)
    let handover = reading.start()
    defer { handover.abandon() }
    var isComplete = false
    while !isComplete, parties.count < count {
      switch try reading.next(of: handover) {
      case .batch(let batch):
        parties += batch.parties
        notices += batch.notices
      case .denied(let notices): denials = notices
      case .found(let pieces): found = pieces
      case .failure(let error): throw error
      case .end: isComplete = true
      case .unused, .total, .exceptions: break
      }
    }
    let shown = Array(parties.prefix(count))
    let keys = Set(shown.map(\.key))
    let own = notices.filter { notice in keys.contains { notice.hasPrefix("\($0): ") } }
    return (shown, denials + own, found)
  }
}
