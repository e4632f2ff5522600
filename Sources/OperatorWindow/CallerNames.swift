package import Telephony

/// Says whose number it is while a telephone waits for the name (R20), on a thread of its own: a store
/// that is slow must not hold up the launcher's messages.
package final class CallerNames: Sendable {
  private let store: StoreAccess
  private let lane = Lane()

  package init(_ store: StoreAccess) { self.store = store }

  /// Hands over the name of the operator's choice, or of who alone has the number; nil: none is sure.
  package func find(_ number: PhoneNumber, _ answer: @escaping @Sendable (String?) -> Void) {
    lane.run { [store] in
      let matches = (try? store.matches(number).get()) ?? []
      answer(matches.sure?.party.name)
    }
  }
}
