public import Telephony

/// What lies over the journal and has the keyboard.
public enum Dialog: Hashable, Sendable {
  case help(scroll: Int)
  case confirmQuit
  /// What the journal knows of a line's call.
  case story(LineStory)
  /// Several third parties for a journal line's number.
  case choose(MatchChoice)
  case note(NoteForm)
  case create(CreateForm)
  /// Looking for a third party, to open it or to attach a number to it.
  case search(SearchForm)
  /// Several numbers of an open record, one of which is to be called.
  case dial(DialChoice)
  /// Whether a number with `*` or `#` is really to be called.
  case confirmDial(DialRequest)
  /// Whose list an exception is for.
  case exceptionFor(Subject)
  case exceptions(ExceptionsScreen)
  /// What the lines of the journal must have in them, as typed so far.
  case journalText(TextField)
  case options(selected: Int)
}

/// What the journal knows of a line's call.
public struct LineStory: Hashable, Sendable {
  /// The line's key.
  public var key: String
  /// What was noted on the caller, newest first.
  public var notes: [Note] = []
  /// The caller's earlier calls, newest first; nil while the store is being asked.
  public var earlier: [JournalEntry]?
  /// How many lines are scrolled away.
  public var scroll = 0
}

/// Choosing among the third parties of a journal line.
public struct MatchChoice: Hashable, Sendable {
  /// The line's number.
  public var subject: Subject
  /// Who has it, best first.
  public var matches: [Match]
  /// The place of the one that Enter takes.
  public var selected = 0
}

/// Choosing among the numbers of an open record.
public struct DialChoice: Hashable, Sendable {
  /// Whose numbers they are.
  public var title: String
  /// The numbers that can be called.
  public var numbers: [ListedNumber]
  /// The place of the one that Enter calls.
  public var selected = 0
}

/// Writing a note.
public struct NoteForm: Hashable, Sendable {
  /// Whom the note is on, as the operator reads it.
  public var title: String
  /// The third party; nil: the note is on the number.
  public var party: PartyReference?
  /// The number; nil when the note is on an open record.
  public var number: PhoneNumber?
  /// The note, as typed so far.
  public var field = TextField()
  /// What was noted before, newest first.
  public var earlier: [Note] = []
  /// Whether the store is at it: until it has the note, what was typed stays.
  public var isSaving = false
}

/// Creating a third party for a number.
public struct CreateForm: Hashable, Sendable {
  /// The fields, in their order on the screen.
  public enum Item: Int, Hashable, Sendable, CaseIterable {
    case name, kind, contact, city
  }

  /// Whose number the new third party gets.
  public var subject: Subject
  /// The field that has the keyboard.
  public var item: Item = .name
  /// The name; nothing is created without one.
  public var name = TextField()
  /// What the third party will be.
  public var kind: ThirdPartyKind = .customer
  /// The contact person whose number it is; may stay empty.
  public var contact = TextField()
  /// The city; may stay empty.
  public var city = TextField()
  /// Whether the store is at it, so that Enter twice creates one party.
  public var isSaving = false
}

/// Looking for a third party by name, city or code.
public struct SearchForm: Hashable, Sendable {
  /// The number to attach to what is found; nil: its record is opened.
  public var subject: Subject?
  /// How many of the number's last digits are left open, so that a whole range is attached; 0: the number itself.
  public var openDigits = 0
  /// What is searched for, as typed so far.
  public var field = TextField()
  /// The latest search; the answers of earlier ones are dropped.
  public var ticket = 0
  /// The search whose answer is shown.
  public var answered = 0
  /// What the latest search found.
  public var results: [ThirdPartySummary] = []
  /// The place of the one that Enter takes.
  public var selected = 0
}

/// The exceptions screen (R47).
public struct ExceptionsScreen: Hashable, Sendable {
  /// The place of the entry that can be removed.
  public var selected = 0
  /// The entry that is being typed.
  public var adding: TextField?
  /// Whose list it goes to.
  public var list: ExceptionNumber.List = .own
}

/// The record in the built-in card.
public struct OpenRecord: Hashable, Sendable {
  var ticket: Int
  /// The call or the line for which it was opened; nil: it was searched for.
  public var place: Subject.Place?
  /// Whose record it is.
  public var subject: RecordSubject
  /// Nil while the store is being asked.
  public var record: ThirdPartyRecord?
  /// How many lines of it are scrolled away.
  public var scroll = 0
  /// What is selected beside it has the keyboard: it opened by itself there (R6), or the operator turned to something else.
  var yields = false
  /// Since when it is there.
  var since: Moment
}
