import Synchronization

/// Which of a host's addresses is tried: the first one, until nothing was heard from it; then the next.
final class AddressTurn: Sendable {
  private let passed = Atomic(0)

  /// The one whose turn it is; nil: there is none.
  func choose<Address>(among addresses: [Address]) -> Address? {
    guard !addresses.isEmpty else { return nil }
    return addresses[passed.load(ordering: .relaxed) % addresses.count]
  }

  /// Nothing was heard from it.
  func pass() { passed.wrappingAdd(1, ordering: .relaxed) }
}

/// Peers are the same whatever address of theirs is tried.
extension AddressTurn: Hashable {
  static func == (one: AddressTurn, other: AddressTurn) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}
