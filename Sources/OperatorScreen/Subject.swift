public import Telephony

/// A number that the operator acts on, and where it stands.
public struct Subject: Hashable, Sendable {
  /// A call in the list, or a line of the journal by its key.
  public enum Place: Hashable, Sendable {
    case call(Call.ID)
    case line(key: String)
  }

  /// The call or the line.
  public var place: Place
  /// Nil when the caller is withheld or not understood.
  public var number: PhoneNumber?
  /// The number as an operator reads it, or who it is when that is no number; empty when withheld.
  public var text: String

  /// Who it is, when the caller is no number: kept with a party as text, and never looked up.
  public var account: String? { number == nil && !text.isEmpty ? text : nil }
}

/// A number that the operator wants called.
public struct DialRequest: Hashable, Sendable {
  /// The number in normal form.
  public var number: PhoneNumber
  /// The number as an operator reads it.
  public var text: String

  /// A request; see the properties.
  public init(number: PhoneNumber, text: String) {
    self.number = number
    self.text = text
  }
}

/// What the opener's placeholders stand for (R13).
public struct RecordSubject: Hashable, Sendable {
  /// The third party whose record is opened.
  public var party: ThirdPartySummary
  /// The contact person whose number it is; nil for the party itself.
  public var contact: String?
  /// The caller's number; nil without a call.
  public var number: PhoneNumber?
  /// Which of the company's numbers was called; nil without a call, or when nobody told.
  public var own: OwnNumber?
  /// The telephony's own name for the call; nil without one.
  public var callID: String?
  /// The rule for the called number by which it opens; nil: as all do.
  public var rule: String?
}

/// What the operator typed of a new third party.
public struct PartyDraft: Hashable, Sendable {
  /// The name, which is not empty.
  public var name: String
  /// What the third party is to the company.
  public var kind: ThirdPartyKind
  /// The contact person whose number it is; may be empty.
  public var contact: String
  /// The city; may be empty.
  public var city: String
}
