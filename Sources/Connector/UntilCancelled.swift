/// Waits, without waking anything up, until the task is cancelled.
package func untilCancelled() async { for await _ in AsyncStream<Never>.makeStream().stream {} }
