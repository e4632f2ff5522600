import ServiceLifecycle

/// Sends every listener a comment now and then (R29).
struct Heartbeat: Service {
  var hub: EventHub
  /// The time between two comments.
  var interval: Duration

  func run() async {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: interval)) != nil { hub.beat() }
    }
  }
}
