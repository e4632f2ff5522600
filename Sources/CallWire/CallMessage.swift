// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The one message of a call event: what the launcher hands to a window, and what the spool keeps.
///
/// One line of form encoding, at most 4096 bytes, ended by LF (R17):
///
///     v=1&event=ring&tel=0388202122&mid=18a9…&name=Marie+Dupont&popup=1
///
/// The answer is a ``CallReply``. Texts are as the telephony software passed them; reading a number,
/// an event word or a direction out of them is the work of who receives the message.
public struct CallMessage: Hashable, Sendable {
  /// The version that this program writes and reads.
  public static let version = "1"
  /// The longest line, its LF not counted [bytes].
  public static let longestLine = 4096

  /// What happened, in the sender's word; empty means that it rings.
  public var event: String
  /// The number; empty when it was withheld.
  public var tel: String
  /// Names this message for good, so that it counts once even if it arrives twice; empty: never seen.
  public var mid: String
  /// The telephony's own name for the call.
  public var id: String?
  /// The caller's name, as the telephony knows it.
  public var name: String?
  /// The number that was called.
  public var called: String?
  /// The line or account of the softphone.
  public var line: String?
  /// `in` or `out`.
  public var direction: String?
  /// Why the call ended.
  public var reason: String?
  /// Whether the record is asked for.
  public var popup: Bool
  /// Whether the sender would like to know the caller's name: the answer may be ``CallReply/name(_:)``.
  public var wantsName: Bool

  /// A message; without `mid`, a new name is given to it.
  public init(
    event: String, tel: String, mid: String = newMessageID(), id: String? = nil,
    name: String? = nil, called: String? = nil, line: String? = nil, direction: String? = nil,
    reason: String? = nil, popup: Bool = false, wantsName: Bool = false
  ) {
    self.event = event
    self.tel = tel
    self.mid = mid
    self.id = id
    self.name = name
    self.called = called
    self.line = line
    self.direction = direction
    self.reason = reason
    self.popup = popup
    self.wantsName = wantsName
  }

  /// Reads a line, with or without its line end.
  ///
  /// The first of several equal keys counts, so that nothing appended to a line changes what it said;
  /// unknown keys are for later versions and are passed over; an empty value is an absent one.
  /// Throws ``CallWireError/tooLong(bytes:)``, ``CallWireError/notText`` or
  /// ``CallWireError/version(_:)``.
  public init(line bytes: [UInt8]) throws(CallWireError) {
    var bytes = bytes[...]
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard bytes.count <= Self.longestLine else { throw .tooLong(bytes: bytes.count) }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .notText }

    var fields: [String: String] = [:]
    for (key, value) in FormCoding.fields(bytes) where fields[key] == nil { fields[key] = value }
    guard fields["v"] == Self.version else { throw .version(fields["v"]) }
    let text: (String) -> String? = { key in fields[key].flatMap { $0.isEmpty ? nil : $0 } }
    self.init(
      event: text("event") ?? "", tel: text("tel") ?? "", mid: text("mid") ?? "", id: text("id"),
      name: text("name"), called: text("called"), line: text("line"),
      direction: text("direction"), reason: text("reason"), popup: text("popup") == "1",
      wantsName: text("reply") == "name")
  }

  /// The message's name as an inbox writes it: two names are equal only when their bytes are; nil without one.
  public var keptName: String? {
    guard !mid.isEmpty else { return nil }
    var name: [UInt8] = []
    FormCoding.append(mid, to: &name)
    return String(decoding: name, as: UTF8.self)
  }

  /// The line with its LF; throws ``CallWireError/tooLong(bytes:)``.
  public func encoded() throws(CallWireError) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    FormCoding.append("v", Self.version, to: &line)
    FormCoding.append("event", event, to: &line)
    FormCoding.append("tel", tel, to: &line)
    FormCoding.append("mid", mid, to: &line)
    if let id { FormCoding.append("id", id, to: &line) }
    if let name { FormCoding.append("name", name, to: &line) }
    if let called { FormCoding.append("called", called, to: &line) }
    if let text = self.line { FormCoding.append("line", text, to: &line) }
    if let direction { FormCoding.append("direction", direction, to: &line) }
    if let reason { FormCoding.append("reason", reason, to: &line) }
    if popup { FormCoding.append("popup", "1", to: &line) }
    if wantsName { FormCoding.append("reply", "name", to: &line) }
    guard line.count <= Self.longestLine else { throw .tooLong(bytes: line.count) }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
