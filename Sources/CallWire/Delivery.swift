import CLibrary

/// What became of a message that was offered to windows.
public enum Delivery: Hashable, Sendable {
  /// At least one window has it; the caller's name if one said it.
  case taken(name: String?)
  /// No window took it, and one said why not.
  case refused(String)
  /// No window listens, or none answered in time.
  case unanswered

  /// Offers an encoded message to all sockets at once, within one time limit for all together.
  ///
  /// Ends as soon as one window has said that it has the message and every other one has at least been
  /// sent it: a window that is slow reads it later. Sockets of other users get nothing. Never throws,
  /// never blocks for longer than the limit [ms].
  public static func offer(_ line: [UInt8], to paths: [String], limit: Int64 = 500) -> Delivery {
    Delivery(exchange(line, with: paths, limit))
  }

  /// What became of one exchange with each window.
  static func exchange(_ line: [UInt8], with paths: [String], _ limit: Int64) -> [Exchange] {
    var exchanges = paths.map { Exchange(path: $0) }
    let deadline = monotonicMilliseconds() + limit
    while true {
      for index in exchanges.indices where !exchanges[index].isOver {
        exchanges[index].advance(line)
      }
      let rest = deadline - monotonicMilliseconds()
      if isSettled(exchanges) || rest <= 0 { break }
      wait(for: exchanges, atMost: rest)
    }
    for index in exchanges.indices { exchanges[index].close() }
    return exchanges
  }

  private init(_ exchanges: [Exchange]) {
    var (taken, name, refusal) = (false, String?.none, String?.none)
    for exchange in exchanges {
      guard case .answered(let reply) = exchange.state else { continue }
      switch reply {
      case .ok, .state: taken = true
      case .name(let text): (taken, name) = (true, name ?? text)
      case .refused(let sentence): refusal = refusal ?? sentence
      }
    }
    self = taken ? .taken(name: name) : refusal.map { .refused($0) } ?? .unanswered
  }

  private static func isSettled(_ exchanges: [Exchange]) -> Bool {
    if exchanges.allSatisfy({ $0.isOver }) { return true }
    guard case .taken = Delivery(exchanges) else { return false }
    return exchanges.allSatisfy { $0.isSent || $0.isOver }
  }

  private static func wait(for exchanges: [Exchange], atMost rest: Int64) {
    var isQueueing = false
    var polled: [pollfd] = []
    for exchange in exchanges where !exchange.isOver {
      if exchange.interest == 0 {
        isQueueing = true
      } else {
        polled.append(
          pollfd(
            fd: exchange.descriptor, events: Int16(truncatingIfNeeded: exchange.interest),
            revents: 0))
      }
    }
    // Nothing tells when a queue has room again (connect(2), EAGAIN): look every 5 ms.
    poll(&polled, nfds_t(polled.count), CInt(clamping: isQueueing ? min(rest, 5) : rest))
  }
}

/// Time of the clock that nobody sets [ms].
private func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(clamping: time.milliseconds)
}

extension timespec {
  /// The time [ms]; any that a clock or a file can say.
  var milliseconds: Int128 { Int128(tv_sec) * 1000 + Int128(tv_nsec) / 1_000_000 }
}
