import PhoneNumbers
import Telephony

/// What the reading thread hands over.
enum ERPReadout: Sendable {
  /// Columns that say nothing to the program.
  case unused([String])
  /// What the profile does without, because the user may not read it.
  case denied([String])
  /// What of the profile fits, where it has a choice.
  case found([String])
  /// How many third parties there are, more or less.
  case total(Int)
  case batch(PartyBatch)
  /// Some of the ERP's exception numbers, and what of them was not understood.
  case exceptions([ExceptionNumber], [String])
  /// Everything has come: the greatest mark, how many texts were not UTF-8, and the first text in the place
  /// of a mark that is none.
  case end(CopyMark?, foreign: Int, strange: String?)
  case failure(ERPError)
}

/// Reads third parties from the ERP, on a thread of its own.
struct ERPReading: Sendable {
  let profile: ERPProfile
  let access: ERPAccess
  let plan: NumberPlan
  let question: ERPQuestionKind
  /// When this is; nil: marks are not asked for.
  var time: WallTime?
  /// How long the ERP may take for the first row, and where the driver counts so, for all [s].
  let timeLimit: Int

  /// After this time what has come is handed over.
  private static let longestBatch = Duration.seconds(10)

  /// Begins to read; the last thing that is handed over is the end or a failure.
  func start() -> Handover<ERPReadout> {
    let handover = Handover<ERPReadout>(capacity: 2)
    BlockingThread.start { () throws(ERPError) in
      let patience = ERPPatience(seconds: timeLimit) { !handover.isAbandoned }
      try read(access.open(profile, patience)) { handover.put($0) }
    } done: {
      if case .failure(let error) = $0 { _ = handover.put(.failure(error)) }
    }
    return handover
  }

  /// Waits for what is handed over next. A server that is up and silent, or that has gone without a word, holds
  /// the reading thread up for as long as it likes, whatever limit the driver was told.
  func next(
    of handover: Handover<ERPReadout>, isStopped: () -> Bool = { false }
  ) throws(ERPError) -> ERPReadout {
    let clock = ContinuousClock()
    // Behind the server's own limit, and before that of a driver, which would tell a loss of the connection.
    let end = clock.now + .milliseconds(timeLimit * 1100)
    repeat {
      guard !isStopped() else { throw ERPError(.failed, "the copy was stopped") }
      if let readout = handover.next(within: 100) { return readout }
    } while clock.now < end
    throw access.silence(timeLimit)
  }

  /// Reads, on this thread; `hand` answers whether anybody wants more.
  func read(_ source: any ERPSource, _ hand: (ERPReadout) -> Bool) throws(ERPError) {
    guard source.notices.isEmpty || hand(.denied(source.notices)) else { return }
    guard source.found.isEmpty || hand(.found(source.found)) else { return }
    if case .everything = question, let total = try source.total() {
      guard hand(.total(total)) else { return }
    }
    let rows = try source.parties(question)
    let columns = try ERPColumns(
      rows.columns, profile: profile.name, marked: profile.tellsChanges)
    guard columns.unused.isEmpty || hand(.unused(columns.unused)) else { return }
    let reader = PartyRowReader(columns: columns, plan: plan)
    let clock = ContinuousClock()
    var (batch, handed) = (PartyBatch(), clock.now)
    var (mark, ahead) = (CopyMark?.none, CopyMark?.none)
    var strange: String?
    while let row = try rows.next() {
      let read = reader.read(row)
      if let newer = read.mark {
        if let time, newer.isAhead(of: time) {
          ahead = ahead.map { max($0, newer) } ?? newer
        } else {
          mark = mark.map { max($0, newer) } ?? newer
        }
      }
      strange = strange ?? read.strangeMark
      batch.add(read)
      // Who waits takes long silence for the end of the ERP, which may just be slow.
      guard batch.isFull || clock.now - handed > Self.longestBatch else { continue }
      guard hand(.batch(batch)) else { return }
      (batch, handed) = (PartyBatch(), clock.now)
    }
    guard hand(.batch(batch)) else { return }
    if case .number = question {
    } else if let numbers = try source.exceptions() {
      guard try exceptions(numbers, hand) else { return }
    }
    _ = hand(.end(mark ?? ahead, foreign: rows.foreignValues, strange: strange))
  }

  /// Hands over the exception numbers, all of them; false when nobody wants more.
  private func exceptions(
    _ rows: any ERPRows, _ hand: (ERPReadout) -> Bool
  ) throws(ERPError) -> Bool {
    guard let number = rows.columns.firstIndex(of: "number") else {
      throw ERPError(
        .badProfile, "the exceptions of the profile \(profile.name) have no column number")
    }
    let collaborator = rows.columns.firstIndex(of: "collaborator")
    let comment = rows.columns.firstIndex(of: "comment")
    var entries: [ExceptionNumber] = []
    var notices: [String] = []
    while let row = try rows.next() {
      if entries.count + notices.count >= PartyBatch.size {
        guard hand(.exceptions(entries, notices)) else { return false }
        (entries, notices) = ([], [])
      }
      let text = row[number] ?? ""
      guard let pattern = plan.exceptionPattern(text) else {
        notices.append(
          "exception \"\(ODBC.line(text.utf8.prefix(40)))\" is neither a number nor a pattern")
        continue
      }
      let owner = collaborator.flatMap { row[$0] } ?? ""
      entries.append(
        ExceptionNumber(
          pattern: pattern, collaborator: owner.isEmpty ? nil : owner,
          comment: comment.flatMap { row[$0] } ?? "", list: .erp))
    }
    return hand(.exceptions(entries, notices))
  }
}
