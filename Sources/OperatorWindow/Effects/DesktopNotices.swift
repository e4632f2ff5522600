import OperatorScreen
import RecordOpener
import Telephony

/// What programs around the terminal show of calls, one order after the other.
struct Notices: Sendable {
  var desktop: DesktopNotices?
  var tmux: TmuxNotices?
  private var failure = LatestFailure<OpenError>()

  init(desktop: DesktopNotices?, tmux: TmuxNotices?) { (self.desktop, self.tmux) = (desktop, tmux) }

  /// Whether there is anything to be shown by.
  var isNeeded: Bool { desktop != nil || tmux != nil }

  mutating func follow(
    _ orders: AsyncStream<AttentionOrder>, _ post: @escaping @Sendable (Message) -> Void
  ) async {
    for await order in orders {
      do throws(OpenError) {
        try await desktop?.perform(order)
        try await tmux?.perform(order)
        _ = failure.isNews(nil)
      } catch {
        guard failure.isNews(error) else { continue }
        post(.trouble(.attention, sentence: error.sentence(option: "attention")))
      }
    }
  }
}

/// Notifications of the desktop, shown and closed in their order.
struct DesktopNotices: Sendable {
  /// How long the desktop may take for one [s].
  private static let patience = 3

  private let runner: ProgramRunner
  private var shown: [Call.ID: UInt32] = [:]

  init(_ runner: ProgramRunner) { self.runner = runner }

  mutating func perform(_ order: AttentionOrder) async throws(OpenError) {
    switch order {
    case .announce(let call, _):
      let before = shown[call.call] ?? 0
      let arguments = DesktopNotice.show(title: call.title, text: call.text, replacing: before)
      shown[call.call] = DesktopNotice.number(
        in: try await runner.answer(
          of: DesktopNotice.program, arguments, seconds: Self.patience))
    case .settle(let id):
      guard let number = shown.removeValue(forKey: id) else { return }
      try await runner.run(
        DesktopNotice.program, DesktopNotice.close(number), seconds: Self.patience)
    }
  }
}
