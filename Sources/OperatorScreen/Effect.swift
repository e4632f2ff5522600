public import Telephony

/// Something that the screen wants done, by who does it; performing it ends in a ``Message``.
public enum Effect: Hashable, Sendable {
  /// Ask the store of third parties.
  case ask(PartyQuestion)
  /// Read or write the operator's own data.
  case keep(OwnDataOrder)
  /// Have a telephone do something.
  case telephone(TelephoneOrder)
  /// Open a page elsewhere (R13).
  case open(OpeningOrder)
  /// Have the operator look.
  case attend(AttentionOrder)
  /// Put a text on the clipboard of who sits at the terminal.
  case copy(String)
  /// Tell other programs what became of a call.
  case tell(CallNews)
  /// Ring the window through its own socket, with a sample number.
  case playSample
  case quit
}

/// What the store of third parties is asked.
public enum PartyQuestion: Hashable, Sendable {
  /// Who has the number of a call.
  case lookUp(Call.ID, PhoneNumber)
  /// The same for a line of the journal.
  case lookUpLine(key: String, PhoneNumber)
  /// Everything about a third party, for the built-in card.
  case loadRecord(PartyReference, ticket: Int)
  /// Third parties whose name, city or code has words that begin like those of the text.
  case search(String, ticket: Int)
}

/// What is done with the operator's own data, in the order in which it was wanted.
public enum OwnDataOrder: Hashable, Sendable {
  /// Remember which third party was meant by a number that several have (R9).
  case remember(PhoneNumber, PartyReference)
  /// Create a third party with the subject's number (R10).
  case create(PartyDraft, Subject)
  /// Attach the subject's number to a third party that exists (R10).
  case attach(PartyReference, Subject)
  /// Attach all numbers that begin like the subject's, down to this beginning in E.164.
  case attachRange(PartyReference, beginning: String, Subject)
  /// Keep a note: on the third party if there is one, on the number otherwise.
  case saveNote(String, PartyReference?, number: PhoneNumber?)
  /// Read what was noted on the third party, or on the number when nobody has it.
  case readNotes(PartyReference?, number: PhoneNumber?)
  /// Read what else is known of a line's caller: notes, and calls before that.
  case readStory(JournalEntry, number: PhoneNumber?)
  /// Read lines of the journal that pass, from the line of this time on back.
  case readJournal(JournalFilter, upTo: WallTime?, limit: Int, ticket: Int)
  /// Write a line of the journal, replacing the one with the same key; it has what the events of these names
  /// told, which an inbox keeps until then.
  case saveJournal(JournalEntry, having: Set<String> = [])
  /// Have the inbox let go of an event that makes no line, or changes none.
  case letGo(Receipt)
  /// Add to an exception list, as the operator typed it.
  case addException(String, ExceptionNumber.List)
  /// Remove from an exception list.
  case removeException(ExceptionNumber)
  /// Forget calls, and notes on numbers, from before this time.
  case forget(before: WallTime)
  /// Keep an option's value for this operator; nil goes back to the configuration.
  case saveOption(key: String, value: String?)
}

/// What a telephone is to do.
public enum TelephoneOrder: Hashable, Sendable {
  /// The source's telephone takes the call, by its own name for it.
  case answer(SourceID, callID: String)
  /// The source's telephone ends the call.
  case hangUp(SourceID, callID: String)
  /// The station calls a number (R32).
  case dial(DialRequest)
}

/// What is opened outside the window.
public enum OpeningOrder: Hashable, Sendable {
  /// The record, where the configuration says (R13).
  case record(RecordSubject)
  /// The ERP's form for a new third party with the subject's number (R10).
  case newParty(Subject)
}

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

/// One row of the options screen (R46).
public struct OptionRow: Hashable, Sendable {
  /// How a value is changed.
  public enum Values: Hashable, Sendable {
    case flag
    case choice([String])
    /// A whole number in a range.
    case number(ClosedRange<Int>)
  }

  /// Which layer a value comes from.
  public enum Origin: Hashable, Sendable {
    case standard, machine, operatorFile, screen, commandLine
  }

  /// The configuration key.
  public var key: String
  /// The value as the configuration writes it: `true`, `answer`, `6`.
  public var value: String
  /// What the value may be.
  public var values: Values
  /// Where the value comes from.
  public var origin: Origin
  /// Whether the machine's file forbids another choice.
  public var isFixed: Bool

  /// A row; see the properties.
  public init(key: String, value: String, values: Values, origin: Origin, isFixed: Bool) {
    self.key = key
    self.value = value
    self.values = values
    self.origin = origin
    self.isFixed = isFixed
  }
}
