import CTIBlock

@testable import CTIPoll

/// What a CTI server answers, with its content type in the first line.
enum ServerAnswer: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex
    let type = ContentType(String(decoding: bytes[..<end], as: UTF8.self))
    let body = Array(bytes[end...].dropFirst())
    var forms: [CTIAnswerForm] = []
    if let number = JSONPath("tel"), let event = JSONPath("event") {
      forms.append(.json(number: number, event: event))
    }
    if let number = XMLPlace(path: "call/tel"),
      let event = XMLPlace(path: "call", attribute: "event")
    {
      forms.append(.xml(number: number, event: event))
    }
    for form in forms {
      guard let answer = try? PollAnswer.read(body, as: form, type: type).call else { continue }
      expectPlain(answer.number)
      precondition(!answer.number.isEmpty && answer.age >= 0)
    }
  }
}
