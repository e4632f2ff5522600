import HeaderForms

@testable import FritzBox

/// What a FRITZ!Box answers by TR-064: its description, what became of an action, and a demand for the password.
enum BoxAnswer: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    if let service = TR064Service(bytes) {
      precondition(service.path.hasPrefix("/") && !service.path.hasPrefix("//"))
      precondition(!service.path.utf8.contains { !(0x21...0x7E).contains($0) })
      precondition(!service.type.utf8.contains { !(0x21...0x7E).contains($0) })
    }
    for action in [TR064Action.telephone, .hangUp] {
      switch action.answer(bytes) {
      case .success: break
      case .failure(.refused(_, let words)): expectPlain(words)
      case .failure: break
      }
    }
    let demand = String(decoding: bytes.prefix(512), as: UTF8.self)
    guard let challenge = DigestChallenge(demand) else { return }
    let answer = challenge.answer(
      user: "operator", password: "secret", method: "POST", uri: "/", use: 1, clientNonce: "c")
    precondition(!answer.value.contains("secret") || demand.contains("secret"))
  }
}
