import CTIBlock
import TextForms

/// What a CTI server says of a call, in its own words.
struct PollAnswer: Hashable {
  /// The number as it was sent; never empty.
  var number: String
  /// The event's word; empty means that it rings.
  var event: String
  /// The relay's name for the call.
  var id: String?
  /// How long ago it happened [s].
  var age: Int = 0
  /// The caller's name.
  var name: String?
  /// `in` or `out`.
  var direction: String?
  /// Why the call ended.
  var reason: String?
}

extension PollAnswer {
  /// How old an event may be [s]: a day; more is nonsense.
  private static let longestAge = 86_400

  /// What a body says.
  enum Reading: Hashable {
    case call(PollAnswer)
    /// There is no call: the number is empty, or there is nothing at all.
    case noCall
    /// There is something, and no number in it: no call, or a server that means something else.
    case strange

    /// The call, if it says that there is one.
    var call: PollAnswer? { if case .call(let call) = self { call } else { nil } }
  }

  /// Reads a body.
  ///
  /// Throws ``PollError/unreadable(detail:)``. `type` is the content type that the server states.
  static func read(
    _ body: [UInt8], as form: CTIAnswerForm, type: ContentType? = nil
  ) throws(PollError) -> Reading {
    guard body.contains(where: { $0 > 0x20 }) else { return .noCall }
    switch form {
    case .json(let number, let event): return try json(body, number, event)
    case .xml(let number, let event):
      let values = try XMLAnswer.values(
        of: [number] + (event.map { [$0] } ?? []), in: body, type: type)
      guard let told = values[0] else { return .strange }
      return call(number: told, event: event == nil ? "" : values[1] ?? "").map { .call($0) }
        ?? .noCall
    }
  }

  private static func json(
    _ body: [UInt8], _ number: JSONPath, _ event: JSONPath?
  ) throws(PollError) -> Reading {
    let document: JSONValue
    do throws(JSONFault) {
      document = try JSONValue(body)
    } catch {
      throw .unreadable(
        detail:
          "no JSON at byte \(error.offset), where \(error.expected) should be; check type_return")
    }
    var answer = try call(
      number: text(number, in: document),
      event: event.map { path throws(PollError) in
        try text(path, in: document)
      } ?? "")
    // Other servers' `id` may name anything; the relay's names the call.
    if number == JSONPath("tel") { answer?.readRelayFields(of: document) }
    if let answer { return .call(answer) }
    let isEmpty = [.null, .object([:]), .array([])].contains(document)
    let isTold = isEmpty || number.value(in: document) != nil
    return isTold ? .noCall : .strange
  }

  private static func text(_ path: JSONPath, in document: JSONValue) throws(PollError) -> String {
    guard let value = path.value(in: document) else { return "" }
    guard let text = value.text else {
      throw .unreadable(
        detail: "the path of the answer ends at an object or a list; check json_tel")
    }
    return text
  }

  private static func call(number: String, event: String) -> PollAnswer? {
    let number = PlainText.cleaned(number, limit: 512)
    return number.isEmpty ? nil : PollAnswer(number: number, event: event)
  }

  private mutating func readRelayFields(of document: JSONValue) {
    let member = { (name: String) -> String? in
      let text = JSONPath(name)?.value(in: document)?.text ?? ""
      return text.isEmpty ? nil : text
    }
    id = member("id").map { String($0.prefix(256)) }
    let said = member("age").flatMap { Double($0) } ?? 0
    age = said.isFinite ? Int(max(0, min(said, Double(Self.longestAge)))) : 0
    name = member("name")
    direction = member("direction")
    reason = member("reason")
  }
}
