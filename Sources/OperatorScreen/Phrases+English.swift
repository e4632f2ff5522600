import Telephony

extension Phrases {
  /// English.
  public static let english = Phrases(
    station: { "extension \($0)" },
    noStation: "no extension",
    source: { $0.name },
    sourceDown: { "\($0): \($1)" },
    state: {
      switch $0 {
      case .up: "connected"
      case .down: "down"
      case .off: "off"
      }
    },
    quietUntil: { "Do not disturb until \($0)" },
    quietBriefly: { "quiet until \($0)" },
    quietOver: "Calls come up again.",
    clockWasSet: "The machine's clock was set: the calls of this window follow it.",
    nextTry: { "next try in \($0) s" },
    waiting: "Waiting",
    callCount: { calls, missed in
      let first = calls == 1 ? "\(calls) call" : "\(calls) calls"
      return missed == 0 ? first : "\(first), \(missed) missed"
    },
    incomingCall: "Incoming call",
    ongoingCall: "On the line",
    answeredElsewhere: "Answered elsewhere",
    parties: { "\($0) records" },
    recordButton: "Record",
    createButton: "Create",
    attachButton: "Attach",
    searching: "looking up…",
    unknown: "unknown",
    withheld: "Withheld number",
    untold: "on the line, caller unknown",
    unreplaced: { "keyword not replaced: \($0)" },
    moreCalls: { "+\($0) in the journal" },
    certainty: {
      switch $0 {
      case .exact: "exact number"
      case .national: "national number"
      case .range: "by its range"
      case .end: "end of number"
      case .switchboard: "same switchboard"
      case .reading: "uncertain reading"
      case .several: "one of several"
      case .directory: "directory"
      case .telephone: "by the telephone system"
      case .caller: "perhaps another caller"
      }
    },
    kind: {
      switch $0 {
      case .customer: "customer"
      case .prospect: "prospect"
      case .supplier: "supplier"
      case .representative: "representative"
      case .other: "other"
      case .contact: "contact"
      }
    },
    storeTrouble: "Third parties unavailable",
    today: "Today",
    yesterday: "Yesterday",
    day: DateForm.year.day,
    shortDay: DateForm.year.shortDay,
    noCalls: "No call so far.",
    outcome: {
      switch $0 {
      case .ringing: "rang"
      case .answered: "answered"
      case .missed: "missed"
      case .rejected: "rejected"
      case .answeredElsewhere: "answered elsewhere"
      case .inhibited: "kept quiet"
      }
    },
    openMissed: { "\($0) missed" },
    journalTitle: "Search the journal",
    journalPrompt: "Number, name or code:",
    noLines: "No call passes this filter.",
    filter: {
      [
        $0.onlyMissed ? "missed" : nil, $0.onlyUnknown ? "unknown" : nil,
        $0.onlyToday ? "today" : nil,
        $0.text.isEmpty ? nil : "“\($0.text)”",
      ].compactMap { $0 }.joined(separator: ", ")
    },
    rings: "ringing",
    ongoing: "on the line",
    reason: {
      switch $0 {
      case .exception(let pattern): pattern.isEmpty ? "exception" : "exception \(pattern)"
      case .shortNumber(let digits, let minimum): "short number (\(digits) < \(minimum))"
      case .busy: "station busy"
      case .internal: "internal"
      case .doNotDisturb: "do not disturb"
      case .called(let name): "quiet for \(name)"
      case .noMatch: "no third party"
      case .tooOld: "too old"
      case .outgoing: "outgoing"
      case .failed: "failed"
      case .untold: "perhaps answered elsewhere"
      case .connectionLost: "connection lost"
      }
    },
    duration: { seconds in
      if seconds < 60 { return "\(seconds) s" }
      if seconds < 3600 { return "\(seconds / 60) min \(padded(seconds % 60, 2))" }
      return "\(seconds / 3600) h \(padded(seconds / 60 % 60, 2))"
    },
    storyTitle: { "Call · \($0)" },
    storyItem: {
      switch $0 {
      case .number: "Number"
      case .party: "Third party"
      case .called: "Called"
      case .line: "Line"
      case .began: "Rang at"
      case .rang: "Rang for"
      case .answered: "Answered at"
      case .outcome: "Outcome"
      case .sources: "Told by"
      case .mark: "State"
      case .notes: "Notes"
      case .earlier: "Earlier"
      }
    },
    noEarlier: "no earlier call",
    loading: "reading the record…",
    use: {
      switch $0 {
      case .phone: "tel."
      case .mobile: "mobile"
      case .fax: "fax"
      case .extension: "ext."
      case .attached: "attached"
      }
    },
    thisCall: "◂ call",
    contacts: "Contacts",
    notes: "Notes",
    latestCalls: "Calls",
    helpTitle: "Keys",
    context: {
      switch $0 {
      case .window: "Everywhere"
      case .call: "Selected call"
      case .line: "Journal line"
      case .story: "Story of a line"
      case .card: "Open record"
      case .exceptionsScreen: "Exceptions screen"
      case .optionsScreen: "Options screen"
      case .exceptionQuestion: "New exception"
      case .choice: "Choosing a record"
      case .numberChoice: "Choosing a number"
      case .dialQuestion: "Calling a code"
      case .quitQuestion: "Quitting while a call rings"
      case .help: "Help"
      }
    },
    action: {
      switch $0 {
      case .openRecord: "open the record"
      case .viewCard: "show the built-in record"
      case .openElsewhere: "open in the ERP"
      case .next: "next call, then the journal"
      case .previous: "previous call"
      case .up: "up"
      case .down: "down"
      case .pageUp: "page up"
      case .pageDown: "page down"
      case .pick(let place): "call \(place)"
      case .create: "create a third party"
      case .attach: "attach to a third party"
      case .exception: "make it an exception"
      case .note: "write a note"
      case .answer: "answer the call"
      case .hangUp: "hang up, or refuse the call"
      case .dial: "call the number"
      case .dialNow: "call this number"
      case .hide: "hide the call"
      case .closeCard: "close the record"
      case .leaveLine: "leave the journal"
      case .showStory: "show the whole story"
      case .markDone: "mark a missed call as done, or not"
      case .copyNumber: "copy the number"
      case .showHelp: "help"
      case .showOptions: "options"
      case .search: "search for a third party"
      case .showMissed: "missed calls only, or all"
      case .showUnknown: "unknown callers only, or all"
      case .showToday: "today's calls only, or all"
      case .showAll: "all calls"
      case .searchJournal: "search the journal"
      case .showExceptions: "exceptions"
      case .doNotDisturb: "do not disturb (30 min, evening, off)"
      case .playSample: "play a call (demonstration)"
      case .quit: "quit"
      case .addEntry: "add"
      case .removeEntry: "remove"
      case .closeDialog: "close"
      case .valueForward: "next value"
      case .valueBackward: "previous value"
      case .valueReset: "back to the configuration"
      case .choose: "open this record"
      case .quitNow: "quit all the same"
      case .forMe: "for me"
      case .forEverybody: "for everybody"
      }
    },
    key: { $0.name(.english) },
    confirmQuit: "A call is ringing. Quit all the same?",
    chooseTitle: { "Records of \($0)" },
    dialTitle: { "Call · \($0)" },
    dialWarning: "With * or # it is a code, which can change the telephone's settings.",
    noteTitle: { "Note · \($0)" },
    createTitle: { "Create a third party · \($0)" },
    createItem: {
      switch $0 {
      case .name: "Name"
      case .kind: "Kind"
      case .contact: "Contact"
      case .city: "City"
      }
    },
    attachTitle: { "Attach \($0)" },
    searchTitle: "Search for a third party",
    searchPrompt: "Name, city or code:",
    nothingFound: "Nothing matches.",
    exceptionTitle: { "Exception · \($0)" },
    exceptionForMe: "Enter  for me only",
    exceptionForEverybody: "*      for everybody",
    exceptionsTitle: "Exception numbers",
    noExceptions: "No exceptions.",
    list: {
      switch $0 {
      case .own: "me"
      case .machine: "everybody"
      case .erp: "ERP"
      }
    },
    addPrompt: { $0 == .own ? "Number or pattern, for me:" : "Number or pattern, for everybody:" },
    optionsTitle: "Options",
    option: {
      switch $0 {
      case "trigger": "The record opens by itself"
      case "popup": "Open the record at every call"
      case "inhibit_unknown": "Quiet when no third party matches"
      case "inhibit_busy": "Quiet while the station is busy"
      case "inhibit_internal": "Quiet for internal calls"
      case "min_digits": "Quiet below this number of digits"
      default: $0
      }
    },
    optionValue: {
      switch $0 {
      case "true": "yes"
      case "false": "no"
      case "application": "the application decides"
      case "ring": "when it rings"
      case "answer": "when it is answered"
      case "request": "on request"
      default: $0
      }
    },
    origin: {
      switch $0 {
      case .standard: "default"
      case .machine: "machine"
      case .operatorFile: "my file"
      case .screen: "chosen here"
      case .commandLine: "command line"
      }
    },
    fixed: "fixed",
    dialHint: "d call",
    hints: {
      switch $0 {
      case .call: "x exception  n note  Esc hide"
      case .ringingTelephone: "R answer  H refuse  n note  Esc hide"
      case .refusableCall: "H refuse  x exception  n note  Esc hide"
      case .severalCall: "↑↓ choose  x exception  n note  Esc hide"
      case .accountCall: "c create  a attach  Esc hide"
      case .numberlessCall: "Esc hide"
      case .failedCall: "⏎ try again  x exception  Esc hide"
      case .line:
        "⏎ story  o record  M done  y copy  c create  a attach  x exception  n note  Esc back"
      case .numberlessLine: "⏎ story  Esc back"
      case .story: "⏎ record  M done  y copy  n note  Esc close"
      case .elsewhereCard: "n note  e open in the ERP  Esc close"
      case .besideCard: "Esc close the record"
      case .card: "n note  Esc close"
      case .idle: "? help  q quit  / search  Tab select  , options"
      case .demo: "p play a call  ? help  q quit  / search  Tab select"
      case .form: "Enter create  Tab next field  ←→ kind  Esc cancel"
      case .note: "Enter save  Esc cancel"
      case .journalText: "Enter search  Esc cancel"
      case .attach: "↑↓ choose  Enter confirm  * whole range  Esc cancel"
      case .search, .choose: "↑↓ choose  Enter confirm  Esc cancel"
      case .exceptions: "a add  d remove  Esc close"
      case .adding: "Enter add  Tab me/everybody  Esc cancel"
      case .options: "↑↓ choose  ←→ change  r configuration  Esc close"
      case .help: "↑↓ scroll  Esc close"
      case .question: "Esc cancel"
      case .dialQuestion: "Enter call  Esc cancel"
      case .quitQuestion: "q yes  Esc no"
      }
    },
    failed: { what, sentence in
      switch what {
      case .request: sentence
      case .store: "Data unavailable: \(sentence)"
      case .configuration: "Configuration: \(sentence)"
      case .record: "Trace or log: \(sentence)"
      case .journal: "The journal is not saved yet: \(sentence)"
      case .opening: "The record could not be opened: \(sentence)"
      case .hook: "A program was not told of a call: \(sentence)"
      case .directory: "The directory gave no answer: \(sentence)"
      case .attention: "A call could not be announced: \(sentence)"
      case .dialling: "Calling failed: \(sentence)"
      }
    },
    noPattern: { "“\($0)” is neither a number nor a pattern of digits, * and ?." },
    unknownLine: "No third party has this number: c create, a attach.",
    noNumber: "This call has no number.",
    copied: { "Copied, if the terminal takes it: \($0)" },
    markedDone: "Marked as done.",
    markedOpen: "The call is open again.",
    notMissed: "Only a missed call can be marked as done.",
    reachedSince: "Somebody has reached the caller since.",
    onlyWatches:
      "Another window of this station takes the calls: this one only watches, and takes over when that one is closed.",
    noElsewhere: "No ERP is configured: option open.",
    noControl: "No telephone takes commands for this call.",
    noAnswering: "This telephone cannot be answered from here.",
    noDialler: "No way to dial is configured: option dial.through.",
    dialling: { "Calling \($0)…" },
    dialled: { number, answer in
      answer.map { "Calling \(number): \($0)" } ?? "The call to \(number) is on its way."
    },
    isFixed: "This option is fixed by the machine's configuration.",
    machineListClosed: "Everybody's list cannot be changed from here.",
    erpListClosed: "This number comes from the ERP, and can only be removed there.",
    nameMissing: "A name is needed.",
    acknowledgement: {
      switch $0 {
      case .noteSaved: "Note saved."
      case .exceptionAdded: "Exception added."
      case .exceptionRemoved: "Exception removed."
      case .optionSaved: "Option saved."
      }
    },
    created: { "Third party created: \($0)" },
    attached: { "Number attached to \($0)" },
    createdElsewhere: "The ERP's form for a new third party is opened.",
    opened: { "Record opened: \($0)" })
}
