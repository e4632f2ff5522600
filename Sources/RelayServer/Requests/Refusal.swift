import HTTPTypes
import Hummingbird

/// A request that is not served, and what the relay answers instead.
struct Refusal: Error {
  var status: HTTPResponse.Status
  /// What was wrong and what to do; never what the request said.
  var sentence: String
  var headers: HTTPFields = [:]

  static func badRequest(_ sentence: String) -> Refusal {
    Refusal(status: .badRequest, sentence: sentence)
  }

  static func forbidden(_ sentence: String) -> Refusal {
    Refusal(status: .forbidden, sentence: sentence)
  }

  static func tooMany(_ sentence: String, retryAfter seconds: Int) -> Refusal {
    Refusal(
      status: .tooManyRequests, sentence: sentence, headers: [.retryAfter: String(seconds)])
  }

  static func unavailable(_ sentence: String, retryAfter seconds: Int = 1) -> Refusal {
    Refusal(
      status: .serviceUnavailable, sentence: sentence, headers: [.retryAfter: String(seconds)])
  }

  /// The sentence as plain text.
  var response: Response {
    var headers = headers
    headers[.contentType] = "text/plain; charset=utf-8"
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: sentence + "\n")))
  }
}
