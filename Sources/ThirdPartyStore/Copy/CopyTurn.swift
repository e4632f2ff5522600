/// The right to ask a source for a copy, which one program at a time has until it lets go of it: of several
/// windows one asks, and imports need not wait for the answer.
public final class CopyTurn: Sendable {
  private let lock: StagingLock

  /// Takes the right to copy into the store; throws `busy` when another program has it.
  public init(_ store: PartyStore) throws(StoreError) {
    lock = try StagingLock(for: .copy, beside: store.file.path)
  }

  deinit { lock.release() }
}
