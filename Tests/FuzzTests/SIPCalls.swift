import Connector
import PhoneNumbers
import Telephony

@testable import SIP

/// What a server may send to a telephone that only listens, over a stream.
enum SIPCalls: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    guard let account = try? SIPAccount(server: "192.0.2.1", transport: .tcp, watch: "1024") else {
      preconditionFailure("an account that makes no sense")
    }
    let server = SIPHop(host: "192.0.2.1", port: 5060)
    var phone = TelephoneSession(
      id: "sip-telephone", account: account, station: "1024", isOwn: false, hasBeside: false,
      plan: NumberPlan(), word: { "5a91" })
    var now = Moment(milliseconds: 0)
    var actions = phone.start(at: now) + phone.linked(local: server, at: now)
    for message in readAlike(bytes, { SIPStream() }, { try $0.feed($1) }) {
      now = now + 1_000
      actions += phone.receive(message, from: server, at: now)
    }
    actions += phone.unlinked("closed", at: now)
    actions += phone.wake(at: now + TelephoneCalls.lossPatience)
    var ringing: Set<String> = []
    for action in actions {
      switch action {
      case .send(let bytes, _):
        let message = SIPMessage(bytes)
        precondition(message != nil || bytes.count == 4, "what is sent is no message")
        // Never an answer to a call.
        let isAnswer = message?.start == .status(200) && message?.sequence?.method == "INVITE"
        precondition(!isAnswer, "a call was answered")
      case .report(.event(let event)):
        expectPlain(event.caller.text)
        expectPlain(event.caller.name)
        expectPlain(event.called)
        switch event.kind {
        case .ring: ringing.insert(event.callID ?? "")
        case .end: precondition(ringing.remove(event.callID ?? "") != nil, "an end without a ring")
        default: break
        }
      default: break
      }
    }
    precondition(ringing.isEmpty, "a call that rings for ever")
  }
}
