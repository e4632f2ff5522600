import HeaderForms
import Telephony

/// What rings at the telephone beside, as dialog state is told: one INVITE a caller, where a server's documents may
/// tell of one call only, and not who calls.
///
///     rings 2 a84b4c76e66710 "Dupont SA" <sip:0388202122@pbx.example>       once more: its caller is another one now
///     elsewhere 2                                          another telephone took it: the station's, or a colleague's
///     over 2
struct TelephoneRings: Hashable {
  /// One call.
  struct Ring: Hashable {
    let serial: Int
    /// SIP's name for it, as the telephone heard it.
    let callID: String
    /// The caller's address and name; nil: withheld.
    let uri: String?
    let name: String?
    /// When another telephone took it, and whether more rang then than was told.
    var takenAt: Moment?
    /// Whether dialog state has told that it rings.
    var wasTold = false
    var wasHidden = false
  }

  /// A call whose caller was put through while it rings.
  struct Renewal: Hashable {
    var before: Ring
    var now: Ring
  }

  /// How long dialog state waits for the telephone's word [ms].
  static let patience: Int64 = 2_000
  /// How long before dialog state the telephone may hear of an answer [ms].
  private static let advance: Int64 = 500

  /// Those that ring, and those that another telephone took a moment ago, oldest first.
  private(set) var all: [Ring] = []

  /// The latest that rang, oldest first: whether another telephone took them is known of these, too.
  private(set) var over: [Ring] = []
  /// What the latest word said anew of one that rings, as it was before and as it is; nil: nothing.
  private(set) var renewed: Renewal?
  /// How many of them are remembered.
  private static let memory = 8

  /// The first that rings, and how many do.
  var first: Ring? { all.first { $0.takenAt == nil } }
  var count: Int { all.count { $0.takenAt == nil } }
  /// Whether one was taken a moment ago that rang beside another which was not told.
  var wasHidden: Bool { all.contains(where: \.wasHidden) }

  static func word(rings serial: Int, callID: Substring, uri: String?, name: String?) -> String {
    let address = uri.map { (name.map { HeaderSyntax.quoted($0) + " " } ?? "") + "<\($0)>" }
    return ["rings \(serial) \(callID.prefix(256))", address].compactMap { $0 }
      .joined(separator: " ")
  }

  static func word(elsewhere serial: Int) -> String { "elsewhere \(serial)" }
  static func word(over serial: Int) -> String { "over \(serial)" }

  /// Takes a word in, where so many calls are told to ring; the call that it says another telephone took.
  mutating func learn(_ word: String, told: Int, at now: Moment) -> Ring? {
    let words = word.split(separator: " ", maxSplits: 3)
    renewed = nil
    guard words.count > 1, let serial = Int(words[1]) else { return nil }
    switch words[0] {
    case "rings" where words.count > 2:
      let address = words.count > 3 ? SIPAddress(String(words[3])) : nil
      let ring = Ring(
        serial: serial, callID: String(words[2]), uri: address?.uri, name: address?.name)
      if let place = all.firstIndex(where: { $0.serial == serial && $0.takenAt == nil }) {
        renewed = Renewal(before: all[place], now: ring)
        all[place] = ring
      } else {
        all.append(ring)
      }
    case "elsewhere":
      guard let place = all.firstIndex(where: { $0.serial == serial }) else { return nil }
      all[place].wasHidden = count > max(told, 1)
      all[place].takenAt = now
      return all[place]
    case "over":
      over = Array((over + all.filter { $0.serial == serial }).suffix(Self.memory))
      all.removeAll { $0.serial == serial }
    default: break
    }
    return nil
  }

  /// Dialog state tells that this one rings.
  mutating func noteTold(_ serial: Int) {
    for place in all.indices where all[place].serial == serial { all[place].wasTold = true }
  }

  /// The one that another telephone took just now; nil: none, or several.
  func justTaken(at now: Moment) -> Ring? {
    let recent = all.filter { $0.takenAt.map { now - $0 <= Self.advance } ?? false }
    return recent.count == 1 ? recent[0] : nil
  }
}
