import NumberForms
import Synchronization

/// What the relay counts, for whoever watches over it.
final class Metrics: Sendable {
  private struct Counts {
    /// By status.
    var answers: [Int: UInt64] = [:]
    /// By the event's word in the relay's own table.
    var events: [String: UInt64] = [:]
    var webhooks: [Webhook: UInt64] = [:]
  }

  /// What became of the webhooks of one map.
  private struct Webhook: Hashable {
    var map: String
    var result: WebhookResult

    var labels: String {
      let (result, reason) = result.labels
      return "map=\"\(map)\",result=\"\(result)\",reason=\"\(reason)\""
    }
  }

  private let counts = Mutex(Counts())

  /// Counts one answered request.
  func count(answer status: Int) {
    counts.withLock { $0.answers[status, default: 0] += 1 }
  }

  /// Counts one event that was taken.
  func count(event: EventWord) {
    // Words of strangers are counted together: a label for each would grow without end.
    let word = if case .other = event { "other" } else { event.word }
    counts.withLock { $0.events[word, default: 0] += 1 }
  }

  /// Counts one webhook.
  func count(webhook map: String, _ result: WebhookResult) {
    counts.withLock { $0.webhooks[Webhook(map: map, result: result), default: 0] += 1 }
  }

  /// The text format of Prometheus, version 0.0.4.
  ///
  /// - Parameters:
  ///   - calls: Nil while the store is away.
  ///   - store: Nil when calls are kept in this process.
  func text(
    calls: Int?, streams: (open: Int, sent: UInt64, overrun: UInt64), store: StoreLink?
  ) -> String {
    let counts = counts.withLock { $0 }
    var text = Self.head("requests_total", "counter", "Requests answered, by status.")
    for (status, count) in counts.answers.sorted(by: { $0.key < $1.key }) {
      text += "ctirelay_requests_total{status=\"\(status)\"} \(count)\n"
    }
    text += Self.head("events_total", "counter", "Call events taken, by what happened.")
    for (word, count) in counts.events.sorted(by: { $0.key < $1.key }) {
      text += "ctirelay_events_total{event=\"\(word)\"} \(count)\n"
    }
    text += Self.head("webhooks_total", "counter", "Webhooks, by map and what became of them.")
    for (webhook, count) in counts.webhooks.map({ ($0.key.labels, $0.value) }).sorted(by: <) {
      text += "ctirelay_webhooks_total{\(webhook)} \(count)\n"
    }
    if let calls {
      text += Self.single("calls", "gauge", "Stations that have a call.", UInt64(clamping: calls))
    }
    if let store {
      text += Self.single("store_up", "gauge", "Whether Redis answers.", store.isUp ? 1 : 0)
      text += Self.single(
        "store_reconnects_total", "counter", "How often Redis was lost and found again.",
        store.reconnects)
    }
    text += Self.single("streams", "gauge", "Windows that listen.", UInt64(clamping: streams.open))
    text += Self.single(
      "stream_events_total", "counter", "Events handed to windows.", streams.sent)
    text += Self.single(
      "stream_overruns_total", "counter", "Streams ended because the window was too slow.",
      streams.overrun)
    return text
  }

  private static func head(_ name: String, _ type: String, _ help: String) -> String {
    "# HELP ctirelay_\(name) \(help)\n# TYPE ctirelay_\(name) \(type)\n"
  }

  private static func single(
    _ name: String, _ type: String, _ help: String, _ value: UInt64
  ) -> String {
    head(name, type, help) + "ctirelay_\(name) \(value)\n"
  }
}
