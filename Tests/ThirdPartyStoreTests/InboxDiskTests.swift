import Glibc
import Synchronization
import Telephony
import Testing

@testable import ThirdPartyStore

/// An inbox whose disk fails for a moment.
struct InboxDiskTests {
  private static let moment = Moment(milliseconds: 5_000_000)
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private static func event(_ name: String) -> CallEvent {
    CallEvent(
      source: .launcher, kind: .ring, at: moment, caller: Caller(identity: .untold, text: "n"),
      keptAs: name)
  }

  private func inbox(
    _ name: String, force: @escaping @Sendable (Int32) -> Int32 = { fdatasync($0) }
  ) -> InboxFile {
    InboxFile(path: fixture.path(name), patience: 0.2, force: force) {
      (Self.moment, WallTime(milliseconds: 1_800_000_000_000))
    }
  }

  /// The system takes for written what it could not write: the log may have a hole for good, and what stands behind
  /// that is lost with the power. The file alone has all of it.
  @Test func aLogThatHasFailedIsNotBelievedAgain() throws {
    let left = Atomic(0)
    let file = inbox("inbox-1024.sqlite") { descriptor in
      guard left.load(ordering: .relaxed) > 0 else { return fdatasync(descriptor) }
      left.subtract(1, ordering: .relaxed)
      errno = EIO
      return -1
    }
    _ = try file.keep([Self.event("a")])
    try file.flush()
    _ = try file.keep([Self.event("b")])
    left.store(1, ordering: .relaxed)
    #expect(throws: StoreError.self) { try file.flush() }
    _ = try file.keep([Self.event("c")])
    try file.flush()

    _ = try fixture.write(
      StoreFixture.bytes(of: fixture.path("inbox-1024.sqlite")), to: "inbox-1.sqlite")
    #expect(
      try inbox("inbox-1.sqlite").leftovers(besides: nil).map(\.event.keptAs) == ["a", "b", "c"])
    // The log that was cut is no stranger's doing.
    let told = Told()
    file.onTrouble { told.add($0) }
    #expect(try file.keep([Self.event("d"), Self.event("a")]) == [true, false])
    try file.flush()
    #expect(told.all.isEmpty)
  }

  /// What waits in memory alone is acknowledged to nobody.
  @Test func aFileThatCannotBeOpenedAgainHasNothing() throws {
    let file = inbox("folder/inbox-1024.sqlite")
    _ = try file.keep([Self.event("a")])
    let folder = fixture.path("folder")
    #expect(rename(folder, fixture.path("gone")) == 0)
    _ = try fixture.write([], to: "folder")
    #expect(throws: StoreError.self) { try file.keep([Self.event("b")]) }
    #expect(throws: StoreError.self) { try file.flush() }
    unlink(folder)
    #expect(try file.keep([Self.event("b"), Self.event("a")]) == [true, false])
    try file.flush()
    file.close()
    for place in [folder, fixture.path("gone")] {
      for name in StoreFixture.names(in: place) { unlink("\(place)/\(name)") }
      rmdir(place)
    }
  }
}
