import Glibc

/// A real baresip without sound, and somebody who calls it by UDP (RFC 3261).
final class BenchPhone {
  /// Where it takes commands.
  let controlPort: UInt16
  private let port: UInt16
  private let caller: DatagramPeer
  private let process: pid_t

  /// Starts it with its configuration in `folder`, and waits until it answers.
  init(folder: String) throws(Failure) {
    caller = try DatagramPeer(patience: 200)
    port = try DatagramPeer.freePort(SOCK_DGRAM)
    controlPort = try DatagramPeer.freePort(SOCK_STREAM)
    mkdir(folder, 0o700)
    try write(
      """
      module_path /usr/lib/baresip/modules
      module g711.so
      module aubridge.so
      module_tmp uuid.so
      module_tmp account.so
      module_app menu.so
      module_app ctrl_tcp.so
      ctrl_tcp_listen 127.0.0.1:\(controlPort)
      sip_listen 127.0.0.1:\(port)
      audio_source aubridge,nil
      audio_player aubridge,nil
      audio_alert aubridge,nil

      """, to: "\(folder)/config")
    try write("<sip:1024@127.0.0.1>;regint=0;answermode=manual\n", to: "\(folder)/accounts")
    try write("", to: "\(folder)/contacts")
    process = try Command("/usr/bin/baresip", ["-f", folder], environment: ["HOME": folder]).start()
    for _ in 0..<50 {
      try caller.send(request("OPTIONS", of: invitation(from: "1", call: -1)), to: port)
      if caller.receive() != nil { return }
    }
    throw Failure(because: "baresip does not answer on port \(port)")
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// What all requests of a call have in common.
  struct Invitation {
    let number: String
    let call: Int
    let text: String
  }

  /// The invitation to a call, made beforehand.
  func invitation(from number: String, call: Int) -> Invitation {
    let offer = """
      v=0\r
      o=caller 1 1 IN IP4 127.0.0.1\r
      s=-\r
      c=IN IP4 127.0.0.1\r
      t=0 0\r
      m=audio \(caller.port) RTP/AVP 8\r
      a=rtpmap:8 PCMA/8000\r

      """
    let bare = Invitation(number: number, call: call, text: "")
    return Invitation(
      number: number, call: call, text: request("INVITE", of: bare, body: offer))
  }

  /// Sends the invitation.
  func ring(_ invitation: Invitation) throws(Failure) { try caller.send(invitation.text, to: port) }

  /// Gives the call up, and waits until the telephone has taken note of it.
  func giveUp(_ invitation: Invitation) throws(Failure) {
    try caller.send(request("CANCEL", of: invitation), to: port)
    for _ in 0..<20 {
      guard let answer = caller.receive() else { continue }
      if answer.hasPrefix("SIP/2.0 487") {
        return try caller.send(request("ACK", of: invitation), to: port)
      }
    }
    throw Failure(because: "baresip does not let call \(invitation.call) go")
  }

  private func request(_ method: String, of call: Invitation, body: String = "") -> String {
    let sequence = method == "CANCEL" || method == "ACK" ? "INVITE" : method
    return """
      \(method) sip:1024@127.0.0.1:\(port) SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1:\(caller.port);branch=z9hG4bK-\(sequence)-\(call.call)\r
      From: <sip:\(call.number)@127.0.0.1:\(caller.port)>;tag=\(call.call)\r
      To: <sip:1024@127.0.0.1:\(port)>\r
      Call-ID: bench-\(call.call)\r
      CSeq: 1 \(method)\r
      Contact: <sip:\(call.number)@127.0.0.1:\(caller.port)>\r
      Max-Forwards: 70\r
      Content-Type: application/sdp\r
      Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """
  }
}
