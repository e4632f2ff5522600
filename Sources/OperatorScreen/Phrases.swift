import Telephony

/// Every word that the window shows, in one language. A member that a language lacks does not compile.
public struct Phrases: Sendable {
  // The header and the corner.
  var station: @Sendable (String) -> String
  var noStation: String
  var source: @Sendable (SourceID) -> String
  var sourceDown: @Sendable (_ name: String, _ reason: String) -> String
  /// In a word; the time of the next try is another's to say.
  var state: @Sendable (SourceHealth) -> String
  var quietUntil: @Sendable (_ clock: String) -> String
  var quietBriefly: @Sendable (_ clock: String) -> String
  var quietOver: String
  var clockWasSet: String
  var nextTry: @Sendable (_ seconds: Int64) -> String
  var waiting: String
  var callCount: @Sendable (_ calls: Int, _ missed: Int) -> String
  var incomingCall: String
  var ongoingCall: String
  var answeredElsewhere: String
  var parties: @Sendable (_ count: Int) -> String
  var recordButton: String
  var createButton: String
  var attachButton: String
  var searching: String
  var unknown: String
  var withheld: String
  /// Somebody is on the line, and the telephony cannot tell who.
  var untold: String
  var unreplaced: @Sendable (_ keyword: String) -> String
  var moreCalls: @Sendable (_ count: Int) -> String
  var certainty: @Sendable (MatchCertainty) -> String
  var kind: @Sendable (ThirdPartyKind) -> String
  var storeTrouble: String

  // The journal.
  var today: String
  var yesterday: String
  var day: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String
  var shortDay: @Sendable (_ month: Int, _ day: Int) -> String
  var noCalls: String
  var outcome: @Sendable (Outcome) -> String
  var openMissed: @Sendable (_ count: Int) -> String
  var journalTitle: String
  var journalPrompt: String
  var noLines: String
  var filter: @Sendable (JournalView) -> String
  var rings: String
  var ongoing: String
  var reason: @Sendable (Reason) -> String
  var duration: @Sendable (_ seconds: Int) -> String
  var storyTitle: @Sendable (_ number: String) -> String
  var storyItem: @Sendable (StoryItem) -> String
  var noEarlier: String

  // The record.
  var loading: String
  var use: @Sendable (ListedNumber.Use) -> String
  var thisCall: String
  var contacts: String
  var notes: String
  var latestCalls: String

  // Dialogs.
  var helpTitle: String
  var context: @Sendable (KeyContext) -> String
  var action: @Sendable (Action) -> String
  var key: @Sendable (KeyPress) -> String
  var confirmQuit: String
  var chooseTitle: @Sendable (_ number: String) -> String
  var dialTitle: @Sendable (_ who: String) -> String
  var dialWarning: String
  var noteTitle: @Sendable (_ who: String) -> String
  var createTitle: @Sendable (_ number: String) -> String
  var createItem: @Sendable (CreateForm.Item) -> String
  var attachTitle: @Sendable (_ number: String) -> String
  var searchTitle: String
  var searchPrompt: String
  var nothingFound: String
  var exceptionTitle: @Sendable (_ number: String) -> String
  var exceptionForMe: String
  var exceptionForEverybody: String
  var exceptionsTitle: String
  var noExceptions: String
  var list: @Sendable (ExceptionNumber.List) -> String
  var addPrompt: @Sendable (ExceptionNumber.List) -> String
  var optionsTitle: String
  var option: @Sendable (_ key: String) -> String
  var optionValue: @Sendable (_ value: String) -> String
  var origin: @Sendable (OptionRow.Origin) -> String
  var fixed: String
  var dialHint: String
  var hints: @Sendable (Hint) -> String

  // Sentences at the foot.
  var failed: @Sendable (Failure, _ sentence: String) -> String
  var noPattern: @Sendable (_ text: String) -> String
  var unknownLine: String
  var noNumber: String
  var copied: @Sendable (_ text: String) -> String
  var markedDone: String
  var markedOpen: String
  var notMissed: String
  var reachedSince: String
  var onlyWatches: String
  var noElsewhere: String
  var noControl: String
  var noAnswering: String
  var noDialler: String
  var dialling: @Sendable (_ number: String) -> String
  var dialled: @Sendable (_ number: String, _ answer: String?) -> String
  var isFixed: String
  var machineListClosed: String
  var erpListClosed: String
  var nameMissing: String
  var acknowledgement: @Sendable (Acknowledgement) -> String
  var created: @Sendable (_ name: String) -> String
  var attached: @Sendable (_ name: String) -> String
  var createdElsewhere: String
  var opened: @Sendable (_ name: String) -> String

  func strength(_ match: Match) -> String { certainty(match.certainty) }

  /// The language for the value of `LC_ALL`, `LC_MESSAGES` or `LANG`: French for `fr…`, German for `de…`, else
  /// English.
  public static func forLocale(_ locale: String) -> Phrases {
    switch locale.lowercased().prefix(2) {
    case "fr": .french
    case "de": .german
    default: .english
    }
  }
}

/// What failed, as the operator sees it; the sentence that says why is for who keeps the machine.
public enum Failure: Hashable, Sendable {
  /// Something that the operator asked for.
  case request
  /// Writing the journal, opening a record elsewhere, calling a number.
  case journal, opening, dialling
  /// Third parties or the operator's own data cannot be read.
  case store
  /// A program that is told of calls, and one that is asked who calls.
  case hook, directory
  /// Asking the operator to look.
  case attention
  /// The configuration says something that does not hold.
  case configuration
  /// The trace or the log cannot be written.
  case record
}

/// A short hint of the keys that matter where the operator is.
enum Hint: Hashable, Sendable {
  case call, ringingTelephone, refusableCall, severalCall, accountCall, numberlessCall, failedCall
  case line, numberlessLine, elsewhereCard, card, besideCard, idle, demo
  case form, note, search, attach, journalText, story, choose, exceptions, adding, options, help
  case question, dialQuestion, quitQuestion
}
