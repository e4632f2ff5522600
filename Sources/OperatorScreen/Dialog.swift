public import Telephony

/// What lies over the journal and has the keyboard.
public enum Dialog: Hashable, Sendable {
  case help(scroll: Int)
  case confirmQuit
  /// Several third parties for a journal line's number.
  case choose(MatchChoice)
  case note(NoteForm)
  case create(CreateForm)
  case attach(AttachForm)
  /// Whose list an exception is for.
  case exceptionFor(Subject)
  case exceptions(ExceptionsScreen)
  case options(selected: Int)
}

/// Choosing among the third parties of a journal line.
public struct MatchChoice: Hashable, Sendable {
  public var subject: Subject
  public var matches: [Match]
  public var selected = 0
}

/// Writing a note.
public struct NoteForm: Hashable, Sendable {
  public var title: String
  public var code: String?
  public var number: PhoneNumber?
  public var field = TextField()
}

/// Creating a third party for a number.
public struct CreateForm: Hashable, Sendable {
  /// The fields, in their order on the screen.
  public enum Item: Int, Hashable, Sendable, CaseIterable {
    case name, kind, contact, city
  }

  public var subject: Subject
  public var item: Item = .name
  public var name = TextField()
  public var kind: ThirdPartyKind = .customer
  public var contact = TextField()
  public var city = TextField()
  /// Whether the store is at it, so that Enter twice creates one party.
  public var isSaving = false
}

/// Attaching a number to a third party that exists.
public struct AttachForm: Hashable, Sendable {
  public var subject: Subject
  public var field = TextField()
  public var ticket = 0
  public var results: [ThirdPartySummary] = []
  public var selected = 0
}

/// The exceptions screen (R47).
public struct ExceptionsScreen: Hashable, Sendable {
  public var selected = 0
  /// The entry that is being typed.
  public var adding: TextField?
  /// Whose list it goes to.
  public var list: ExceptionNumber.List = .own
}

/// The record in the built-in card.
public struct OpenRecord: Hashable, Sendable {
  var ticket: Int
  /// The call or the line for which it was opened.
  public var place: Subject.Place
  public var subject: RecordSubject
  /// Nil while the store is being asked.
  public var record: ThirdPartyRecord?
  public var scroll = 0
  /// It opened by itself beside something selected, which keeps the keyboard (R6).
  var yields = false
}
