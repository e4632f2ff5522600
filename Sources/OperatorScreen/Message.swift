public import Canvas
public import Telephony

/// Everything that can happen to the screen, on its one queue.
public enum Message: Sendable {
  /// The clocks.
  case tick(Moment, WallTime)
  /// A key, the mouse, the terminal's size.
  case input(Input)
  /// A source of calls tells something.
  case report(SourceReport)
  /// Whether this is the station's first window, which takes the calls; another one only watches.
  case rank(isFirst: Bool)

  /// The answer to ``PartyQuestion/lookUp(_:_:)`` about this number; nil: about the call's.
  case found(Call.ID, Result<[Match], DirectoryError>, of: PhoneNumber? = nil)
  /// Whom a public directory names for the number of a call that nobody else knows.
  case directory(Call.ID, name: String, of: PhoneNumber)
  /// The answer to ``PartyQuestion/lookUpLine(key:_:)``.
  case foundForLine(key: String, Result<[Match], DirectoryError>)
  /// The answer to ``PartyQuestion/loadRecord(_:ticket:)``.
  case record(ticket: Int, Result<ThirdPartyRecord, DirectoryError>)
  /// What became of opening a record elsewhere: a sentence when it failed.
  case opened(failure: String?)
  /// The answer to ``PartyQuestion/search(_:ticket:)``.
  case searched(ticket: Int, Result<[ThirdPartySummary], DirectoryError>)
  /// A third party was created for, or attached to, the subject's number.
  case joined(Subject, Result<ThirdPartySummary, DirectoryError>)
  /// The answer to ``OwnDataOrder/readNotes(_:number:)``, newest first.
  case notes(PartyReference?, number: PhoneNumber?, [Note])
  /// The answer to ``OwnDataOrder/readStory(_:number:)``, newest first.
  case story(key: String, notes: [Note], earlier: [JournalEntry])
  /// What became of a note on a third party or a number: nil when the store has it.
  case noteSaved(PartyReference?, number: PhoneNumber?, failure: DirectoryError?)
  /// The latest lines of the journal, newest first.
  case journal([JournalEntry])
  /// The lines that were asked for, newest first.
  case journalPage([JournalEntry], ticket: Int)
  /// What an earlier window left: calls that may go on, and events that the journal has not; oldest first.
  case resume([KeptEvent])
  /// The store has forgotten the journal's lines from before a time, but for those with these keys.
  case forgotten(before: WallTime, besides: Set<String>)
  /// The store has the journal line, as it was then, and what the events of these names told.
  case journalSaved(JournalEntry, having: Set<String> = [])
  /// The store did not take a journal line.
  case journalRefused(DirectoryError)
  /// All exception lists, as they are now.
  case exceptions([ExceptionNumber])
  /// The options in force, as they are now.
  case options(PopOptions, [OptionRow])
  /// The answer to ``TelephoneOrder/dial(_:)``: what the telephony said, if anything.
  case dialled(DialRequest, Result<String?, DialError>)
  /// Something that the operator asked for was done.
  case done(Acknowledgement)
  /// What was typed as an exception is neither a number nor a pattern.
  case noPattern(String)
  /// Something that nobody asked for just now failed, or does not hold.
  case trouble(Failure, sentence: String)
  /// Something that the operator asked for failed.
  case failed(DirectoryError)
}

/// What a short sentence at the foot confirms.
public enum Acknowledgement: Hashable, Sendable {
  case noteSaved, exceptionAdded, exceptionRemoved, optionSaved
}
