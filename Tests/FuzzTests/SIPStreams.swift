import Connector
import HeaderForms

@testable import SIP

/// SIP as a stream and as a datagram; a reply to whatever was read is a message itself.
enum SIPStreams: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    var messages = readAlike(bytes, { SIPStream() }, { try $0.feed($1) })
    if let datagram = SIPMessage(bytes) { messages.append(datagram) }
    for message in messages {
      for name in ["from", "to", "contact", "record-route"] {
        expectPlain(message.address(name).map(\.uri)?.replacing("\t", with: " "))
        _ = message.address(name).flatMap { SIPHop(uri: $0.uri) }
      }
      for name in ["expires", "retry-after", "min-expires"] { _ = message.number(name) }
      _ = message.sequence
      for challenge in message.entries("www-authenticate") {
        _ = HeaderSyntax.parameters(HeaderSyntax.split(challenge, at: ","))
      }
      let peer = SIPReply.hop(of: message, from: SIPHop(host: "192.0.2.1", port: 5060))
      precondition((1...65_535).contains(peer.port))
      let reply = SIPMessage(
        SIPReply.bytes(.ok, to: message, from: peer, tag: "1", allow: "OPTIONS"))
      precondition(reply?.start == .status(200), "a reply that is no message")
    }
  }
}
