/// What became of what a CSTA server was asked to do.
enum CSTAAnswer: Hashable {
  /// It is done.
  case done
  /// The calls were listed.
  case listed
  /// It was refused, with the server's word.
  case refused(error: String)
  /// The call is not known any more.
  case gone
  /// No answer came, or the connection went before it.
  case unknown

  /// Why a call was not made, and what to do; nil when it was.
  func dialSentence(device: String, server: String) -> String? {
    switch self {
    case .done, .listed: nil
    case .refused(let error):
      "\(server) did not make the call from \(device) (\(error)): is the telephone free, and may it call that number?"
    case .gone: "\(server) did not make the call: call again"
    case .unknown: "\(server) did not say what became of the call: look whether it rings"
    }
  }

  /// Why a call was not taken or ended; nil when it was.
  func controlSentence(server: String) -> String? {
    switch self {
    case .done, .listed: nil
    case .refused(let error): "\(server) refused (\(error))"
    case .gone: "the call is not known any more"
    case .unknown: "\(server) did not answer: look at the telephone"
    }
  }
}
