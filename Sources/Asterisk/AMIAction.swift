/// What is asked of the manager: lines that end with CR LF, and an empty one.
///
///     → Action: Login                       ← Response: Success
///       ActionID: screenpop-1                 ActionID: screenpop-1
///       Username: screenpop                   Message: Authentication accepted
///       Secret: …
///       Events: call
enum AMIAction {
  case login(user: String, secret: String)
  /// All channels, an event `CoreShowChannel` for each; needs the right `reporting`.
  case listChannels
  case ping
  /// What a function of the dialplan says of a channel; needs the right `call` or `reporting`.
  case variable(String, channel: String)
  /// Rings the channel, and calls the extension once it is answered; needs the right `originate`.
  case originate(channel: String, number: String, context: String, patience: Duration)
  /// A call to a channel that does not exist: it rings nobody, and is told of like any other.
  case trial(channel: String)

  /// The action as it is sent, under this name. No value may hold a line end: see ``isSafe(_:)``.
  func encoded(id: String) -> [UInt8] {
    let lines = (["Action: \(name)", "ActionID: \(id)"] + headers)
    precondition(lines.allSatisfy(Self.isSafe), "a header of an action has a control character")
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Whether a value may stand in a header: a line end in it would begin a header or an action of its
  /// own.
  static func isSafe(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  private var name: String {
    switch self {
    case .login: "Login"
    case .listChannels: "CoreShowChannels"
    case .ping: "Ping"
    case .variable: "Getvar"
    case .originate, .trial: "Originate"
    }
  }

  private var headers: [String] {
    switch self {
    case .login(let user, let secret): ["Username: \(user)", "Secret: \(secret)", "Events: call"]
    case .listChannels, .ping: []
    case .variable(let name, let channel): ["Channel: \(channel)", "Variable: \(name)"]
    case .trial(let channel): ["Channel: \(channel)", "Application: Hangup", "Async: true"]
    case .originate(let channel, let number, let context, let patience):
      [
        "Channel: \(channel)", "Exten: \(number)", "Context: \(context)", "Priority: 1",
        "Async: true", "Timeout: \(Int(patience / .milliseconds(1)))",
      ]
    }
  }
}
