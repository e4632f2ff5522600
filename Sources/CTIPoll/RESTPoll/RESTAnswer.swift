import CTIBlock
import TextForms

/// What an answer to the question says.
struct RESTAnswer {
  /// The call that stands now; nil: none.
  private(set) var call: PollAnswer?
  /// Whether the status was a 2xx.
  private(set) var isSuccess = true
  /// What was answered, where it is something and no number is in it.
  private(set) var strange: String?

  /// Reads an answer. `hasAnswered`: whether this server has answered well before, so that its 404 means no call.
  init(
    status: Int, type: ContentType?, body: [UInt8], as form: CTIAnswerForm, hasAnswered: Bool
  ) throws(PollError) {
    switch status {
    case 204: break
    case 200...299:
      let reading = try PollAnswer.read(body, as: form, type: type)
      call = reading.call
      if reading == .strange { strange = Self.words(body) }
    case 404:
      isSuccess = false
      guard !hasAnswered else { return }
      // An answer without a number in it is no word on calls: of a station that is not there, say.
      guard Self.isConfigured(type, form), !body.isEmpty,
        let reading = try? PollAnswer.read(body, as: form, type: type), reading != .strange
      else { throw .status(404, words: Self.words(body, of: type)) }
    default: throw .status(status, words: Self.words(body, of: type))
    }
  }

  /// What a refusal says for people, as the relay's does; empty: nothing, or a page.
  private static func words(_ body: [UInt8], of type: ContentType?) -> String {
    type?.media == "text/plain" || type?.isJSON == true ? words(body) : ""
  }

  private static func words(_ body: [UInt8]) -> String {
    PlainText.cleaned(String(decoding: body.prefix(400), as: UTF8.self), limit: 80)
  }

  private static func isConfigured(_ type: ContentType?, _ form: CTIAnswerForm) -> Bool {
    switch form {
    case .json: type?.isJSON == true
    case .xml: type?.isXML == true
    }
  }
}
