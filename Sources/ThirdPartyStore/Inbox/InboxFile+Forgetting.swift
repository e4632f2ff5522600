import FoundationEssentials
import Synchronization
public import Telephony

/// What inboxes still have of callers, and how they let go of it (R61). The names of messages stay, so that one that
/// comes again is known.
extension InboxFile {
  /// The inbox in the file at `path`, which a window may have: then it is not waited for, and everything throws
  /// ``StoreError/Kind/busy``.
  public convenience init(
    shared path: String, clock: @escaping @Sendable () -> (moment: Moment, wall: WallTime)
  ) {
    self.init(path: path, patience: 0, clock: clock)
  }

  /// The names of the inboxes in a folder.
  public static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("inbox") && $0.hasSuffix(".sqlite") }.sorted()
  }

  /// When the events of a caller were told, nil: of all callers.
  public func events(of caller: Caller.Identity?) throws(StoreError) -> [WallTime] {
    try rows(of: caller).map { WallTime(milliseconds: $0.at) }
  }

  /// Lets go of the events of a caller; how many those were.
  public func forget(_ caller: Caller.Identity) throws(StoreError) -> Int {
    let names = try rows(of: caller).map(\.name)
    guard !names.isEmpty else { return 0 }
    try state.withLock { state throws(StoreError) in
      let open = try ready(&state)
      try explaining("forgetting calls", path) { try open.forget(names) }
      for name in names { state.pending[name] = nil }
    }
    return names.count
  }

  /// Lets go of calls that the journal has, and that are over; nothing while the file is not open: then another window
  /// may have it.
  public func forgetPast() throws(StoreError) {
    let now = clock().wall.milliseconds
    try state.withLock { state throws(StoreError) in
      guard state.open != nil else { return }
      let open = try ready(&state)
      try explaining("forgetting calls", path) { try open.forget(before: now - Self.memory) }
    }
  }

  private func rows(
    of caller: Caller.Identity?
  ) throws(StoreError) -> [(name: String, at: Int64)] {
    try state.withLock { state throws(StoreError) in
      let open = try ready(&state)
      return try explaining("reading the inbox", path) {
        try open.rows().compactMap { row in
          let event = try? JSONDecoder().decode(CallEvent.self, from: Data(row.event.utf8))
          guard caller == nil || event?.caller.identity == caller else { return nil }
          return (row.id, row.at)
        }
      }
    }
  }
}
