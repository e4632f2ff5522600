/// Which way a call goes, seen from the station.
public enum Direction: String, Hashable, Sendable, Codable {
  case incoming = "in"
  case outgoing = "out"
}

/// Why a call ended, as reported.
public enum EndReason: String, Hashable, Sendable, CaseIterable, Codable {
  /// Hung up, or nothing particular was said.
  case normal
  /// Ended before anybody answered.
  case missed
  /// Refused by the operator.
  case rejected
  /// Another station of the group took it.
  case elsewhere
  /// The network or the station could not complete it.
  case failed
  /// Nobody told of its end: the telephone, or the way to it, was gone meanwhile.
  case lost
  /// It stopped ringing, and nobody said whether its caller gave up or another telephone took it.
  case untold
  /// It may go on: the source knows that it was answered, and hears of no end.
  case unheard
}

/// One fact about a call, as a source reports it; every source yields these (R1).
public struct CallEvent: Hashable, Sendable, Codable {
  /// What happened.
  public enum Kind: Hashable, Sendable, Codable {
    case ring
    /// This line took the call; never the raw hook switch (R4).
    case answer
    case end(EndReason)
    /// The telephony side asks for the record.
    case request
    /// The server's own word, known to nobody: offered without opening.
    case other(word: String)
    /// A polled value is gone without a word: ends a ringing call, nothing else (R5a).
    case vanish

    /// The station was told to call a number, by a program beside the window: no call yet, but one that is its own. With a
    /// name for the call: it is rung for that now.
    public static let dialled = Kind.other(word: "dialled")
  }

  /// What a source cannot know of a call.
  public enum Doubt: String, Hashable, Sendable, Codable {
    /// Of an answer, whether it was this caller: it tells of one where several may ring. Of a ring, who calls.
    case caller
  }

  /// Who reports it.
  public var source: SourceID
  /// What happened.
  public var kind: Kind
  /// When it happened, by the window's clock.
  public var at: Moment
  /// The source's own name for the call, if it has one.
  public var callID: String?
  /// The telephone system's own names for the call, one for each telephone that rings, if the source knows them: another
  /// door of that system has one of them.
  public var systemIDs: Set<String>?
  /// The operator's extension, if the source said it.
  public var station: String?
  /// Nil when the source did not say, which means incoming unless the first news is an answer.
  public var direction: Direction?
  /// The other end.
  public var caller: Caller
  /// The number that was called, as received, for sites with several.
  public var called: String?
  /// The line or account of the softphone.
  public var line: String?
  /// Which of the company's own numbers that is, once it was read.
  public internal(set) var own: OwnNumber?
  /// A ring that asks for the record (the keyword `popup`): a request in all but name.
  public var popup: Bool
  /// Whether the source knows better than before who is at the other end, and which way the call goes:
  /// what it says now replaces what is known of the call with this id.
  public var corrects = false
  /// What the source cannot know of it; nil: nothing.
  public var doubt: Doubt?
  /// The name under which the inbox keeps it until the journal has what it tells; nil: nobody keeps it.
  public var keptAs: String?

  /// A fact about a call; see the properties.
  public init(
    source: SourceID, kind: Kind, at: Moment, callID: String? = nil, station: String? = nil,
    direction: Direction? = nil, caller: Caller, called: String? = nil, line: String? = nil,
    popup: Bool = false, keptAs: String? = nil
  ) {
    self.source = source
    self.kind = kind
    self.at = at
    self.callID = callID
    self.station = station
    self.direction = direction
    self.caller = caller
    self.called = called
    self.line = line
    self.popup = popup
    self.keptAs = keptAs
  }
}

extension CallEvent {
  /// Whether both tell of one call, by the telephone system's names for it.
  func isNamed(as other: CallEvent) -> Bool {
    guard let names = systemIDs, let others = other.systemIDs else { return false }
    return !names.isDisjoint(with: others)
  }

  /// Whether the station dials a code of the telephone system (`*98`): at its other end is nobody, and whom it connects
  /// with another event says. `**1` and `**610` are telephones of a FRITZ!Box, `**701` is in its book; `**203` and `**1025`
  /// pick up what rings there.
  var dialsService: Bool {
    guard direction == .outgoing, let number = caller.number, number.kind == .extension else {
      return false
    }
    let inner = number.key.dropFirst(2).utf8
    let isOfBox =
      number.key.hasPrefix("**")
      && (inner.count < 3 || inner.count == 3 && "67".utf8.contains(inner[inner.startIndex]))
    return !isOfBox && number.key.contains { "*#".contains($0) }
  }

  /// The station is never its own caller (R50): telephony that has no other end to tell tells its own, and the
  /// caller is not known then. A call that the station makes to itself (its voice mail) stays what it is.
  ///
  /// `own` is what the station is called beside the event's own word for it.
  public mutating func withholdOwn(_ own: Set<Caller.Identity>) {
    guard direction != .outgoing else { return }
    let isStation = station.map { $0 == caller.number?.key || $0 == caller.account } ?? false
    if isStation || own.contains(caller.identity) { caller = Caller(identity: .withheld) }
  }
}
