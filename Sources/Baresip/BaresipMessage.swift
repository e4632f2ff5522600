import CTIBlock

/// What baresip's module `ctrl_tcp` sends: a JSON object in each netstring.
///
///     {"event":true,"type":"CALL_INCOMING","class":"call","accountaor":"sip:1024@pbx","direction":"incoming",
///      "peeruri":"sip:0388202122@pbx","peerdisplayname":"Dupont SA","id":"164535fd","param":"…"}
///     {"response":true,"ok":true,"data":"sip:1024@pbx: Answering incoming call\n","token":"7"}
///
/// The event is what version 1.0.0 sends. The module's own documentation, and other versions, write
/// `account` and `peer`, and `"event":"true"`: both are read.
package enum BaresipMessage: Hashable {
  case event(BaresipEvent)
  case answer(BaresipAnswer)

  /// Reads a message; nil when it is no JSON object, or neither an event nor an answer.
  package init?(_ bytes: [UInt8]) {
    guard let document = try? JSONValue(bytes), case .object(let members) = document else {
      return nil
    }
    let text = { (names: String...) -> String? in
      let values = names.lazy.compactMap { members[$0]?.text }
      return values.first { !$0.isEmpty }
    }
    if text("event") == "true", let type = text("type") {
      self = .event(
        BaresipEvent(
          type: type, callID: text("id").map { String($0.prefix(256)) },
          account: text("accountaor", "account"), peer: text("peeruri", "peer") ?? "",
          name: text("peerdisplayname", "displayname"), direction: text("direction"),
          detail: text("param") ?? ""))
    } else if text("response") == "true" {
      self = .answer(
        BaresipAnswer(token: text("token"), isDone: text("ok") == "true", text: text("data") ?? ""))
    } else {
      return nil
    }
  }
}

/// Something that happened in the softphone.
package struct BaresipEvent: Hashable {
  /// `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, and what has nothing to do with calls.
  package var type: String
  /// SIP's Call-ID; nil before an outgoing call has one.
  package var callID: String?
  /// The address of the softphone's account: `sip:1024@pbx`.
  package var account: String?
  /// The address of the other end; empty when the event is about no call.
  package var peer: String
  /// The display name of the other end.
  package var name: String?
  /// `incoming` or `outgoing`.
  package var direction: String?
  /// Why a call is closed: `Connection reset by peer`, `486 Busy Here`.
  package var detail: String
}

/// What the softphone answers to a command.
package struct BaresipAnswer: Hashable {
  /// The command's token.
  package var token: String?
  /// Whether the command is known and succeeded.
  package var isDone: Bool
  /// What the command prints on baresip's console.
  package var text: String
}
