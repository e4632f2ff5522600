/// A channel of the PBX, as far as the manager told of it.
struct AMIChannel {
  /// What stands at the channel.
  enum Kind {
    /// A telephone, a line to the outside.
    case end
    /// Half of a pair of `Local/…` channels, which carry a call through the dialplan.
    case local
    /// Something of Asterisk's own: a recorder, an announcement, a channel's placeholder.
    case plumbing
  }

  /// The channel's own name, and that of the call that it is part of.
  let id: [UInt8]
  private(set) var call: [UInt8]
  var name: [UInt8] = []
  var kind = Kind.end
  /// 4: it calls (Ring), 5: it rings, 6: it is up.
  private(set) var state = 0
  /// Whether somebody calls it; otherwise it began by itself.
  var isCalled: Bool
  /// The channel that calls it, if the manager said so.
  var dialler: [UInt8]?
  /// Whether a list told of it first: who called it is not known then.
  let isListed: Bool
  /// Whether it calls, or called, others.
  var hasDialled = false
  /// Who is at the channel: number and name as the manager writes them.
  private(set) var number: [UInt8] = []
  private(set) var numberName: [UInt8] = []
  /// The extension of the dialplan that it is at.
  private(set) var exten: [UInt8] = []
  /// The first and the latest extension that is a number: a macro of the dialplan is at `s` when it dials.
  private(set) var firstNumber: [UInt8] = []
  private(set) var latestNumber: [UInt8] = []
  /// When it was first heard of, and when it was up, counted in messages.
  let born: Int
  private(set) var upSince = 0
  /// The bridge that it is in.
  var bridge: [UInt8]?

  /// A channel of which only the names are known.
  init(id: [UInt8], call: [UInt8], isListed: Bool, born: Int) {
    (self.id, self.call, self.isListed, self.born) = (id, call, isListed, born)
    isCalled = id != call
  }

  /// Takes over what the message that has this number says of it; whether that changes who calls whom, or in which call.
  mutating func hear(_ message: AMIMessage, call: [UInt8], at count: Int) -> Bool {
    let before = (isCalled, self.call)
    let state = message.number(.channelState)
    if self.call != call { self.call = call }
    if state == 6, !isUp { upSince = count }
    if let state { self.state = state }
    // The first half of a pair is called, the second goes through the dialplan.
    if kind == .local { isCalled = name.last == UInt8(ascii: "1") }
    // It calls: one that began a call gives it its name, or is told of while it calls.
    if state == 4, dialler == nil, kind == .end { isCalled = false }
    Self.renew(&number, message[.callerIDNum])
    Self.renew(&numberName, message[.callerIDName])
    Self.renew(&exten, message[.exten])
    if AMIParties.isNumber(message[.exten]) {
      latestNumber = exten
      if firstNumber.isEmpty, !isListed { firstNumber = exten }
    }
    return (isCalled, self.call) != before
  }

  /// Most of what a message says was said before: nothing is copied then.
  private static func renew(_ value: inout [UInt8], _ news: UnsafeRawBufferPointer) {
    if !news.equals(value) { value = Array(news) }
  }

  var isUp: Bool { state == 6 }

  /// What the name of a channel says of it.
  static func kind(_ name: UnsafeRawBufferPointer) -> Kind {
    if name.begins("local/") { return .local }
    let own: [StaticString] = [
      "cbann/", "cbrec/", "announcer/", "recorder/", "surrogate/", "message/", "bridge/", "rec/",
    ]
    return own.contains { name.begins($0) } ? .plumbing : .end
  }

  /// The name of the other half of a `Local` channel: `…;1` and `…;2`.
  var otherHalf: [UInt8]? {
    guard kind == .local, let last = name.last, name.dropLast().last == UInt8(ascii: ";") else {
      return nil
    }
    switch last {
    case UInt8(ascii: "1"): return name.dropLast() + [UInt8(ascii: "2")]
    case UInt8(ascii: "2"): return name.dropLast() + [UInt8(ascii: "1")]
    default: return nil
    }
  }
}
