import Connector
import Dispatch
import ERPSync
import Synchronization
import Telephony
import TestSupport
import ThirdPartyStore

/// A copy on a thread of its own, which stops at its first rows until it is told to go on: the ERP has then
/// not sent everything.
final class CopyUnderWay: Sendable {
  private struct State {
    var hasRows = false
    var outcome: Result<ERPCopyReport, ERPError>?
  }

  private let state = Mutex(State())
  private let isReleased = DispatchSemaphore(value: 0)

  /// Begins a full copy.
  init(_ copy: ERPCopy) {
    OwnThread.start { [self] in
      let outcome = Result { () throws(ERPError) in
        try copy.run(.full, at: WallTime(milliseconds: 0)) { event in
          guard case .progress = event else { return }
          let isFirst = state.withLock { state in
            defer { state.hasRows = true }
            return !state.hasRows
          }
          if isFirst { isReleased.wait() }
        }
      }
      state.withLock { $0.outcome = outcome }
    }
  }

  /// Waits until the first rows have come.
  func hasRows() async throws {
    try await waitUntil("the first rows", instead: "\(outcome.debugDescription)") {
      state.withLock { $0.hasRows }
    }
  }

  /// Lets it go on, and waits for its failure; nil when there is none.
  func failure() async throws -> ERPError? {
    isReleased.signal()
    switch try await waitFor("the end of the copy", { outcome }) {
    case .success: return nil
    case .failure(let error): return error
    }
  }

  private var outcome: Result<ERPCopyReport, ERPError>? { state.withLock { $0.outcome } }
}
