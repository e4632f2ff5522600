/// A SIP server for one telephone, which it registers without a password and then rings (RFC 3261).
final class BenchRegistrar {
  private let peer: DatagramPeer
  private var telephone: (contact: String, port: UInt16)?

  /// Nobody is registered yet.
  init() throws(Failure) { peer = try DatagramPeer(patience: 10_000) }

  var port: UInt16 { peer.port }

  /// Waits for the telephone that registers.
  func register() throws(Failure) {
    guard let request = peer.receive(), request.hasPrefix("REGISTER "),
      let contact = Self.field("Contact", of: request)?.split(separator: ">").first?
        .split(separator: "<").last,
      let port = contact.split(separator: ";").first?.split(separator: ":").last
        .flatMap({ UInt16($0) })
    else { throw Failure(because: "no telephone registers on port \(peer.port)") }
    telephone = (String(contact), port)
    let fields = ["Via", "From", "To", "Call-ID", "CSeq"].compactMap { name in
      Self.field(name, of: request).map { "\(name): \($0)\r\n" }
    }
    try peer.send(
      "SIP/2.0 200 OK\r\n\(fields.joined())Contact: <\(contact)>;expires=3600\r\n"
        + "Content-Length: 0\r\n\r\n", to: port)
  }

  /// The invitation to a call, made beforehand.
  func invitation(from number: String, call: Int) -> String {
    request("INVITE", from: number, call: call)
  }

  /// Sends the invitation.
  func ring(_ invitation: String) throws(Failure) {
    guard let telephone else { throw Failure(because: "no telephone is registered") }
    try peer.send(invitation, to: telephone.port)
  }

  /// Gives the call up, and waits until the telephone has taken note of it.
  func giveUp(from number: String, call: Int) throws(Failure) {
    try ring(request("CANCEL", from: number, call: call))
    for _ in 0..<20 {
      guard let answer = peer.receive() else { break }
      if answer.hasPrefix("SIP/2.0 487") {
        return try ring(request("ACK", from: number, call: call))
      }
    }
    throw Failure(because: "the window does not let call \(call) go")
  }

  private func request(_ method: String, from number: String, call: Int) -> String {
    """
    \(method) \(telephone?.contact ?? "") SIP/2.0\r
    Via: SIP/2.0/UDP 127.0.0.1:\(peer.port);branch=z9hG4bK-\(call)\r
    From: <sip:\(number)@127.0.0.1>;tag=\(call)\r
    To: <sip:1024@127.0.0.1>\r
    Call-ID: bench-\(call)\r
    CSeq: 1 \(method)\r
    Contact: <sip:\(number)@127.0.0.1:\(peer.port)>\r
    Max-Forwards: 70\r
    Content-Length: 0\r
    \r

    """
  }

  /// What stands behind the name of a field in a request.
  private static func field(_ name: String, of request: String) -> Substring? {
    request.split(separator: "\r\n").first { $0.hasPrefix(name + ": ") }?.dropFirst(name.count + 2)
  }
}
