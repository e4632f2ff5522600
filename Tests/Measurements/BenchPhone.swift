import Glibc

/// A real baresip without sound, and somebody who calls it by UDP (RFC 3261).
final class BenchPhone {
  /// Where it takes commands.
  let controlPort: UInt16
  private let port: UInt16
  private let caller: Int32
  private let callerPort: UInt16
  private let process: pid_t

  /// Starts it with its configuration in `folder`, and waits until it answers.
  init(folder: String) throws(Failure) {
    (caller, callerPort) = try Self.socket(SOCK_DGRAM)
    port = try Self.freePort(SOCK_DGRAM)
    controlPort = try Self.freePort(SOCK_STREAM)
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
    var patience = timeval(tv_sec: 0, tv_usec: 200_000)
    setsockopt(caller, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    for _ in 0..<50 {
      try send(request("OPTIONS", of: invitation(from: "1", call: -1)))
      if receive() != nil { return }
    }
    throw Failure(because: "baresip does not answer on port \(port)")
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(caller)
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
      m=audio \(callerPort) RTP/AVP 8\r
      a=rtpmap:8 PCMA/8000\r

      """
    let bare = Invitation(number: number, call: call, text: "")
    return Invitation(
      number: number, call: call, text: request("INVITE", of: bare, body: offer))
  }

  /// Sends the invitation.
  func ring(_ invitation: Invitation) throws(Failure) { try send(invitation.text) }

  /// Gives the call up, and waits until the telephone has taken note of it.
  func giveUp(_ invitation: Invitation) throws(Failure) {
    try send(request("CANCEL", of: invitation))
    for _ in 0..<20 {
      guard let answer = receive() else { continue }
      if answer.hasPrefix("SIP/2.0 487") { return try send(request("ACK", of: invitation)) }
    }
    throw Failure(because: "baresip does not let call \(invitation.call) go")
  }

  private func request(_ method: String, of call: Invitation, body: String = "") -> String {
    let sequence = method == "CANCEL" || method == "ACK" ? "INVITE" : method
    return """
      \(method) sip:1024@127.0.0.1:\(port) SIP/2.0\r
      Via: SIP/2.0/UDP 127.0.0.1:\(callerPort);branch=z9hG4bK-\(sequence)-\(call.call)\r
      From: <sip:\(call.number)@127.0.0.1:\(callerPort)>;tag=\(call.call)\r
      To: <sip:1024@127.0.0.1:\(port)>\r
      Call-ID: bench-\(call.call)\r
      CSeq: 1 \(method)\r
      Contact: <sip:\(call.number)@127.0.0.1:\(callerPort)>\r
      Max-Forwards: 70\r
      Content-Type: application/sdp\r
      Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """
  }

  private func send(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    var address = Self.loopback(port)
    let sent = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(caller, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard sent == bytes.count else { throw Failure("send to port \(port)") }
  }

  private func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = recv(caller, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  private static func freePort(_ type: __socket_type) throws(Failure) -> UInt16 {
    let (descriptor, port) = try socket(type)
    close(descriptor)
    return port
  }

  /// A socket on a free port of the loopback interface.
  private static func socket(_ type: __socket_type) throws(Failure) -> (Int32, UInt16) {
    let descriptor = Glibc.socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure("bind a port of the loopback interface") }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
