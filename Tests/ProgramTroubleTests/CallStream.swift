import CallWire
import Dispatch
import Foundation
import Synchronization

/// Calls as launchers tell them, one after the other: to the window, or to the spool when none takes them.
///
/// Each call has a number of its own. A number counts as acknowledged when every message of its call was taken by
/// the window or the spool.
final class CallStream: Sendable {
  private struct State {
    var next: Int
    var told: [String] = []
    var acknowledged: [String] = []
    var isOver = false
  }

  private let state: Mutex<State>
  private let permits = DispatchSemaphore(value: 0)
  private let runtime: RuntimeDirectory
  private let station = "1024"
  /// Whether each call is also answered and ended.
  private let isWhole: Bool

  /// A stream from so many launchers at a time; nothing is told before ``allow(_:)``.
  init(_ runtime: RuntimeDirectory, launchers: Int = 4, isWhole: Bool = false) {
    self.runtime = runtime
    self.isWhole = isWhole
    state = Mutex(State(next: 0))
    for _ in 0..<launchers { Thread { self.work() }.start() }
  }

  /// Lets so many more calls come.
  func allow(_ count: Int) { for _ in 0..<count { permits.signal() } }

  /// How many calls have been told, acknowledged or not.
  var told: Int { state.withLock { $0.told.count } }

  /// The numbers of the calls that were acknowledged, in normal form.
  var acknowledged: [String] { state.withLock { $0.acknowledged } }

  /// Ends the stream.
  func end() {
    state.withLock { $0.isOver = true }
    allow(64)
  }

  private func work() {
    while true {
      permits.wait()
      let number = state.withLock { state -> Int? in
        defer { state.next += 1 }
        return state.isOver ? nil : state.next
      }
      guard let number else { return }
      let ranges = ["019900", "026191", "035301", "046571", "053649", "063998"]
      let tel = ranges[number / 10_000 % 6] + String(10_000 + number % 10_000).dropFirst()
      let words = isWhole ? ["ring", "answer", "end"] : ["ring"]
      // As long as any of its messages is taken, the call has its line.
      let taken = words.map { tell($0, tel) }
      state.withLock { state in
        state.told.append(tel)
        if taken.allSatisfy({ $0 }) { state.acknowledged.append("+33" + tel.dropFirst()) }
      }
    }
  }

  private func tell(_ event: String, _ tel: String) -> Bool {
    let message = CallMessage(event: event, tel: tel, mid: newMessageID(), id: "call-\(tel)")
    guard let line = try? message.encoded() else { return false }
    let sockets = [runtime.socketPath(station: station)]
    if case .taken = Delivery.offer(line, to: sockets) { return true }
    do {
      try runtime.spool.write(line, station: station)
      return true
    } catch {
      return false
    }
  }
}
