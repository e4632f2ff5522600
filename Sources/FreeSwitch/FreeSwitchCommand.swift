/// What is asked of an event socket: a line, perhaps others `Name: value`, and an empty one.
///
///     → userauth 1024@pbx.example:…            ← Reply-Text: +OK accepted
///     → event plain CHANNEL_CREATE …           ← Reply-Text: +OK event listener enabled plain
///     → api show channels as json              ← {"row_count": 0}
///     → bgapi originate {…}user/1024 0388202122 XML default
///       Job-UUID: …                            ← Reply-Text: +OK Job-UUID: …
enum FreeSwitchCommand: Hashable {
  /// With the socket's password, or as a user.
  case login(user: String, password: String)
  case listen([String])
  /// Sends the events that the filter lets pass, or not any more.
  case add(FreeSwitchFilter)
  case delete(FreeSwitchFilter)
  case listChannels
  /// Rings the station at a channel of this name, and calls the number once it is picked up.
  case originate(id: String, endpoint: String, number: String, context: String, patience: Int)
  /// Ends the channel.
  case kill(id: String, cause: String)

  /// The events without which something is not known.
  static let events = [
    "CHANNEL_CREATE", "CHANNEL_CALLSTATE", "CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_HANGUP",
    "CALL_UPDATE", "BACKGROUND_JOB",
  ]

  /// The command as it is sent. Nothing in it may hold a line end.
  var encoded: [UInt8] {
    let lines = lines
    precondition(lines.allSatisfy(Self.isLine), "a command has a control character in it")
    return Array((lines.joined(separator: "\n") + "\n\n").utf8)
  }

  private var lines: [String] {
    switch self {
    case .login(let user, let password):
      [user.isEmpty ? "auth \(password)" : "userauth \(user):\(password)"]
    case .listen(let events): ["event plain " + events.joined(separator: " ")]
    case .add(let filter): [filter.added]
    case .delete(let filter): [filter.deleted]
    case .listChannels: ["api show channels as json"]
    case .originate(let id, let endpoint, let number, let context, let patience):
      [
        "bgapi originate {origination_uuid=\(id),originate_timeout=\(patience),"
          + "ignore_early_media=true,origination_caller_id_number=\(number),"
          + "origination_caller_id_name=\(number)}\(endpoint) \(number) XML \(context)",
        "Job-UUID: \(id)",
      ]
    case .kill(let id, let cause): ["api uuid_kill \(id) \(cause)"]
    }
  }

  /// Whether a value may stand in a line.
  static func isLine(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// Whether a text is a name that ends no word and begins no variable in a command of FreeSWITCH's console:
  /// `1024@pbx.example`, the name of a context or of a channel.
  static func isName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "@._-+".utf8.contains(byte)
        }
      } && text.utf8.first != UInt8(ascii: "-")
  }
}
