import NIOCore
import Synchronization

/// The connections that are open, so that they can be ended together.
final class Connections: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isEnding = false
    /// Who waits for the last one to go.
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Counts a connection in until it is closed; one that comes while the others end goes at once.
  func add(_ channel: any Channel) {
    let isEnding = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return state.isEnding
    }
    channel.closeFuture.whenComplete { _ in self.remove(channel) }
    if isEnding { channel.close(promise: nil) }
  }

  /// Asks all connections to end when what was begun on them is done, and waits for the last.
  func end() async {
    await withCheckedContinuation { waiter in
      let channels = state.withLock { state in
        state.isEnding = true
        if !state.channels.isEmpty { state.waiter = waiter }
        return Array(state.channels.values)
      }
      if channels.isEmpty { waiter.resume() }
      for channel in channels {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
      }
    }
  }

  /// Closes all connections, whatever happens on them.
  func closeAll() {
    for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
  }

  private func remove(_ channel: any Channel) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.channels[ObjectIdentifier(channel)] = nil
      guard state.channels.isEmpty else { return nil }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
