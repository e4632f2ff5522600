import FoundationEssentials
import GRDB
import Glibc
import Synchronization
public import Telephony

/// What a window has acknowledged, on the disk from before the acknowledgement until the journal has it; and the
/// names of all messages that ever came, so that each counts once.
///
/// A file of its own in front of the operator's: another program that holds the journal, or a disk that is full
/// there, keeps no call from being taken. One window has it at a time; nobody else's lock, and no `-shm` file,
/// is in the way. ``keep(_:settling:)`` outlives the program, whatever ends it; after ``flush()`` it outlives
/// the machine, too.
public final class InboxFile: Sendable {
  /// How long events are kept that the journal has, so that a window that starts knows the calls that may go
  /// on, and news of them finds its line [ms].
  static let memory: Int64 = CallList.answeredLifetime

  struct State {
    var open: OpenInbox?
    /// What the journal has not yet, for the case that the file is taken away.
    var pending: [String: (at: Int64, event: String)] = [:]
    /// What happened to the file that the operator has to know, while nobody listens.
    var notes: [String] = []
    var tell: (@Sendable (String) -> Void)?
    /// Whether the disk has failed to take the log: what is in it may never reach the disk, whatever is said later.
    var isLogDoubted = false

    mutating func note(_ sentence: String) {
      if let tell { tell(sentence) } else { notes.append(sentence) }
    }
  }

  let file: StoreFile
  let clock: @Sendable () -> (moment: Moment, wall: WallTime)
  let state = Mutex(State())
  /// One for all: a new one takes as long as an event.
  private let encoder = JSONEncoder()
  /// Forces a file to the disk; as fdatasync(2).
  private let force: @Sendable (Int32) -> Int32

  /// The inbox in the file at `path`, which is opened when it is first needed. `clock` reads both clocks.
  public convenience init(
    path: String, clock: @escaping @Sendable () -> (moment: Moment, wall: WallTime)
  ) {
    self.init(path: path, patience: 0.2, clock: clock)
  }

  /// `patience`: how long another window's inbox is waited for [s].
  init(
    path: String, patience: Double, force: @escaping @Sendable (Int32) -> Int32 = { fdatasync($0) },
    clock: @escaping @Sendable () -> (moment: Moment, wall: WallTime)
  ) {
    file = StoreFile(
      path: path, holds: "inbox", migrator: InboxSchema.migrator, busyTimeout: patience, cache: 512,
      notices: StoreNotices())
    self.force = force
    self.clock = clock
  }

  /// Where it is.
  public var path: String { file.path }

  /// Keeps the events, all or none, and notes what the journal has; which of the events are new. On failure
  /// nothing is kept.
  public func keep(
    _ events: [CallEvent], settling receipts: [Receipt] = []
  ) throws(StoreError) -> [Bool] {
    let (moment, wall) = clock()
    let rows = try events.map { event throws(StoreError) in
      (
        id: event.keptAs ?? "", at: (wall + (event.at - moment)).milliseconds,
        event: try encode(event)
      )
    }
    return try state.withLock { state throws(StoreError) in
      let open = try ready(&state)
      var isNew: [Bool] = []
      try explaining("keeping a call", file.path) {
        isNew = try open.write(rows, settling: receipts)
      }
      for (row, isNew) in zip(rows, isNew) where isNew {
        state.pending[row.id] = (row.at, row.event)
      }
      for receipt in receipts { state.pending[receipt.event] = nil }
      return isNew
    }
  }

  /// Returns once all that was kept would outlive the machine's end.
  ///
  /// After a failure the system takes what it could not write for written, and says so at the next try. So a log that
  /// has failed once is not believed again: what it has goes into the file, and it begins anew.
  public func flush() throws(StoreError) {
    let log = try state.withLock { state throws(StoreError) in
      if let open = state.open {
        if state.isLogDoubted {
          try explaining("keeping calls again", file.path) { try open.renewLog() }
          state.isLogDoubted = false
        }
        return open.log as OpenInbox.Log?
      }
      // One that was closed is on the disk; one that could not be opened again has nothing of what waits.
      guard state.pending.isEmpty else {
        throw StoreError(.cannotOpen, "\(file.path) was taken away while a call was kept in it")
      }
      return nil
    }
    guard let log else { return }
    // Without the lock: the next events are kept meanwhile.
    guard force(log.descriptor) == 0 else {
      let code = errno
      state.withLock { $0.isLogDoubted = true }
      throw StoreError(code, opening: file.path)
    }
    guard state.withLock({ $0.open?.log === log && log.isInPlace }) else {
      throw StoreError(.failed, "\(file.path) was taken away while a call was kept in it")
    }
  }

  /// What an earlier window left: the events that the journal has not, and those of calls that may go on; oldest
  /// first.
  ///
  /// - Parameter journal: Says which events it has although the inbox was not told, and which it has lost since;
  ///   without it the inbox is believed.
  public func leftovers(besides journal: OperatorStore?) throws(StoreError) -> [KeptEvent] {
    let (moment, wall) = clock()
    let open = try state.withLock { state throws(StoreError) in try ready(&state) }
    // Without the lock: it takes a second where there is much, and the next events are kept meanwhile.
    return try explaining("reading the inbox", file.path) {
      // A journal that cannot be read is no reason to keep the calls back: what it has is told again under the
      // same key, and is the same line.
      let (ids, settled) = try (open.unsettled(), open.settled())
      if !ids.isEmpty {
        _ = try open.write([], settling: (try? journal?.receipts(for: ids)) ?? [])
      }
      // Before anything is forgotten: the machine may have been off for long.
      if !settled.isEmpty {
        let gone = (try? journal?.forgotten(settled, now: wall.milliseconds)) ?? []
        try open.forget(Array(gone))
        let others = settled.filter { !gone.contains($0.name) }
        try open.unsettle((try? journal?.lost(others, now: wall.milliseconds)) ?? [])
      }
      try open.forget(before: wall.milliseconds - Self.memory)
      let rows = try open.rows()
      // Of a file that was taken away meanwhile, the one in its place has them from now on.
      let waiting = rows.filter { !$0.isSettled }
      try state.withLock { state in
        for row in waiting { state.pending[row.id] = (row.at, row.event) }
        guard let current = state.open, current !== open, !waiting.isEmpty else { return }
        _ = try current.write(waiting.map { ($0.id, $0.at, $0.event) }, settling: [])
      }
      let decoder = JSONDecoder()
      return rows.compactMap { row in
        guard var event = try? decoder.decode(CallEvent.self, from: Data(row.event.utf8)) else {
          state.withLock {
            $0.note("\(file.path) holds an event that cannot be read; it stays there")
          }
          return nil
        }
        event.keptAs = row.id
        event.at =
          moment + min(0, row.at.subtractingReportingOverflow(wall.milliseconds).partialValue)
        return KeptEvent(event, line: row.isSettled ? row.line ?? "" : nil)
      }
    }
  }

  /// What the windows of other stations left that run no more, and the journal has not: the extension may be another
  /// one since, and the journal is the same. An inbox whose window runs is left to it.
  public func abandoned(besides journal: OperatorStore) throws(StoreError) -> [KeptEvent] {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    let folder = path.dropLast(name.utf8.count)
    let others = Self.names(in: String(folder)).filter { $0 != name }
    var events: [KeptEvent] = []
    for other in others {
      let inbox = InboxFile(path: folder + other, patience: 0, clock: clock)
      inbox.onTrouble { sentence in self.state.withLock { $0.note(sentence) } }
      do throws(StoreError) {
        // What is taken over is settled there by its receipt, when the next window looks.
        events += try inbox.leftovers(besides: journal).filter { $0.line == nil }
      } catch  where error.kind == .busy {
        continue
      }
    }
    return events
  }

  /// Has `tell` told what happens to the file: that somebody took it away, that it is damaged.
  public func onTrouble(_ tell: @escaping @Sendable (_ sentence: String) -> Void) {
    state.withLock { state in
      state.tell = tell
      for sentence in state.notes { tell(sentence) }
      state.notes = []
    }
  }

  /// Closes the file, for the next window.
  public func close() { state.withLock { $0.open = nil } }

  private func encode(_ event: CallEvent) throws(StoreError) -> String {
    try explaining("writing an event", file.path) {
      String(decoding: try encoder.encode(event), as: UTF8.self).storable
    }
  }

  /// The file as it was opened, or opened again when somebody took it away, cut it or damaged it.
  func ready(_ state: inout State) throws(StoreError) -> OpenInbox {
    var wasTaken = false
    if let open = state.open {
      if open.isInPlace { return open }
      (state.open, wasTaken) = (nil, true)
      setAside()
    }
    do throws(StoreError) {
      state.open = try OpenInbox(file)
    } catch  where error.kind == .damaged {
      setAside()
      state.note("\(error.sentence); it was set aside as \(file.path).damaged")
      state.open = try OpenInbox(file)
    }
    guard let open = state.open else { throw StoreError(.cannotOpen, "\(file.path) is not open") }
    if wasTaken {
      state.note("\(file.path) was taken away or cut while it was in use; it was made anew")
    }
    state.isLogDoubted = false
    let rows = state.pending.map { (id: $0.key, at: $0.value.at, event: $0.value.event) }
    if !rows.isEmpty {
      try explaining("keeping calls again", file.path) { _ = try open.write(rows, settling: []) }
    }
    return open
  }

  /// Gives way to a new file; what was there stays for who wants to look at it.
  private func setAside() {
    for end in ["", "-wal"] { rename(file.path + end, file.path + ".damaged" + end) }
    unlink(file.path + "-shm")
  }
}
