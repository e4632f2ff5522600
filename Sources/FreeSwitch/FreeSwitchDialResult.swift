/// What became of a call that FreeSWITCH was asked to make.
enum FreeSwitchDialResult: Hashable {
  /// The station has picked up; the number is being called.
  case made
  /// It was not done, with FreeSWITCH's words.
  case refused(message: String)
  /// The station did not pick up; the cause.
  case failed(cause: String)
  /// The connection went before the answer, or it did not come in time.
  case unknown

  /// Why there is no call, and what to do; nil when there is one.
  func sentence(station: String, server: String) -> String? {
    switch self {
    case .made: nil
    case .refused(let message):
      "\(server) refused to make the call (\(message)): check esl-allowed-api of the user"
    case .failed("NO_ANSWER"), .failed("ORIGINATOR_CANCEL"), .failed("NO_USER_RESPONSE"),
      .failed("ALLOTTED_TIMEOUT"):
      "\(station) did not pick up: call again"
    case .failed("USER_BUSY"), .failed("CALL_REJECTED"): "\(station) is busy: call again later"
    case .failed(let cause):
      "\(station) could not be rung (\(cause)): is the telephone registered at FreeSWITCH?"
    case .unknown: "\(server) did not say what became of the call: look whether it rings"
    }
  }
}
