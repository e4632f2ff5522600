import Foundation
import Glibc
import Telephony
import Testing

@testable import ThirdPartyStore

/// A disk that is no longer mounted while a window uses files on it, and comes back: what would be kept meanwhile in the
/// folder below it would be out of sight from then on.
@Suite struct GoneDiskTests {
  private static let moment = Moment(milliseconds: 5_000_000)
  private let fixture: StoreFixture
  /// A folder in memory, which is another disk.
  private let disk = "/dev/shm/screenpop-\(UUID().uuidString)"

  init() throws {
    fixture = try StoreFixture()
    try #require(mkdir(disk, 0o700) == 0)
    try mount(disk)
  }

  /// Has the files' folder lead there.
  private func mount(_ place: String) throws {
    unlink(fixture.path("data"))
    try #require(symlink(place, fixture.path("data")) == 0)
  }

  @Test func nothingIsKeptBelowIt() throws {
    defer { try? FileManager.default.removeItem(atPath: disk) }
    let inbox = InboxFile(path: fixture.path("data/inbox.sqlite")) {
      (Self.moment, WallTime(milliseconds: 1_800_000_000_000))
    }
    let data = try OperatorStore(path: fixture.path("data/operator.sqlite"))
    let event = {
      CallEvent(
        source: .launcher, kind: .ring, at: Self.moment,
        caller: Caller(identity: .untold, text: "n"),
        keptAs: $0)
    }
    let call = {
      JournalEntry(
        key: $0, at: WallTime(milliseconds: 1_800_000_000_000), number: nil, text: "?",
        outcome: .missed)
    }
    _ = try inbox.keep([event("a")])
    try data.record(call("a"))

    let below = fixture.path("below")
    try #require(mkdir(below, 0o700) == 0)
    defer { rmdir(below) }
    for place in [below, below + "/nothing"] {
      try mount(place)
      #expect(kind { _ = try inbox.keep([event("b")]) } == .cannotOpen)
      #expect([.cannotOpen, .replaced].contains(kind { try data.record(call("b")) }))
      #expect(kind { try data.record(call("b")) } == .cannotOpen)
      #expect(StoreFixture.names(in: below).isEmpty)
    }

    try mount(disk)
    #expect(try inbox.keep([event("a"), event("b")]) == [false, true])
    try data.record(call("b"))
    #expect(Set(try data.journal().map(\.key)) == ["a", "b"])
  }

  private func kind(_ body: () throws -> Void) -> StoreError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StoreError)?.kind
    }
  }
}
