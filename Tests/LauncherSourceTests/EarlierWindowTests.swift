import Dispatch
import Foundation
import LauncherSource
import LauncherSupport
import Synchronization
import Telephony
import TestSupport
import Testing

/// What an earlier window left in its file comes before what happens now, whenever the file can be had (R48).
@Suite struct EarlierWindowTests {
  /// A file of which a test says when it can be had, and what happened to it.
  private final class Place: Sendable {
    struct Busy: Error, CustomStringConvertible {
      var description: String { "the file is busy" }
    }

    struct State {
      var isBusy = false
      var left: [String] = []
      var kept: [String] = []
      var story: [String] = []
      /// What reading waits for.
      var turn: DispatchSemaphore?
    }

    let state = Mutex(State())

    var story: [String] { state.withLock { $0.story } }
    /// What of it the window notices.
    var told: [String] { story.filter { $0 != "hangs" } }

    func note(_ words: String) { state.withLock { $0.story.append(words) } }

    /// An inbox in front of it.
    func inbox(_ disk: @escaping @Sendable () -> Void = {}) -> EventInbox {
      let inbox = EventInbox(
        keep: { [self] events, _ in
          if !events.isEmpty { disk() }
          return try state.withLock { state in
            guard !state.isBusy else { throw Busy() }
            let known = Set(state.left + state.kept)
            state.kept += events.compactMap(\.keptAs)
            return events.map { !known.contains($0.keptAs ?? "") }
          }
        }, flush: {})
      inbox.follow(
        EventInbox.Past(
          read: { [self] in
            state.withLock { $0.turn }?.wait()
            return try state.withLock { state in
              guard !state.isBusy else { throw Busy() }
              return state.left.map { KeptEvent(event($0)) }
            }
          },
          tell: { [self] kept in
            note("past " + kept.compactMap(\.event.keptAs).joined(separator: " "))
          }, failed: { [self] in note($0) }, letGo: { [self] in note("let go") }))
      return inbox
    }

    func event(_ name: String) -> CallEvent {
      CallEvent(
        source: .launcher, kind: .ring, at: Moment(milliseconds: 1),
        caller: Caller(identity: .untold, text: "n"), keptAs: name)
    }

    func accept(_ name: String, in inbox: EventInbox) {
      inbox.accept(event(name)) { [self] in
        note("told " + ($0.keptAs ?? ""))
      } answer: { [self] answer in
        if case .refused = answer { note("refused \(name)") }
      }
    }
  }

  @Test func itIsToldBeforeNews() async {
    let place = Place()
    place.state.withLock { $0.left = ["a", "b"] }
    let inbox = place.inbox()
    inbox.setRank(isFirst: true)
    place.accept("c", in: inbox)
    // The spool brings it, too.
    place.accept("b", in: inbox)
    await inbox.finish()
    #expect(place.story == ["past a b", "told c", "let go"])
  }

  /// Another program has the file when the window starts.
  @Test func aFileThatIsBusyIsAskedAgain() async {
    let place = Place()
    place.state.withLock { state in
      state.left = ["a"]
      state.isBusy = true
    }
    let inbox = place.inbox()
    inbox.setRank(isFirst: true)
    place.accept("b", in: inbox)
    inbox.retryPast()
    await inbox.drain()
    #expect(place.story == ["the file is busy", "told b", "refused b"])
    place.state.withLock { $0.isBusy = false }
    inbox.retryPast()
    place.accept("b", in: inbox)
    inbox.retryPast()
    await inbox.finish()
    #expect(place.story.dropFirst(3) == ["past a", "let go"])
    #expect(place.state.withLock { $0.kept } == ["b"])
  }

  /// Who only watches keeps the file from nobody, and takes over what the first window has left.
  @Test func aWindowThatWatchesLeavesTheFileAlone() async {
    let place = Place()
    let inbox = place.inbox()
    inbox.setRank(isFirst: false)
    place.accept("late", in: inbox)
    inbox.settle([Receipt("x", line: nil)])
    inbox.retryPast()
    await inbox.drain()
    #expect(place.story == ["let go", "told late", "refused late"])
    #expect(inbox.unkept == ["late"])
    place.state.withLock { $0.left = ["a", "late"] }
    inbox.setRank(isFirst: true)
    await inbox.finish()
    #expect(place.story.dropFirst(3) == ["past a", "let go"])
  }

  /// A driver's events are not waited for by anybody, and come once; what an earlier window left comes first all the same.
  @Test func aDiskThatHangsHidesNoCallOfADriver() async throws {
    let place = Place()
    let (disk, turn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    place.state.withLock { ($0.left, $0.turn) = (["a"], turn) }
    let inbox = place.inbox {
      place.note("hangs")
      disk.wait()
    }
    let tell = { @Sendable (name: String) in
      inbox.accept(place.event(name)) { place.note("told " + ($0.keptAs ?? "")) }
    }
    inbox.setRank(isFirst: true)
    tell("early")
    try await waitUntil("the disk to hang") { place.story == ["hangs"] }
    turn.signal()
    // In their order, although the one before hangs.
    tell("b")
    #expect(place.story == ["hangs"])
    for _ in 1...2 { disk.signal() }
    await inbox.drain()
    #expect(place.told == ["past a", "told early", "told b"])
    #expect(inbox.unkept.isEmpty)

    tell("c")
    tell("d")
    #expect(place.told.suffix(2) == ["told c", "told d"])
    #expect(inbox.unkept == ["c", "d"])
    for _ in 1...3 { disk.signal() }
    await inbox.finish()
    #expect(place.told.dropFirst(3) == ["told c", "told d", "let go"])
    #expect(inbox.unkept.isEmpty)
    #expect(place.state.withLock { $0.kept } == ["early", "b", "c", "d"])
  }

  /// Much takes a second to read, and who kills the window in that second takes no call with it.
  @Test func whatComesMeanwhileIsOnTheDiskAtOnce() async throws {
    let place = Place()
    let turn = DispatchSemaphore(value: 0)
    place.state.withLock { ($0.left, $0.turn) = (["a"], turn) }
    let inbox = place.inbox()
    inbox.setRank(isFirst: true)
    inbox.accept(place.event("of a driver")) { place.note("told " + ($0.keptAs ?? "")) }
    let isAnswered = Mutex(false)
    inbox.accept(place.event("b")) {
      place.note("told " + ($0.keptAs ?? ""))
    } answer: { answer in
      isAnswered.withLock { $0 = answer == .kept(isNew: true) }
    }
    try await waitUntil("both to be kept and the second to be answered") {
      isAnswered.withLock { $0 } && place.state.withLock { $0.kept } == ["of a driver", "b"]
    }
    #expect(place.story == [])
    // Read of the file with the rest, since it is there.
    place.state.withLock { $0.left = ["a", "of a driver", "b"] }
    turn.signal()
    await inbox.finish()
    #expect(place.story == ["past a", "told of a driver", "told b", "let go"])
  }

  /// A driver that tells of a call at that moment comes behind it as well.
  @Test func noDriverGetsInBetween() async {
    let place = Place()
    let inbox = EventInbox(keep: { events, _ in events.map { _ in true } }, flush: {})
    inbox.follow(
      EventInbox.Past(
        read: { [] },
        tell: { [unowned inbox] _ in
          inbox.accept(place.event("b")) { place.note("told " + ($0.keptAs ?? "")) }
          place.note("past")
        }, failed: { _ in }, letGo: {}))
    inbox.setRank(isFirst: true)
    await inbox.drain()
    await inbox.finish()
    #expect(place.story == ["past", "told b"])
  }

  /// Closing writes: on a disk that hangs, the main thread would hear nothing more, not even that the time is over.
  @Test @MainActor func theFileIsLetGoOfOnAThreadOfItsOwn() async {
    let isMain = Mutex<Bool?>(nil)
    let inbox = EventInbox(keep: { _, _ in [] }, flush: {})
    inbox.follow(
      EventInbox.Past(
        read: { [] }, tell: { _ in }, failed: { _ in },
        letGo: { isMain.withLock { $0 = Thread.isMainThread } }))
    await inbox.finish()
    #expect(isMain.withLock { $0 } == false)
  }
}
