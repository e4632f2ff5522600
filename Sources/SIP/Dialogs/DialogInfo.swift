import Telephony

/// A document of dialog state (RFC 4235, section 4).
///
///     <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="7" state="partial"
///                  entity="sip:1024@pbx.example">
///       <dialog id="as7d900as8" call-id="a84b4c76e66710" direction="recipient">
///         <state>early</state>
///         <remote><identity display="Dupont SA">sip:0388202122@pbx.example</identity></remote>
///       </dialog>
///     </dialog-info>
struct DialogInfo: Hashable {
  /// One dialog of the station.
  struct Dialog: Hashable {
    /// The notifier's name for the dialog, unique in the document only.
    var id: String
    /// SIP's name for the call; the legs of a call that rings several telephones share it.
    var callID: String?
    /// Nil when the notifier does not say.
    var direction: Direction?
    var state: State
    /// Why it is terminated: `cancelled`, `rejected`, `replaced`, `local-bye` …
    var event: String?
    /// The status with which it was refused.
    var code: Int?
    /// The other end's address, and the name shown with it.
    var remote: String?
    var remoteName: String?
    /// The station's own address and name, unless the two ends are mixed up.
    var local: String?
    var localName: String?
    /// Where requests to the other end go: its address where no identity is told (RFC 4235, 4.1.6).
    var target: String?
    /// The other end as the document told it, where the telephone beside knows better; always that of FreeSWITCH's.
    var told: String?
    /// Which of the calls that follow each other under one name this is; see ``StationDialogs``.
    var turn = 0
    /// Whether it is one of several that rang, and nobody says which.
    var isUntold = false
    /// Whether its document, or the telephone beside, knows that this is who was answered.
    var isSure = false
    /// Whether the telephone beside has the same call, under the same name, and said who calls.
    var isNamed = false
    /// Whether more rings than is told, so that whoever the document names may not be who was answered; and until
    /// when the telephone beside may say who is.
    var isParted = false
    var heldUntil: Moment?

    /// Whether its name for the call is Asterisk's (`chan_sip`) for whatever can be picked up.
    var isForPickup: Bool { callID?.hasPrefix("pickup-") ?? false }
  }

  /// Where a dialog stands (RFC 4235, section 3.7.1), by how much it counts when a call has several.
  enum State: String, Hashable, Comparable {
    case terminated, trying, proceeding, early, confirmed

    private var rank: Int {
      switch self {
      case .terminated: 0
      case .trying, .proceeding: 1
      case .early: 2
      case .confirmed: 3
      }
    }

    static func < (a: State, b: State) -> Bool { a.rank < b.rank }
  }

  /// Whose dialogs these are.
  var entity: String?
  /// Counts the documents of a subscription: 32 bits (RFC 4235, section 4.1).
  var version: Int
  /// Whether these are all dialogs, not only those that changed.
  var isFull: Bool
  var dialogs: [Dialog]
  /// Whether its server tells of the one dialog that changed, whatever it says of the document: FreeSWITCH.
  var tellsOne = false

  /// Whether it looks like one of FreeSWITCH, whatever that calls itself: the one dialog has the name of a channel, and the
  /// call has none.
  var isOfFreeSwitch: Bool {
    guard isFull, dialogs.count == 1, dialogs[0].callID == nil else { return false }
    let groups = dialogs[0].id.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.joined().utf8.allSatisfy("0123456789abcdefABCDEF".utf8.contains)
  }
}

/// Why a document was not taken.
struct DialogInfoError: Error, Hashable {
  /// The end of a sentence: `its XML declares entities, which are not read`.
  var reason: String
}
