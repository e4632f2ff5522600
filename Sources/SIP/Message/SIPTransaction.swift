import Telephony

/// A request that waits for its answer (RFC 3261, section 17.1.2): sent again and again where messages may get
/// lost, and given up after 32 s.
struct SIPTransaction: Hashable {
  /// The first wait until a message is sent again, and the longest [ms].
  private static let shortest: Int64 = 500
  private static let longest: Int64 = 4_000
  /// When it is given up [ms].
  static let patience: Int64 = 64 * shortest

  /// What the answer repeats.
  let branch: String
  let method: String
  let sequence: Int
  let bytes: [UInt8]
  /// Nil: the server.
  let hop: SIPHop?
  /// When it is given up.
  let deadline: Moment
  private var wait = Self.shortest
  /// When it is sent again; nil where nothing gets lost.
  private(set) var resendAt: Moment?

  /// A request that is sent now.
  init(
    _ method: String, branch: String, sequence: Int, bytes: [UInt8], hop: SIPHop? = nil,
    isReliable: Bool, at now: Moment
  ) {
    self.method = method
    self.branch = branch
    self.sequence = sequence
    self.bytes = bytes
    self.hop = hop
    deadline = now + Self.patience
    resendAt = isReliable ? nil : now + Self.shortest
  }

  /// Whether the answer is one to this request.
  func owns(_ answer: SIPMessage) -> Bool {
    guard let sequence = answer.sequence else { return false }
    return answer.via?.branch == branch && sequence == (self.sequence, method)
  }

  /// Whether it is to be sent again now.
  mutating func isDue(at now: Moment) -> Bool {
    guard let due = resendAt, due <= now else { return false }
    wait = min(wait * 2, Self.longest)
    resendAt = now + wait
    return true
  }

  /// The other end has it, and works on the answer.
  mutating func proceed(at now: Moment) {
    wait = Self.longest
    if resendAt != nil { resendAt = now + wait }
  }

  /// What lives so long is prolonged after so long [ms]: early enough for an answer that gets lost.
  static func renewal(of life: Int64) -> Int64 {
    let margin = patience + 8_000
    return max(life > 2 * margin ? life - margin : life / 2, 1_000)
  }
}

extension SIPTransaction? {
  /// Whether the answer is the last one to this request, which is over then.
  mutating func end(by answer: SIPMessage, _ status: Int, at now: Moment) -> Bool {
    guard var waiting = self, waiting.owns(answer) else { return false }
    guard status >= 200 else {
      waiting.proceed(at: now)
      self = waiting
      return false
    }
    self = nil
    return true
  }
}
