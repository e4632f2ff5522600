import CLibrary

/// One message on its way to one window, without ever waiting: connect, check, send, read the answer.
struct Exchange {
  /// How far it has come.
  enum State {
    /// The window's queue of connections is full; to be tried again shortly.
    case queueing
    /// Connected, with so many bytes sent.
    case sending(sent: Int)
    /// All is sent; the answer so far.
    case awaiting(answer: [UInt8])
    case answered(CallReply)
    /// Nobody listens, it is another user's process, or what it says is no answer.
    case failed
  }

  private(set) var state = State.queueing
  /// The socket; -1 when there is none.
  private(set) var descriptor: CInt = -1
  private let path: String

  /// An exchange with whoever listens on `path`.
  init(path: String) { self.path = path }

  /// Whether the window has all bytes, and could read them even after the launcher has gone.
  var isSent: Bool {
    switch state {
    case .awaiting, .answered: true
    case .queueing, .sending, .failed: false
    }
  }

  /// Whether there is nothing left to do.
  var isOver: Bool {
    switch state {
    case .answered, .failed: true
    case .queueing, .sending, .awaiting: false
    }
  }

  /// What to wait for before the next ``advance(_:)``, 0 when nothing tells (a full queue).
  var interest: CInt {
    switch state {
    case .sending: POLLOUT
    case .awaiting: POLLIN
    case .queueing, .answered, .failed: 0
    }
  }

  /// Goes as far as it can now.
  mutating func advance(_ line: [UInt8]) {
    if case .queueing = state { connect() }
    if case .sending(let sent) = state { send(line, from: sent) }
    if case .awaiting(let answer) = state { receive(answer) }
  }

  /// Closes the socket.
  mutating func close() {
    if descriptor >= 0 { CLibrary.close(descriptor) }
    descriptor = -1
  }

  private mutating func connect() {
    if descriptor < 0 {
      guard let opened = UnixSocket.open() else {
        state = .failed
        return
      }
      descriptor = opened
    }
    switch try? UnixSocket.connect(descriptor, path) {
    case 0: state = UnixSocket.peerIsOwn(descriptor) ? .sending(sent: 0) : .failed
    case EAGAIN, EINTR: break
    default: state = .failed
    }
  }

  private mutating func send(_ line: [UInt8], from start: Int) {
    var sent = start
    while sent < line.count {
      let count = line.withUnsafeBytes {
        CLibrary.send(
          descriptor, $0.baseAddress?.advanced(by: sent), line.count - sent,
          CInt(MSG_NOSIGNAL))
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        state = .sending(sent: sent)
        return
      } else if errno != EINTR {
        state = .failed
        return
      }
    }
    state = .awaiting(answer: [])
  }

  private mutating func receive(_ start: [UInt8]) {
    var answer = start
    while true {
      let count = withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { answer.append(contentsOf: buffer.prefix(count)) }
        return count
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        state = .awaiting(answer: answer)
        return
      }
      // A line ends with LF, or with the connection.
      let end = answer.firstIndex(of: UInt8(ascii: "\n")) ?? (count == 0 ? answer.endIndex : nil)
      if let end {
        let reply = CallReply(line: Array(answer[..<end]))
        state = reply.map { .answered($0) } ?? .failed
        return
      }
      // An error, or a peer that talks on and on without saying anything.
      guard count > 0, answer.count <= CallMessage.longestLine else {
        state = .failed
        return
      }
    }
  }
}
