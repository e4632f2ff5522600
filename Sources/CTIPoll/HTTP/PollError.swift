import AsyncHTTPClient
import WebAccess

/// Why a CTI server gave no usable answer.
enum PollError: Error, Hashable {
  /// No connection, or one that broke.
  case unreachable(detail: String)
  /// None that is secure, or one whose certificate is not trusted.
  case insecure(detail: String)
  /// Nothing whole within the time limit [s].
  case slow(seconds: Int)
  /// It sent on to another address too often, or in a circle.
  case redirects
  /// A status that is no answer, and what the server said with it, if anything.
  case status(Int, words: String = "")
  /// More than the limit [bytes].
  case tooLarge(limit: Int)
  /// A body that is not what the configuration says.
  case unreadable(detail: String)

  /// What went wrong when this server was asked, and what to do, for the operator.
  func sentence(server: String) -> String {
    switch self {
    case .unreachable(let detail):
      "\(server) could not be reached (\(detail)): is it running?"
    case .insecure(let detail):
      "\(server) gave no secure connection (\(detail)): check the URL, its certificate, and the clock here"
    case .slow(let seconds): "\(server) did not answer within \(seconds) s: look at its load"
    case .redirects: "\(server) sends from one address to another: check the URL"
    case .status(let code, let words):
      "\(server) answered \(code)\(words.isEmpty ? "" : " (\(words))"): \(Self.advice(code))"
    case .tooLarge(let limit):
      "\(server) answered more than \(limit / 1000) kB: check the URL"
    case .unreadable(let detail): "\(server) gave no usable answer: \(detail)"
    }
  }

  private static func advice(_ code: Int) -> String {
    switch code {
    case 401, 403: "check the token or the headers"
    case 404: "check the URL, and the station if it is in there"
    case 405: "check the method"
    case 407: "check the user and password of the proxy"
    case 429: "it is asked too often: wait, or raise poll_interval"
    case 500...: "look at its log"
    default: "check the URL"
    }
  }

  /// What the failure of the HTTP library means.
  init(_ error: any Error, limits: PollLimits) {
    switch error {
    case let error as PollError: self = error
    case let error as HTTPClientError
    where error == .redirectLimitReached || error == .redirectCycleDetected:
      self = .redirects
    default:
      self =
        switch WebFailure(error) {
        case .unreachable(let detail): .unreachable(detail: detail)
        case .insecure(let detail): .insecure(detail: detail)
        case .slow: .slow(seconds: limits.requestSeconds)
        case .tooLarge(let limit): .tooLarge(limit: limit)
        case .refusedByProxy: .status(407)
        case .nonsense(let detail): .unreadable(detail: detail)
        }
    }
  }
}
