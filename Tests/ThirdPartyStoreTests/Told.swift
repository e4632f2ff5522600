import Synchronization
import ThirdPartyStore

/// What a store said beside its answers.
final class Told: Sendable {
  private let sentences = Mutex<[String]>([])

  /// What was said so far.
  var all: [String] { sentences.withLock { $0 } }

  func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }

  /// Notices that are heard here.
  func notices() -> StoreNotices {
    let notices = StoreNotices()
    notices.listen { self.add($0) }
    return notices
  }
}
