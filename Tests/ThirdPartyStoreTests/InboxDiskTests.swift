import Dispatch
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

  /// Another program holds the journal, or there is much to read: what comes meanwhile is on the disk at once.
  @Test func readingWhatIsLeftHoldsUpNoCall() throws {
    let (isHeld, turn, isKept) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let hasBegun = DispatchSemaphore(value: 0)
    let file = InboxFile(path: fixture.path("inbox-1024.sqlite")) {
      hasBegun.signal()
      return (Self.moment, WallTime(milliseconds: 1_800_000_000_000))
    }
    let data = try fixture.operatorData()
    _ = try file.keep([Self.event("a")])
    hasBegun.wait()
    let others = DispatchGroup()
    DispatchQueue.global().async(group: others) {
      try? data.read("being slow") { _ in
        isHeld.signal()
        turn.wait()
      }
    }
    isHeld.wait()
    let left = Mutex<[String]>([])
    DispatchQueue.global().async(group: others) {
      let kept = (try? file.leftovers(besides: data)) ?? []
      left.withLock { $0 = kept.compactMap(\.event.keptAs) }
    }
    hasBegun.wait()
    DispatchQueue.global().async(group: others) {
      if (try? file.keep([Self.event("b")])) == [true] { isKept.signal() }
    }
    #expect(isKept.wait(timeout: .now() + 20) == .success)
    #expect(left.withLock { $0 }.isEmpty)
    turn.signal()
    others.wait()
    #expect(left.withLock { $0 } == ["a", "b"])
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
