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
  }

  /// Who reports it.
  public var source: SourceID
  /// What happened.
  public var kind: Kind
  /// When it happened, by the window's clock.
  public var at: Moment
  /// The source's own name for the call, if it has one.
  public var callID: String?
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
  /// A ring that asks for the record (the keyword `popup`): a request in all but name.
  public var popup: Bool
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
