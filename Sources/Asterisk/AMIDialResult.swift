/// What became of a call that Asterisk was asked to make.
enum AMIDialResult: Hashable {
  /// The station was rung and has taken the call; the number is being called.
  case made
  /// The manager did not do it, with its words.
  case refused(message: String)
  /// The station did not take the call; Asterisk's reason (`AST_CONTROL_…` of its frame.h).
  case failed(reason: Int)
  /// The connection went before the answer, or it did not come in time.
  case unknown

  /// Why there is no call, and what to do; nil when there is one.
  func sentence(channel: String, server: String) -> String? {
    switch self {
    case .made: nil
    case .refused(let message):
      "\(server) refused to make the call (\(message)): check the right originate in manager.conf"
    case .failed(reason: 1), .failed(reason: 3): "\(channel) did not pick up: call again"
    case .failed(reason: 5): "\(channel) is busy: call again later"
    case .failed: "\(channel) could not be rung: is the telephone registered at Asterisk?"
    case .unknown: "\(server) did not say what became of the call: look whether it rings"
    }
  }
}
