package import XMLForms

/// The calls at a device, or who is in one of them, as the switch lists them: nothing that began before a monitor is told
/// otherwise.
///
///     <SnapshotDeviceResponse><crossRefIDorSnapshotData><snapshotData>
///       <snapshotDeviceResponseInfo>
///         <connectionIdentifier><callID>901</callID><deviceID>1024</deviceID></connectionIdentifier>
///         <localCallState><compoundCallState><localConnectionState>alerting</localConnectionState>…
package struct CSTASnapshot: Hashable {
  /// A connection: the operator's own in one call of several, or one of several in one call.
  struct Row: Hashable {
    var call: String
    /// The device as the connection has it.
    var device: CSTADevice?
    /// Who that is, as the other end has him.
    var party: CSTADevice?
    /// The states, that of the device first: `alerting`, `connected`.
    var states: [String]

    /// The state of the device itself.
    var own: String { states.first ?? "" }
  }

  /// How many are looked at.
  private static let limit = 64

  let rows: [Row]
  let calling: CSTADevice?
  let called: CSTADevice?

  /// Reads the answer to a question for the calls of a device, or for a call.
  package init(_ element: XMLBranch) {
    let infos = element.all("snapshotDeviceResponseInfo") + element.all("snapshotCallResponseInfo")
    rows = infos.prefix(Self.limit).compactMap(Self.row)
    calling = element.first("callingDevice").map { CSTADevice($0) }
    called = element.first("calledDevice").map { CSTADevice($0) }
  }

  private static func row(_ info: XMLBranch) -> Row? {
    let connection = info["connectionIdentifier"] ?? info["callIdentifier"]
    guard let call = connection?.value("callID") else { return nil }
    let state = info["localCallState"] ?? info["localConnectionInfo"]
    let states = state.map { state in
      let all = state.all("localConnectionState") + state.all("localConnectionInfo")
      let texts = all.map(\.text).filter { !$0.isEmpty }
      return texts.isEmpty ? simple(state.anyText ?? "") : texts
    }
    return Row(
      call: call, device: connection?["deviceID"].map { CSTADevice($0) },
      party: info["deviceOnCall"].map { CSTADevice($0) }, states: states ?? [])
  }

  /// The states by the one word for all of a call (ECMA-269, 12.2.5).
  private static func simple(_ word: String) -> [String] {
    switch word {
    case "callReceived": ["alerting"]
    case "callPending": ["initiated"]
    case "callNull": ["null"]
    case "callFailed", "callBlocked": ["fail"]
    case "callDelivered", "callOriginated", "callQueued": ["connected", "alerting"]
    case "callEstablished": ["connected"]
    default: word.hasPrefix("call") ? ["hold"] : [word]
    }
  }
}
