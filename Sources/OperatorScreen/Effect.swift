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
