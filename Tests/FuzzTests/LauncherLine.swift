import CallWire

/// The lines on the window's socket, its questions and its answers: what was read is written so that
/// it reads the same.
enum LauncherLine: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    if let message = try? CallMessage(line: bytes), let line = try? message.encoded() {
      precondition((try? CallMessage(line: line)) == message)
    }
    if let reply = CallReply(line: bytes) {
      precondition(CallReply(line: reply.encoded()) == reply)
      if case .refused(let sentence) = reply { expectPlain(sentence) }
    }
  }
}
