package import CallWire
import Glibc
import PhoneNumbers
package import Telephony
package import ThirdPartyStore

/// What is kept of callers, wherever it is, and how it is forgotten (R61).
package struct PersonalData: Sendable {
  /// So many things of a kind in one place.
  package struct Kept: Hashable, Sendable {
    /// `journal lines`, `messages`.
    package var what: String
    /// The file or folder.
    package var place: String
    /// How many; nil: another program has the file.
    package var count: Int?
    /// Since when; nil: that is not known, or there is none.
    package var since: WallTime?

    /// Things in a place; see the properties.
    package init(what: String, place: String, count: Int? = nil, since: WallTime? = nil) {
      self.what = what
      self.place = place
      self.count = count
      self.since = since
    }
  }

  private let context: StoreContext
  private let data: OperatorStore
  private let spool: Spool
  private let now: WallTime

  /// What is kept at the places of this context.
  package init(
    _ context: StoreContext, _ data: OperatorStore, _ spool: Spool, now: WallTime
  ) {
    self.context = context
    self.data = data
    self.spool = spool
    self.now = now
  }

  // MARK: - What is there

  /// Everything that is kept of the subject; nil: of everybody.
  package func kept(of subject: Forgetting? = nil) throws(StoreError) -> [Kept] {
    var kept = try data.count(subject).map {
      Kept(what: $0.thing.rawValue, place: context.operatorPath, count: $0.count, since: $0.since)
    }
    guard let identity = Self.identity(subject) else { return kept }
    let messages = messages(of: identity)
    kept.append(
      Kept(
        what: "messages", place: spool.path, count: messages.count,
        since: messages.map(\.age).max().map { now - $0 }))
    for path in inboxes() {
      kept.append(
        try calls(in: path) { inbox throws(StoreError) in
          let events = try inbox.events(of: identity)
          return (events.count, events.min())
        })
    }
    return kept
  }

  /// What `work` makes of an inbox; without a count while a window has it. An inbox that cannot be read for another reason
  /// is an error: nobody else would forget anything in it.
  private func calls(
    in path: String, _ work: (InboxFile) throws(StoreError) -> (count: Int, since: WallTime?)
  ) throws(StoreError) -> Kept {
    do throws(StoreError) {
      let (count, since) = try work(InboxFile(shared: path) { WindowClock.both() })
      return Kept(what: "calls", place: path, count: count, since: since)
    } catch  where error.kind == .busy {
      return Kept(what: "calls", place: path)
    }
  }

  // MARK: - Forgetting

  /// Forgets it in steps, each short enough for a window that runs meanwhile; what was removed, place by place.
  package func forget(
    _ subject: Forgetting, exceptions: Bool = false
  ) throws(StoreError) -> [Kept] {
    let things = Set(KeptThing.allCases).subtracting(exceptions ? [] : [.exceptions])
    var removed: [KeptThing: Int] = [:]
    while true {
      let step = try data.forget(subject, things, now: now)
      guard !step.isEmpty else { break }
      removed.merge(step) { $0 + $1 }
    }
    if !removed.isEmpty { try data.emptyLog() }
    var gone = KeptThing.allCases.compactMap { thing in
      removed[thing].map { Kept(what: thing.rawValue, place: context.operatorPath, count: $0) }
    }
    guard let identity = Self.identity(subject), let identity else { return gone }
    let messages = messages(of: identity)
    for message in messages { spool.remove(message.name) }
    gone.append(Kept(what: "messages", place: spool.path, count: messages.count))
    for path in inboxes() {
      gone.append(
        try calls(in: path) { inbox throws(StoreError) in (try inbox.forget(identity), nil) })
    }
    return gone.filter { $0.count != 0 }
  }

  // MARK: - Spool and inboxes

  /// Whose messages and calls are meant: outer nil: nobody's, inner nil: everybody's.
  private static func identity(_ subject: Forgetting?) -> Caller.Identity?? {
    switch subject {
    case nil: .some(nil)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .party, .older: nil
    }
  }

  private func messages(of identity: Caller.Identity?) -> [SpoolListing.Entry] {
    spool.listAll().entries.filter { entry in
      guard let identity else { return true }
      guard let message = try? CallMessage(line: entry.line) else { return false }
      return context.plan.caller(message.tel).identity == identity
    }
  }

  private func inboxes() -> [String] {
    let folder = context.folder
    return InboxFile.names(in: folder).map { folder + "/" + $0 }
  }
}
