import Telephony

extension Phrases {
  /// German.
  public static let german = Phrases(
    station: { "Nebenstelle \($0)" },
    noStation: "ohne Nebenstelle",
    source: {
      switch $0 {
      case .launcher: "Starter"
      case "relay": "Relais"
      case "journal": "Journal"
      case "erp": "ERP"
      default: $0.name
      }
    },
    sourceDown: { "\($0) nicht verfügbar: \($1)" },
    state: {
      switch $0 {
      case .up: "verbunden"
      case .down: "nicht verfügbar"
      case .off: "aus"
      }
    },
    quietUntil: { "Nicht stören bis \($0)" },
    quietBriefly: { "still bis \($0)" },
    quietOver: "Anrufe kommen wieder nach vorn.",
    clockWasSet: "Die Uhr des Rechners wurde gestellt: Die Anrufe folgen ihr.",
    nextTry: { "neuer Versuch in \($0) s" },
    waiting: "Wartend",
    callCount: { calls, missed in
      let first = calls == 1 ? "\(calls) Anruf" : "\(calls) Anrufe"
      return missed == 0 ? first : "\(first), \(missed) verpasst"
    },
    incomingCall: "Eingehender Anruf",
    ongoingCall: "Im Gespräch",
    answeredElsewhere: "Anderswo angenommen",
    parties: { "\($0) Karteikarten" },
    recordButton: "Karte",
    createButton: "Anlegen",
    attachButton: "Zuordnen",
    searching: "wird gesucht…",
    unknown: "unbekannt",
    withheld: "Nummer unterdrückt",
    untold: "im Gespräch, Anrufer unbekannt",
    unreplaced: { "Platzhalter nicht ersetzt: \($0)" },
    moreCalls: { "+\($0) im Journal" },
    certainty: {
      switch $0 {
      case .exact: "genaue Nummer"
      case .national: "nationale Nummer"
      case .range: "Nummernbereich"
      case .end: "Ende der Nummer"
      case .switchboard: "gleiche Zentrale"
      case .reading: "unsichere Lesart"
      case .several: "einer von mehreren"
      case .directory: "Telefonbuch"
      case .telephone: "laut Telefonanlage"
      case .caller: "vielleicht ein anderer Anrufer"
      }
    },
    kind: {
      switch $0 {
      case .customer: "Kunde"
      case .prospect: "Interessent"
      case .supplier: "Lieferant"
      case .representative: "Vertreter"
      case .other: "Sonstige"
      case .contact: "Kontakt"
      }
    },
    storeTrouble: "Geschäftspartner nicht verfügbar",
    today: "Heute",
    yesterday: "Gestern",
    day: DateForm.points.day,
    shortDay: DateForm.points.shortDay,
    noCalls: "Noch kein Anruf.",
    outcome: {
      switch $0 {
      case .ringing: "geklingelt"
      case .answered: "angenommen"
      case .missed: "verpasst"
      case .rejected: "abgelehnt"
      case .answeredElsewhere: "anderswo angenommen"
      case .inhibited: "still"
      }
    },
    openMissed: { "\($0) verpasst" },
    journalTitle: "Journal durchsuchen",
    journalPrompt: "Nummer, Name oder Code:",
    noLines: "Kein Anruf passt zu diesem Filter.",
    filter: {
      [
        $0.onlyMissed ? "verpasst" : nil, $0.onlyUnknown ? "unbekannt" : nil,
        $0.onlyToday ? "heute" : nil, $0.text.isEmpty ? nil : "„\($0.text)“",
      ].compactMap { $0 }.joined(separator: ", ")
    },
    rings: "klingelt",
    ongoing: "im Gespräch",
    reason: {
      switch $0 {
      case .exception(let pattern): pattern.isEmpty ? "Ausnahme" : "Ausnahme \(pattern)"
      case .shortNumber(let digits, let minimum): "kurze Nummer (\(digits) < \(minimum))"
      case .busy: "Nebenstelle besetzt"
      case .internal: "intern"
      case .doNotDisturb: "nicht stören"
      case .called(let name): "still für \(name)"
      case .noMatch: "kein Geschäftspartner"
      case .tooOld: "zu alt"
      case .outgoing: "abgehend"
      case .failed: "fehlgeschlagen"
      case .untold: "vielleicht anderswo angenommen"
      case .connectionLost: "Verbindung verloren"
      }
    },
    duration: { seconds in
      if seconds < 60 { return "\(seconds) s" }
      if seconds < 3600 { return "\(seconds / 60) min \(padded(seconds % 60, 2))" }
      return "\(seconds / 3600) h \(padded(seconds / 60 % 60, 2))"
    },
    storyTitle: { "Anruf · \($0)" },
    storyItem: {
      switch $0 {
      case .number: "Nummer"
      case .party: "Geschäftspartner"
      case .called: "Angerufen"
      case .line: "Leitung"
      case .began: "Klingelte am"
      case .rang: "Klingeldauer"
      case .answered: "Angenommen am"
      case .outcome: "Ergebnis"
      case .sources: "Gemeldet von"
      case .mark: "Stand"
      case .notes: "Notizen"
      case .earlier: "Davor"
      }
    },
    noEarlier: "kein Anruf davor",
    loading: "Karte wird gelesen…",
    use: {
      switch $0 {
      case .phone: "Tel."
      case .mobile: "mobil"
      case .fax: "Fax"
      case .extension: "Durchw."
      case .attached: "zugeordnet"
      }
    },
    thisCall: "◂ Anruf",
    contacts: "Kontakte",
    notes: "Notizen",
    latestCalls: "Anrufe",
    helpTitle: "Tasten",
    context: {
      switch $0 {
      case .window: "Überall"
      case .call: "Gewählter Anruf"
      case .line: "Journalzeile"
      case .story: "Geschichte einer Zeile"
      case .card: "Offene Karte"
      case .exceptionsScreen: "Ausnahmen"
      case .optionsScreen: "Optionen"
      case .exceptionQuestion: "Neue Ausnahme"
      case .choice: "Karte auswählen"
      case .numberChoice: "Nummer auswählen"
      case .dialQuestion: "Einen Code wählen"
      case .quitQuestion: "Beenden, während ein Anruf klingelt"
      case .help: "Hilfe"
      }
    },
    action: {
      switch $0 {
      case .openRecord: "Karte öffnen"
      case .viewCard: "eingebaute Karte zeigen"
      case .openElsewhere: "im ERP öffnen"
      case .next: "nächster Anruf, dann das Journal"
      case .previous: "voriger Anruf"
      case .up: "nach oben"
      case .down: "nach unten"
      case .pageUp: "eine Seite nach oben"
      case .pageDown: "eine Seite nach unten"
      case .pick(let place): "Anruf \(place)"
      case .create: "Geschäftspartner anlegen"
      case .attach: "einem Geschäftspartner zuordnen"
      case .exception: "zur Ausnahme machen"
      case .note: "Notiz schreiben"
      case .answer: "Anruf annehmen"
      case .hangUp: "auflegen oder ablehnen"
      case .dial: "die Nummer anrufen"
      case .dialNow: "diese Nummer anrufen"
      case .hide: "Anruf ausblenden"
      case .closeCard: "Karte schließen"
      case .leaveLine: "Journal verlassen"
      case .showStory: "die ganze Geschichte zeigen"
      case .markDone: "als erledigt markieren, oder nicht"
      case .copyNumber: "Nummer kopieren"
      case .showHelp: "Hilfe"
      case .showOptions: "Optionen"
      case .search: "Geschäftspartner suchen"
      case .showMissed: "nur verpasste Anrufe, oder alle"
      case .showUnknown: "nur unbekannte Anrufer, oder alle"
      case .showToday: "nur Anrufe von heute, oder alle"
      case .showAll: "alle Anrufe"
      case .searchJournal: "Journal durchsuchen"
      case .showExceptions: "Ausnahmen"
      case .doNotDisturb: "nicht stören (30 min, abends, aus)"
      case .playSample: "einen Anruf vorspielen (Vorführung)"
      case .quit: "beenden"
      case .addEntry: "hinzufügen"
      case .removeEntry: "entfernen"
      case .closeDialog: "schließen"
      case .valueForward: "nächster Wert"
      case .valueBackward: "voriger Wert"
      case .valueReset: "zurück zur Konfiguration"
      case .choose: "diese Karte öffnen"
      case .quitNow: "trotzdem beenden"
      case .forMe: "für mich"
      case .forEverybody: "für alle"
      }
    },
    key: { $0.name(.german) },
    confirmQuit: "Ein Anruf klingelt. Trotzdem beenden?",
    chooseTitle: { "Karten zu \($0)" },
    dialTitle: { "Anrufen · \($0)" },
    dialWarning: "Mit * oder # ist es ein Code, der Einstellungen des Telefons ändern kann.",
    noteTitle: { "Notiz · \($0)" },
    createTitle: { "Geschäftspartner anlegen · \($0)" },
    createItem: {
      switch $0 {
      case .name: "Name"
      case .kind: "Art"
      case .contact: "Kontakt"
      case .city: "Ort"
      }
    },
    attachTitle: { "\($0) zuordnen" },
    searchTitle: "Geschäftspartner suchen",
    searchPrompt: "Name, Ort oder Code:",
    nothingFound: "Nichts gefunden.",
    exceptionTitle: { "Ausnahme · \($0)" },
    exceptionForMe: "Enter  nur für mich",
    exceptionForEverybody: "*      für alle",
    exceptionsTitle: "Ausnahmenummern",
    noExceptions: "Keine Ausnahmen.",
    list: {
      switch $0 {
      case .own: "ich"
      case .machine: "alle"
      case .erp: "ERP"
      }
    },
    addPrompt: { $0 == .own ? "Nummer oder Muster, für mich:" : "Nummer oder Muster, für alle:" },
    optionsTitle: "Optionen",
    option: {
      switch $0 {
      case "trigger": "Die Karte öffnet sich von selbst"
      case "popup": "Karte bei jedem Anruf öffnen"
      case "inhibit_unknown": "Still, wenn niemand gefunden wird"
      case "inhibit_busy": "Still, solange besetzt ist"
      case "inhibit_internal": "Still bei internen Anrufen"
      case "min_digits": "Still unter so vielen Ziffern"
      default: $0
      }
    },
    optionValue: {
      switch $0 {
      case "true": "ja"
      case "false": "nein"
      case "application": "die Anwendung entscheidet"
      case "ring": "wenn es klingelt"
      case "answer": "wenn angenommen wird"
      case "request": "auf Wunsch"
      default: $0
      }
    },
    origin: {
      switch $0 {
      case .standard: "Vorgabe"
      case .machine: "Rechner"
      case .operatorFile: "meine Datei"
      case .screen: "hier gewählt"
      case .commandLine: "Befehlszeile"
      }
    },
    fixed: "fest",
    dialHint: "d anrufen",
    hints: {
      switch $0 {
      case .call: "x Ausnahme  n Notiz  Esc ausblenden"
      case .ringingTelephone: "R annehmen  H ablehnen  n Notiz  Esc ausblenden"
      case .refusableCall: "H ablehnen  x Ausnahme  n Notiz  Esc ausblenden"
      case .severalCall: "↑↓ wählen  x Ausnahme  n Notiz  Esc ausblenden"
      case .accountCall: "c anlegen  a zuordnen  Esc ausblenden"
      case .numberlessCall: "Esc ausblenden"
      case .failedCall: "⏎ noch einmal  x Ausnahme  Esc ausblenden"
      case .line:
        "⏎ Geschichte  o Karte  M erledigt  y kopieren  c anlegen  a zuordnen  x Ausnahme  n Notiz  Esc zurück"
      case .numberlessLine: "⏎ Geschichte  Esc zurück"
      case .story: "⏎ Karte  M erledigt  y kopieren  n Notiz  Esc schließen"
      case .elsewhereCard: "n Notiz  e im ERP öffnen  Esc schließen"
      case .besideCard: "Esc Karte schließen"
      case .card: "n Notiz  Esc schließen"
      case .idle: "? Hilfe  q Ende  / Suche  Tab auswählen  , Optionen"
      case .demo: "p Anruf vorspielen  ? Hilfe  q Ende  / Suche  Tab auswählen"
      case .form: "Enter anlegen  Tab nächstes Feld  ←→ Art  Esc abbrechen"
      case .note: "Enter sichern  Esc abbrechen"
      case .journalText: "Enter suchen  Esc abbrechen"
      case .attach: "↑↓ wählen  Enter bestätigen  * ganzer Bereich  Esc abbrechen"
      case .search, .choose: "↑↓ wählen  Enter bestätigen  Esc abbrechen"
      case .exceptions: "a hinzufügen  d entfernen  Esc schließen"
      case .adding: "Enter hinzufügen  Tab ich/alle  Esc abbrechen"
      case .options: "↑↓ wählen  ←→ ändern  r Konfiguration  Esc schließen"
      case .help: "↑↓ blättern  Esc schließen"
      case .question: "Esc abbrechen"
      case .dialQuestion: "Enter anrufen  Esc abbrechen"
      case .quitQuestion: "q ja  Esc nein"
      }
    },
    failed: { what, sentence in
      switch what {
      case .request: sentence
      case .store: "Daten nicht verfügbar: \(sentence)"
      case .configuration: "Konfiguration: \(sentence)"
      case .journal: "Das Journal ist noch nicht gesichert: \(sentence)"
      case .hook: "Ein Programm erfuhr nicht von einem Anruf: \(sentence)"
      case .directory: "Das Telefonbuch gab keine Antwort: \(sentence)"
      case .record: "Aufzeichnung oder Protokoll: \(sentence)"
      case .attention: "Ein Anruf ließ sich nicht melden: \(sentence)"
      case .opening: "Die Karte ließ sich nicht öffnen: \(sentence)"
      case .dialling: "Der Anruf ist gescheitert: \(sentence)"
      }
    },
    noPattern: { "„\($0)“ ist weder eine Nummer noch ein Muster aus Ziffern, * und ?." },
    unknownLine: "Niemand hat diese Nummer: c anlegen, a zuordnen.",
    noNumber: "Dieser Anruf hat keine Nummer.",
    copied: { "Kopiert, wenn das Terminal es annimmt: \($0)" },
    markedDone: "Als erledigt markiert.",
    markedOpen: "Der Anruf ist wieder offen.",
    notMissed: "Nur ein verpasster Anruf kann als erledigt markiert werden.",
    reachedSince: "Jemand hat den Anrufer seitdem erreicht.",
    onlyWatches:
      "Ein anderes Fenster dieser Nebenstelle nimmt die Anrufe: dieses sieht nur zu und übernimmt, wenn jenes geschlossen wird.",
    noElsewhere: "Kein ERP ist eingerichtet: Option open.",
    noControl: "Kein Telefon nimmt für diesen Anruf Befehle an.",
    noAnswering: "Bei diesem Telefon lässt sich ein Anruf nicht von hier aus annehmen.",
    noDialler: "Kein Weg zum Wählen ist eingerichtet: Option dial.through.",
    dialling: { "\($0) wird angerufen…" },
    dialled: { number, answer in
      answer.map { "Anruf an \(number): \($0)" } ?? "Der Anruf an \(number) ist unterwegs."
    },
    isFixed: "Diese Option legt die Konfiguration des Rechners fest.",
    machineListClosed: "Die Liste für alle lässt sich von hier nicht ändern.",
    erpListClosed: "Diese Nummer kommt aus dem ERP und lässt sich nur dort entfernen.",
    nameMissing: "Ein Name fehlt.",
    acknowledgement: {
      switch $0 {
      case .noteSaved: "Notiz gesichert."
      case .exceptionAdded: "Ausnahme hinzugefügt."
      case .exceptionRemoved: "Ausnahme entfernt."
      case .optionSaved: "Option gesichert."
      }
    },
    created: { "Geschäftspartner angelegt: \($0)" },
    attached: { "Nummer zugeordnet: \($0)" },
    createdElsewhere: "Das Formular des ERP für einen neuen Geschäftspartner ist geöffnet.",
    opened: { "Karte geöffnet: \($0)" })
}
