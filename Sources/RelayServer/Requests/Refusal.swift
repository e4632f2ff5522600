import NIOHTTP1

/// A request that is not served, and what the relay answers instead.
struct Refusal: Error {
  var status: HTTPResponseStatus
  /// What was wrong and what to do; never what the request said.
  var sentence: String
  var headers: HTTPHeaders = [:]

  static func badRequest(_ sentence: String) -> Refusal {
    Refusal(status: .badRequest, sentence: sentence)
  }

  static func forbidden(_ sentence: String) -> Refusal {
    Refusal(status: .forbidden, sentence: sentence)
  }

  static func tooMany(_ sentence: String, retryAfter seconds: Int) -> Refusal {
    Refusal(
      status: .tooManyRequests, sentence: sentence, headers: ["retry-after": String(seconds)])
  }

  static func unavailable(_ sentence: String, retryAfter seconds: Int = 1) -> Refusal {
    Refusal(
      status: .serviceUnavailable, sentence: sentence, headers: ["retry-after": String(seconds)])
  }
}
