public import Canvas

/// What a key does.
public enum Action: Hashable, Sendable {
  case openRecord, viewCard, openElsewhere
  case next, previous, up, down, pageUp, pageDown
  /// The call in this place of the corner, counted from 1.
  case pick(Int)
  case create, attach, exception, note
  case answer, hangUp, dial
  case hide, closeCard, leaveLine
  case showStory, markDone, copyNumber
  case showMissed, showUnknown, showToday, showAll, searchJournal
  case search, showHelp, showOptions, showExceptions
  case doNotDisturb, playSample, quit
  case addEntry, removeEntry, closeDialog
  case valueForward, valueBackward, valueReset
  case forMe, forEverybody
  case choose, dialNow, quitNow
}

/// Where a key has its meaning; help lists the keys under these headings.
public enum KeyContext: Int, Hashable, Sendable, CaseIterable {
  /// Wherever no text is typed and no list is open.
  case window
  /// A call in the corner is selected.
  case call
  /// A line of the journal is selected.
  case line
  /// The story of a line lies open.
  case story
  /// A record is open.
  case card
  case exceptionsScreen
  case optionsScreen
  /// Asking whose list an exception is for.
  case exceptionQuestion
  /// Choosing among the third parties of a journal line.
  case choice
  /// Choosing among the numbers of an open record.
  case numberChoice
  /// Asking whether a number with `*` or `#` is to be called.
  case dialQuestion
  /// Asking whether to quit although a call rings.
  case quitQuestion
  case help
}

/// A key or a character, apart from its input.
public enum KeyPress: Hashable, Sendable {
  case character(Character)
  case key(Key)
}

/// One row of the key table: in a context, these keys do this.
public struct Binding: Hashable, Sendable {
  /// Where the keys have this meaning.
  public var context: KeyContext
  /// The keys, the one to show first.
  public var keys: [KeyPress]
  /// What each of them does.
  public var action: Action
}

/// The key table: the one place that knows which key does what. Help shows it, and screenpop(1).
public enum Keymap {
  /// Every row, in the order in which help shows them.
  public static let bindings: [Binding] = [
    row(.call, [.key(.enter), "o"], .openRecord),
    row(.call, ["v"], .viewCard),
    row(.call, ["c"], .create),
    row(.call, ["a"], .attach),
    row(.call, ["x"], .exception),
    row(.call, ["n"], .note),
    row(.call, ["R"], .answer),
    row(.call, ["H"], .hangUp),
    row(.call, ["d"], .dial),
    row(.call, ["y"], .copyNumber),
    row(.call, [.key(.escape)], .hide),
    row(.line, [.key(.enter)], .showStory),
    row(.line, ["o"], .openRecord),
    row(.line, ["c"], .create),
    row(.line, ["a"], .attach),
    row(.line, ["x"], .exception),
    row(.line, ["n"], .note),
    row(.line, ["H"], .hangUp),
    row(.line, ["d"], .dial),
    row(.line, ["M"], .markDone),
    row(.line, ["y"], .copyNumber),
    row(.line, ["/"], .searchJournal),
    row(.line, [.key(.escape)], .leaveLine),
    row(.story, [.key(.enter)], .openRecord),
    row(.story, [.key(.up), "k"], .up),
    row(.story, [.key(.down), "j"], .down),
    row(.story, [.key(.pageUp)], .pageUp),
    row(.story, [.key(.pageDown), " "], .pageDown),
    row(.story, [.key(.escape), "q"], .closeDialog),
    row(.card, [.key(.up)], .up),
    row(.card, [.key(.down)], .down),
    row(.card, [.key(.pageUp)], .pageUp),
    row(.card, [.key(.pageDown)], .pageDown),
    row(.card, ["d"], .dial),
    row(.card, ["n"], .note),
    row(.card, ["e"], .openElsewhere),
    row(.card, [.key(.escape)], .closeCard),
    row(.window, [.key(.tab)], .next),
    row(.window, [.key(.backtab)], .previous),
    row(.window, [.key(.up), "k"], .up),
    row(.window, [.key(.down), "j"], .down),
    row(.window, [.key(.pageUp)], .pageUp),
    row(.window, [.key(.pageDown)], .pageDown),
    row(.window, ["m"], .showMissed),
    row(.window, ["u"], .showUnknown),
    row(.window, ["t"], .showToday),
    row(.window, [.key(.escape)], .showAll),
    row(.window, ["1"], .pick(1)),
    row(.window, ["2"], .pick(2)),
    row(.window, ["3"], .pick(3)),
    row(.window, ["4"], .pick(4)),
    row(.window, ["5"], .pick(5)),
    row(.window, ["/", .key(.function(4))], .search),
    row(.window, [",", .key(.function(2))], .showOptions),
    row(.window, ["X", .key(.function(3))], .showExceptions),
    row(.window, ["?", .key(.function(1))], .showHelp),
    row(.window, ["D"], .doNotDisturb),
    row(.window, ["p"], .playSample),
    row(.window, ["q", .key(.control("c"))], .quit),
    row(.exceptionsScreen, ["a"], .addEntry),
    row(.exceptionsScreen, ["d", .key(.delete)], .removeEntry),
    row(.exceptionsScreen, [.key(.up), "k"], .up),
    row(.exceptionsScreen, [.key(.down), "j"], .down),
    row(.exceptionsScreen, [.key(.pageUp)], .pageUp),
    row(.exceptionsScreen, [.key(.pageDown)], .pageDown),
    row(.exceptionsScreen, [.key(.escape), "q"], .closeDialog),
    row(.optionsScreen, [.key(.up), "k"], .up),
    row(.optionsScreen, [.key(.down), "j"], .down),
    row(.optionsScreen, [.key(.right), .key(.enter), " "], .valueForward),
    row(.optionsScreen, [.key(.left)], .valueBackward),
    row(.optionsScreen, ["r"], .valueReset),
    row(.optionsScreen, [.key(.escape), "q"], .closeDialog),
    row(.exceptionQuestion, [.key(.enter), "m"], .forMe),
    row(.exceptionQuestion, ["*"], .forEverybody),
    row(.exceptionQuestion, [.key(.escape), "q"], .closeDialog),
    row(.choice, [.key(.up), "k"], .up),
    row(.choice, [.key(.down), "j"], .down),
    row(.choice, [.key(.enter), "o"], .choose),
    row(.choice, [.key(.escape), "q"], .closeDialog),
    row(.numberChoice, [.key(.up), "k"], .up),
    row(.numberChoice, [.key(.down), "j"], .down),
    row(.numberChoice, [.key(.enter), "d"], .dialNow),
    row(.numberChoice, [.key(.escape), "q"], .closeDialog),
    row(.dialQuestion, [.key(.enter)], .dialNow),
    row(.dialQuestion, [.key(.escape), "q"], .closeDialog),
    row(.quitQuestion, ["q", .key(.enter), .key(.control("c"))], .quitNow),
    row(.quitQuestion, [.key(.escape), "n"], .closeDialog),
    row(.help, [.key(.up), "k"], .up),
    row(.help, [.key(.down), "j"], .down),
    row(.help, [.key(.pageUp)], .pageUp),
    row(.help, [.key(.pageDown), " "], .pageDown),
    row(.help, [.key(.escape), "q", "?"], .closeDialog),
  ]

  /// What the key does: the first of the contexts that knows it wins.
  public static func action(for press: KeyPress, in contexts: [KeyContext]) -> Action? {
    contexts.lazy.compactMap { index[Slot(context: $0, press: press)] }.first
  }

  private struct Slot: Hashable {
    var context: KeyContext
    var press: KeyPress
  }

  private static let index: [Slot: Action] = Dictionary(
    bindings.flatMap { binding in
      binding.keys.map { (Slot(context: binding.context, press: $0), binding.action) }
    }, uniquingKeysWith: { first, _ in first })

  private static func row(
    _ context: KeyContext, _ keys: [KeyPress], _ action: Action
  ) -> Binding {
    Binding(context: context, keys: keys, action: action)
  }
}

extension KeyPress: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral {
  /// The key that types this character.
  public init(extendedGraphemeClusterLiteral character: Character) {
    self = .character(character)
  }
}
