import TextForms

/// What is asked of a CSTA server, or answered to it.
///
///     → 0001 <MonitorStart xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed4">
///              <monitorObject><deviceObject>1024</deviceObject></monitorObject></MonitorStart>
///     ← 0001 <MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>
enum CSTARequest: Hashable {
  /// Begins a session (ECMA-354), perhaps as a user, for so long [s].
  case startSession(user: String, password: String, version: String, duration: Int)
  /// Keeps it for so long again [s].
  case keepSession(id: String, duration: Int)
  case startMonitor(device: String)
  case listCalls(device: String)
  case listParties(call: String, device: String)
  case status
  case makeCall(device: String, number: String)
  case answer(call: String, device: String)
  case clear(call: String, device: String)
  /// Says that a request of the server's is done, whose name it was.
  case done(String)

  private static let sessions = "http://www.ecma-international.org/standards/ecma-354/appl_session"
  /// How a user and a password are told: each vendor has its own way, and this is Avaya's.
  private static let login = "http://www.avaya.com/csta"

  /// The namespace of an edition of ECMA-323.
  static func version(edition: Int) -> String {
    edition < 3
      ? "http://www.ecma.ch/standards/ecma-323/csta/ed\(edition)"
      : "http://www.ecma-international.org/standards/ecma-323/csta/ed\(edition)"
  }

  /// The XML in this namespace of the services.
  func xml(version: String) -> [UInt8] {
    let root: (name: String, namespace: String, content: String) =
      switch self {
      case .startSession(let user, let password, let version, let duration):
        (
          "StartApplicationSession", Self.sessions,
          Self.element("applicationInfo", Self.application(user, password))
            + Self.element("requestedProtocolVersions", Self.text("protocolVersion", version))
            + Self.text("requestedSessionDuration", String(duration))
        )
      case .keepSession(let id, let duration):
        (
          "ResetApplicationSessionTimer", Self.sessions,
          Self.text("sessionID", id) + Self.text("requestedSessionDuration", String(duration))
        )
      case .startMonitor(let device):
        (
          "MonitorStart", version,
          Self.element("monitorObject", Self.text("deviceObject", device))
        )
      case .listCalls(let device):
        ("SnapshotDevice", version, Self.text("snapshotObject", device))
      case .listParties(let call, let device):
        ("SnapshotCall", version, Self.connection("snapshotObject", call, device))
      case .status: ("RequestSystemStatus", version, "")
      case .makeCall(let device, let number):
        (
          "MakeCall", version,
          Self.text("callingDevice", device) + Self.text("calledDirectoryNumber", number)
        )
      case .answer(let call, let device):
        ("AnswerCall", version, Self.connection("callToBeAnswered", call, device))
      case .clear(let call, let device):
        ("ClearConnection", version, Self.connection("connectionToBeCleared", call, device))
      case .done(let request): (request + "Response", version, "")
      }
    let document =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><\(root.name) xmlns=\"\(XMLWriting.escaped(root.namespace))\">"
      + "\(root.content)</\(root.name)>"
    return Array(document.utf8)
  }

  private static func application(_ user: String, _ password: String) -> String {
    let name = text("applicationID", "ScreenPop")
    guard !user.isEmpty else { return name }
    return name
      + element(
        "applicationSpecificInfo",
        "<a:SessionLoginInfo xmlns:a=\"\(login)\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"a:SessionLoginInfo\">"
          + text("a:userName", user) + text("a:password", password)
          + text("a:sessionCleanupDelay", "60") + "</a:SessionLoginInfo>")
  }

  private static func connection(_ name: String, _ call: String, _ device: String) -> String {
    element(name, text("callID", call) + text("deviceID", device))
  }

  private static func text(_ name: String, _ text: String) -> String {
    element(name, XMLWriting.escaped(text))
  }

  private static func element(_ name: String, _ content: String) -> String {
    "<\(name)>\(content)</\(name)>"
  }
}
