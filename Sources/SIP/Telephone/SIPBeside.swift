import Synchronization
import Telephony

/// What a station's dialog state and the telephone beside it tell each other: whether dialog state can be heard, and
/// whose calls the station took; what rings at the telephone. The two together know what neither knows alone.
public final class SIPBeside: Sendable {
  /// What is told.
  enum News: Hashable {
    /// Dialog state can be heard, or not.
    case heard(Bool)
    /// The station took a call that came in.
    case taken(Caller)
  }

  private let listeners = Mutex<[@Sendable (News) -> Void]>([])
  private let dialogs = Mutex<[@Sendable (String) -> Void]>([])

  /// Nobody listens yet.
  public init() {}

  /// Has news told to this one, too.
  func listen(_ listener: @escaping @Sendable (News) -> Void) {
    listeners.withLock { $0.append(listener) }
  }

  /// Has this told what happens at the telephone, in the words of ``TelephoneRings``.
  func listenToTelephone(_ listener: @escaping @Sendable (String) -> Void) {
    dialogs.withLock { $0.append(listener) }
  }

  /// Passes on what happened at the telephone.
  func passWord(_ word: String) {
    for listener in dialogs.withLock({ $0 }) { listener(word) }
  }

  /// Passes on what dialog state reported.
  func pass(_ report: SourceReport) {
    guard let news = Self.news(report) else { return }
    for listener in listeners.withLock({ $0 }) { listener(news) }
  }

  private static func news(_ report: SourceReport) -> News? {
    switch report {
    case .health(_, let health): .heard(health == .up)
    case .event(let event) where event.kind == .answer && isTaken(event): .taken(event.caller)
    case .event: nil
    }
  }

  /// Whether a call that came in was taken: that the station is on the line says nothing of what rings.
  private static func isTaken(_ event: CallEvent) -> Bool {
    event.direction == .incoming || event.direction == nil && event.caller.identity != .untold
  }
}
