import ERPSync
package import OperatorScreen
import PhoneNumbers
import Synchronization
import Telephony
import ThirdPartyStore

/// Answers what is asked of third parties, one question after the other on a thread of its own.
package final class PartyReader: Sendable {
  /// What was read this long ago is not read again for one of many calls [ms].
  private static let freshExceptions: Int64 = 50

  private let store: StoreAccess
  private let erp: ERPLink?
  private let directory: PublicDirectory?
  private let post: @Sendable (Message) -> Void
  private let latestSearch = Mutex(0)
  private let knownExceptions = Mutex<(entries: [ExceptionNumber]?, read: Moment)>(
    (nil, Moment(milliseconds: 0)))
  private let lane = Lane()

  /// Reads the store, and asks the ERP and the public directory of whom it does not know.
  package init(
    _ store: StoreAccess, _ erp: ERPLink?, directory: PublicDirectory? = nil,
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    self.store = store
    self.erp = erp
    self.directory = directory
    self.post = post
  }

  /// Reads what the window needs from the start, and makes the first lookup as fast as the others.
  package func start() {
    lane.run { [self] in
      postExceptions()
      NumberPlan.warmUp()
      if case .failure(let error) = store.matches(PhoneNumber(.extension, "0")) {
        post(.trouble(.store, sentence: error.sentence))
      }
    }
  }

  /// Starts on the question.
  package func perform(_ question: PartyQuestion) {
    if case .search(_, let ticket) = question { latestSearch.withLock { $0 = ticket } }
    lane.run { [self] in answer(question) }
  }

  /// Waits until every question is answered.
  package func finish() async { await lane.finish() }

  private func answer(_ question: PartyQuestion) {
    switch question {
    case .lookUp(let id, let number):
      if exceptionsAge > Self.freshExceptions { postExceptions() }
      lookUp(number) { [post, directory] result in
        post(.found(id, result, of: number))
        guard case .success([]) = result, let directory else { return }
        directory.ask(number, text: self.store.display(number)) {
          post(.directory(id, name: $0, of: number))
        }
      }
    case .lookUpLine(let key, let number):
      lookUp(number) { [post] in post(.foundForLine(key: key, $0)) }
    case .loadRecord(let party, let ticket):
      post(.record(ticket: ticket, store.record(party)))
    case .search(let text, let ticket):
      // What has been typed over since must not make a caller's name wait.
      guard latestSearch.withLock({ $0 == ticket }) else { return }
      post(.searched(ticket: ticket, store.search(text)))
    }
  }

  /// Looks a number up; one that the copy does not know is asked for at the ERP, on another thread.
  private func lookUp(
    _ number: PhoneNumber,
    _ answer: @escaping @Sendable (Result<[Match], DirectoryError>) -> Void
  ) {
    let known = store.matches(number)
    guard let erp, case .success(let matches) = known,
      matches.allSatisfy({ $0.strength >= .range })
    else { return answer(known) }
    erp.ask(number) { [store] said in
      switch said {
      case .nobody: answer(known)
      case .copied: answer(store.matches(number))
      case .told(let told):
        let told = told.map { (match: $0, reference: PartyReference($0.party)) }
        // Whoever has the number itself goes before the company's range.
        let others = matches.filter { known in
          known.strength == .weak && !told.contains { $0.reference.means(known.party) }
        }
        answer(.success(told.map(\.match) + others))
      }
    }
  }

  private var exceptionsAge: Int64 { WindowClock.now() - knownExceptions.withLock(\.read) }

  /// Reads the exception lists again, because other programs change them too, and posts them if they differ.
  package func postExceptions() {
    switch store.exceptions() {
    case .success(let entries):
      let isNew = knownExceptions.withLock { known in
        defer { known = (entries, WindowClock.now()) }
        return known.entries != entries
      }
      if isNew { post(.exceptions(entries)) }
    case .failure(let error): post(.trouble(.store, sentence: error.sentence))
    }
  }
}
