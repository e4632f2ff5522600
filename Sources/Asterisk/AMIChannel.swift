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
  var call: [UInt8]
  var name: [UInt8] = []
  var kind = Kind.end
  /// 4: it calls (Ring), 5: it rings, 6: it is up.
  var state = 0
  /// Whether somebody calls it; otherwise it began by itself.
  var isCalled: Bool
  /// The channel that calls it, if the manager said so.
  var dialler: [UInt8]?
  /// Whether a list told of it first: who called it is not known then.
  var isListed = false
  /// Whether it calls, or called, others.
  var hasDialled = false
  /// Who is at the channel: number and name as the manager writes them.
  var number: [UInt8] = []
  var numberName: [UInt8] = []
  /// The extension of the dialplan that it is at.
  var exten: [UInt8] = []
  /// The first and the latest extension that is a number: a macro of the dialplan is at `s` when it dials.
  var firstNumber: [UInt8] = []
  var latestNumber: [UInt8] = []
  /// When it was first heard of, and when it was up, counted in messages.
  let born: Int
  var upSince = 0
  /// The bridge that it is in.
  var bridge: [UInt8]?

  /// A channel of which only the names are known.
  init(id: [UInt8], call: [UInt8], isCalled: Bool, born: Int) {
    (self.id, self.call, self.isCalled, self.born) = (id, call, isCalled, born)
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
