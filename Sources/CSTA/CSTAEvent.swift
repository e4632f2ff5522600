package import XMLForms

/// What the switch tells of a call at the monitored device.
///
///     <DeliveredEvent xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed4">
///       <monitorCrossRefID>5</monitorCrossRefID>
///       <connection><callID>901</callID><deviceID>1024</deviceID></connection>
///       <alertingDevice><deviceIdentifier>1024</deviceIdentifier></alertingDevice>
///       <callingDevice><deviceIdentifier>0388202122</deviceIdentifier></callingDevice>
///       <calledDevice><deviceIdentifier>1024</deviceIdentifier></calledDevice>
///       <localConnectionInfo>alerting</localConnectionInfo><cause>newCall</cause>
///     </DeliveredEvent>
package struct CSTAEvent: Hashable {
  /// The events that count, each with the device that it is about.
  enum Kind: String, CaseIterable {
    case serviceInitiated = "ServiceInitiatedEvent"
    case originated = "OriginatedEvent"
    case networkReached = "NetworkReachedEvent"
    case delivered = "DeliveredEvent"
    case established = "EstablishedEvent"
    case held = "HeldEvent"
    case retrieved = "RetrievedEvent"
    case queued = "QueuedEvent"
    case diverted = "DivertedEvent"
    case failed = "FailedEvent"
    case connectionCleared = "ConnectionClearedEvent"
    case callCleared = "CallClearedEvent"
    case transferred = "TransferredEvent"
    case conferenced = "ConferencedEvent"

    /// The event of this name; the standard has one r in that of a transfer.
    init?(name: String) {
      self.init(rawValue: name == "TransferedEvent" ? "TransferredEvent" : name)
    }

    var subject: String {
      switch self {
      case .serviceInitiated: "initiatingDevice"
      case .originated: "originatingDevice"
      case .networkReached: "networkInterfaceUsed"
      case .delivered: "alertingDevice"
      case .established: "answeringDevice"
      case .held: "holdingDevice"
      case .retrieved: "retrievingDevice"
      case .queued: "queue"
      case .diverted: "divertingDevice"
      case .failed: "failingDevice"
      case .connectionCleared: "releasingDevice"
      case .callCleared: "clearingDevice"
      case .transferred: "transferringDevice"
      case .conferenced: "conferencingDevice"
      }
    }
  }

  /// One of those who are left after a transfer or in a conference.
  struct Party: Hashable {
    /// The call as it was, and as it is.
    var old: String?
    var new: String?
    var device: CSTADevice
  }

  let kind: Kind
  /// The monitor that tells it.
  let monitor: String?
  /// The call of the connection that changed; after a transfer, that which was first.
  let call: String
  /// The device of that connection.
  let device: CSTADevice?
  /// The second call of a transfer or conference.
  let secondCall: String?
  /// The device that did it.
  let subject: CSTADevice?
  let calling: CSTADevice?
  let called: CSTADevice?
  /// Who joined, or whither the call went.
  let target: CSTADevice?
  let parties: [Party]
  /// The state of the monitored device in the call: `alerting`, `connected`, `hold`, `null` …
  let local: String?
  let cause: String?

  /// Reads an event; nil when it is none that counts, or says not of which call.
  package init?(_ element: XMLBranch) {
    guard let kind = Kind(name: element.name) else { return nil }
    let connections = element.children.filter { $0["callID"] != nil }
    let first = element["primaryOldCall"] ?? connections.first
    guard let call = first?.value("callID") else { return nil }
    let device = { (name: String) in element[name].map { CSTADevice($0) } }
    self.kind = kind
    self.call = call
    monitor = element.value("monitorCrossRefID")
    self.device = first?["deviceID"].map { CSTADevice($0) }
    secondCall = element["secondaryOldCall"]?.value("callID")
    subject = device(kind.subject)
    let caller = device("callingDevice")
    let isTold = caller.map { $0.isKnown || $0.isRestricted } ?? false
    // Behind a trunk the network's own word is the caller's.
    calling = isTold ? caller : device("networkCallingDevice") ?? caller
    called = device("calledDevice") ?? device("networkCalledDevice")
    target = device("newDestination") ?? device("transferredToDevice") ?? device("addedParty")
    parties = element.all("connectionListItem").map(Self.party)
    local = element["localConnectionInfo"]?.anyText
    cause = element["cause"]?.anyText
  }

  private static func party(_ item: XMLBranch) -> Party {
    let end = item["endpoint"].map { CSTADevice($0) }
    let new = item["newConnection"]
    return Party(
      old: item["oldConnection"]?.value("callID"), new: new?.value("callID"),
      device: end.flatMap { $0.isKnown || $0.isRestricted ? $0 : nil }
        ?? new?["deviceID"].map { CSTADevice($0) } ?? CSTADevice(""))
  }
}
