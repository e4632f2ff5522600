import Telephony

extension Phrases {
  /// French.
  public static let french = Phrases(
    station: { "poste \($0)" },
    noStation: "sans poste",
    source: {
      switch $0 {
      case .launcher: "lanceur"
      case "relay": "relais"
      case "journal": "journal"
      case "erp": "ERP"
      default: $0.name
      }
    },
    sourceDown: { "\($0) indisponible\u{A0}: \($1)" },
    state: {
      switch $0 {
      case .up: "connecté"
      case .down: "indisponible"
      case .off: "inactif"
      }
    },
    quietUntil: { "Ne pas déranger jusqu'à \($0)" },
    quietBriefly: { "silence jusqu'à \($0)" },
    quietOver: "Les appels reviennent.",
    clockWasSet: "L'horloge de la machine a été réglée : les appels de cette fenêtre la suivent.",
    nextTry: { "nouvel essai dans \($0) s" },
    waiting: "En attente",
    callCount: { calls, missed in
      let first = calls < 2 ? "\(calls) appel" : "\(calls) appels"
      return missed == 0 ? first : "\(first), \(missed) manqué\(missed < 2 ? "" : "s")"
    },
    incomingCall: "Appel entrant",
    ongoingCall: "En ligne",
    answeredElsewhere: "Pris ailleurs",
    parties: { "\($0) fiches" },
    recordButton: "Fiche",
    createButton: "Créer",
    attachButton: "Rattacher",
    searching: "recherche…",
    unknown: "inconnu",
    withheld: "Numéro masqué",
    untold: "en ligne, correspondant inconnu",
    unreplaced: { "mot-clé non remplacé\u{A0}: \($0)" },
    moreCalls: { "+\($0) dans le journal" },
    certainty: {
      switch $0 {
      case .exact: "numéro exact"
      case .national: "numéro national"
      case .range: "plage de numéros"
      case .end: "fin du numéro"
      case .switchboard: "même standard"
      case .reading: "lecture incertaine"
      case .several: "un parmi plusieurs"
      case .directory: "annuaire"
      case .telephone: "selon le téléphone"
      case .caller: "peut-être un autre appelant"
      }
    },
    kind: {
      switch $0 {
      case .customer: "client"
      case .prospect: "prospect"
      case .supplier: "fournisseur"
      case .representative: "commercial"
      case .other: "autre"
      case .contact: "contact"
      }
    },
    storeTrouble: "Fichier des tiers indisponible",
    today: "Aujourd'hui",
    yesterday: "Hier",
    day: DateForm.slashes.day,
    shortDay: DateForm.slashes.shortDay,
    noCalls: "Aucun appel pour l'instant.",
    outcome: {
      switch $0 {
      case .ringing: "a sonné"
      case .answered: "répondu"
      case .missed: "manqué"
      case .rejected: "refusé"
      case .answeredElsewhere: "pris ailleurs"
      case .inhibited: "silencieux"
      }
    },
    openMissed: { "\($0) manqué\($0 < 2 ? "" : "s")" },
    journalTitle: "Rechercher dans le journal",
    journalPrompt: "Numéro, nom ou code :",
    noLines: "Aucun appel ne passe ce filtre.",
    filter: {
      [
        $0.onlyMissed ? "manqués" : nil, $0.onlyUnknown ? "inconnus" : nil,
        $0.onlyToday ? "aujourd'hui" : nil, $0.text.isEmpty ? nil : "« \($0.text) »",
      ].compactMap { $0 }.joined(separator: ", ")
    },
    rings: "sonne",
    ongoing: "en ligne",
    reason: {
      switch $0 {
      case .exception(let pattern): pattern.isEmpty ? "exception" : "exception \(pattern)"
      case .shortNumber(let digits, let minimum): "numéro court (\(digits) < \(minimum))"
      case .busy: "poste en ligne"
      case .internal: "interne"
      case .doNotDisturb: "ne pas déranger"
      case .called(let name): "silence pour \(name)"
      case .noMatch: "aucun tiers"
      case .tooOld: "trop ancien"
      case .outgoing: "sortant"
      case .failed: "échec"
      case .untold: "peut-être pris ailleurs"
      case .connectionLost: "connexion perdue"
      }
    },
    duration: { seconds in
      if seconds < 60 { return "\(seconds) s" }
      if seconds < 3600 { return "\(seconds / 60) min \(padded(seconds % 60, 2))" }
      return "\(seconds / 3600) h \(padded(seconds / 60 % 60, 2))"
    },
    storyTitle: { "Appel · \($0)" },
    storyItem: {
      switch $0 {
      case .number: "Numéro"
      case .party: "Tiers"
      case .called: "Appelé"
      case .line: "Ligne"
      case .began: "A sonné le"
      case .rang: "Pendant"
      case .answered: "Décroché le"
      case .outcome: "Issue"
      case .sources: "Signalé par"
      case .mark: "Suivi"
      case .notes: "Notes"
      case .earlier: "Avant"
      }
    },
    noEarlier: "aucun appel avant",
    loading: "lecture de la fiche…",
    use: {
      switch $0 {
      case .phone: "tél."
      case .mobile: "mobile"
      case .fax: "fax"
      case .extension: "poste"
      case .attached: "rattaché"
      }
    },
    thisCall: "◂ appel",
    contacts: "Contacts",
    notes: "Notes",
    latestCalls: "Appels",
    helpTitle: "Touches",
    context: {
      switch $0 {
      case .window: "Partout"
      case .call: "Appel sélectionné"
      case .line: "Ligne du journal"
      case .story: "Histoire d'une ligne"
      case .card: "Fiche ouverte"
      case .exceptionsScreen: "Écran des exceptions"
      case .optionsScreen: "Écran des options"
      case .exceptionQuestion: "Nouvelle exception"
      case .choice: "Choix d'une fiche"
      case .numberChoice: "Choix d'un numéro"
      case .dialQuestion: "Appel d'un code"
      case .quitQuestion: "Quitter quand un appel sonne"
      case .help: "Aide"
      }
    },
    action: {
      switch $0 {
      case .openRecord: "ouvrir la fiche"
      case .viewCard: "voir la fiche intégrée"
      case .openElsewhere: "ouvrir dans l'ERP"
      case .next: "appel suivant, puis journal"
      case .previous: "appel précédent"
      case .up: "monter"
      case .down: "descendre"
      case .pageUp: "page précédente"
      case .pageDown: "page suivante"
      case .pick(let place): "appel \(place)"
      case .create: "créer un tiers"
      case .attach: "rattacher à un tiers"
      case .exception: "mettre en exception"
      case .note: "écrire une note"
      case .answer: "répondre à l'appel"
      case .hangUp: "raccrocher, ou refuser l'appel"
      case .dial: "appeler le numéro"
      case .dialNow: "appeler ce numéro"
      case .hide: "masquer l'appel"
      case .closeCard: "fermer la fiche"
      case .leaveLine: "quitter le journal"
      case .showStory: "montrer toute l'histoire"
      case .markDone: "marquer comme traité, ou non"
      case .copyNumber: "copier le numéro"
      case .showHelp: "aide"
      case .showOptions: "options"
      case .search: "rechercher un tiers"
      case .showMissed: "appels manqués seulement, ou tous"
      case .showUnknown: "appelants inconnus seulement, ou tous"
      case .showToday: "appels du jour seulement, ou tous"
      case .showAll: "tous les appels"
      case .searchJournal: "rechercher dans le journal"
      case .showExceptions: "exceptions"
      case .doNotDisturb: "ne pas déranger (30 min, soir, fin)"
      case .playSample: "jouer un appel (démonstration)"
      case .quit: "quitter"
      case .addEntry: "ajouter"
      case .removeEntry: "supprimer"
      case .closeDialog: "fermer"
      case .valueForward: "valeur suivante"
      case .valueBackward: "valeur précédente"
      case .valueReset: "revenir à la configuration"
      case .choose: "ouvrir cette fiche"
      case .quitNow: "quitter quand même"
      case .forMe: "pour moi"
      case .forEverybody: "pour tous"
      }
    },
    key: { $0.name(.french) },
    confirmQuit: "Un appel sonne. Quitter quand même\u{A0}?",
    chooseTitle: { "Fiches du \($0)" },
    dialTitle: { "Appeler · \($0)" },
    dialWarning: "Avec * ou #, c'est un code\u{A0}: il peut changer les réglages du téléphone.",
    noteTitle: { "Note · \($0)" },
    createTitle: { "Créer un tiers · \($0)" },
    createItem: {
      switch $0 {
      case .name: "Nom"
      case .kind: "Nature"
      case .contact: "Interlocuteur"
      case .city: "Ville"
      }
    },
    attachTitle: { "Rattacher \($0)" },
    searchTitle: "Rechercher un tiers",
    searchPrompt: "Nom, ville ou code\u{A0}:",
    nothingFound: "Rien ne correspond.",
    exceptionTitle: { "Exception · \($0)" },
    exceptionForMe: "Entrée  pour moi seulement",
    exceptionForEverybody: "*       pour tous les collaborateurs",
    exceptionsTitle: "Numéros en exception",
    noExceptions: "Aucune exception.",
    list: {
      switch $0 {
      case .own: "moi"
      case .machine: "tous"
      case .erp: "ERP"
      }
    },
    addPrompt: {
      $0 == .own ? "Numéro ou modèle, pour moi\u{A0}:" : "Numéro ou modèle, pour tous\u{A0}:"
    },
    optionsTitle: "Options",
    option: {
      switch $0 {
      case "trigger": "La fiche s'ouvre d'elle-même"
      case "popup": "Ouvrir la fiche à chaque appel"
      case "inhibit_unknown": "Silence si aucun tiers"
      case "inhibit_busy": "Silence si poste en ligne"
      case "inhibit_internal": "Silence pour les appels internes"
      case "min_digits": "Silence sous ce nombre de chiffres"
      default: $0
      }
    },
    optionValue: {
      switch $0 {
      case "true": "oui"
      case "false": "non"
      case "application": "l'application décide"
      case "ring": "à la sonnerie"
      case "answer": "au décroché"
      case "request": "sur demande"
      default: $0
      }
    },
    origin: {
      switch $0 {
      case .standard: "par défaut"
      case .machine: "machine"
      case .operatorFile: "mon fichier"
      case .screen: "choisi ici"
      case .commandLine: "ligne de commande"
      }
    },
    fixed: "imposé",
    dialHint: "d appeler",
    hints: {
      switch $0 {
      case .call: "x exception  n note  Échap masquer"
      case .ringingTelephone: "R répondre  H refuser  n note  Échap masquer"
      case .refusableCall: "H refuser  x exception  n note  Échap masquer"
      case .severalCall: "↑↓ choisir  x exception  n note  Échap masquer"
      case .accountCall: "c créer  a rattacher  Échap masquer"
      case .numberlessCall: "Échap masquer"
      case .failedCall: "⏎ réessayer  x exception  Échap masquer"
      case .line:
        "⏎ histoire  o fiche  M traité  y copier  c créer  a rattacher  x exception  n note  Échap retour"
      case .numberlessLine: "⏎ histoire  Échap retour"
      case .story: "⏎ fiche  M traité  y copier  n note  Échap fermer"
      case .elsewhereCard: "n note  e ouvrir dans l'ERP  Échap fermer"
      case .besideCard: "Échap fermer la fiche"
      case .card: "n note  Échap fermer"
      case .idle: "? aide  q quitter  / rechercher  Tab sélectionner  , options"
      case .demo: "p jouer un appel  ? aide  q quitter  / rechercher  Tab sélectionner"
      case .form: "Entrée créer  Tab champ suivant  ←→ nature  Échap annuler"
      case .note: "Entrée enregistrer  Échap annuler"
      case .journalText: "Entrée rechercher  Échap annuler"
      case .attach: "↑↓ choisir  Entrée valider  * toute la plage  Échap annuler"
      case .search, .choose: "↑↓ choisir  Entrée valider  Échap annuler"
      case .exceptions: "a ajouter  d supprimer  Échap fermer"
      case .adding: "Entrée ajouter  Tab moi/tous  Échap annuler"
      case .options: "↑↓ choisir  ←→ changer  r configuration  Échap fermer"
      case .help: "↑↓ défiler  Échap fermer"
      case .question: "Échap annuler"
      case .dialQuestion: "Entrée appeler  Échap annuler"
      case .quitQuestion: "q oui  Échap non"
      }
    },
    failed: { what, sentence in
      switch what {
      case .store: "Données indisponibles\u{A0}: \(sentence)"
      case .configuration: "Configuration\u{A0}: \(sentence)"
      case .record: "Trace ou journal technique\u{A0}: \(sentence)"
      case .request: "Opération impossible\u{A0}: \(sentence)"
      case .journal: "Le journal n'est pas encore enregistré\u{A0}: \(sentence)"
      case .opening: "La fiche n'a pas pu être ouverte\u{A0}: \(sentence)"
      case .hook: "Un programme n'a pas été averti d'un appel\u{A0}: \(sentence)"
      case .directory: "L'annuaire n'a pas répondu\u{A0}: \(sentence)"
      case .attention: "Un appel n'a pas pu être signalé\u{A0}: \(sentence)"
      case .dialling: "L'appel n'a pas été passé\u{A0}: \(sentence)"
      }
    },
    noPattern: {
      "«\u{A0}\($0)\u{A0}» n'est ni un numéro ni un modèle fait de chiffres, de * et de ?."
    },
    unknownLine: "Aucun tiers n'a ce numéro\u{A0}: c créer, a rattacher.",
    noNumber: "Cet appel n'a pas de numéro.",
    copied: { "Copié, si le terminal le permet\u{A0}: \($0)" },
    markedDone: "Marqué comme traité.",
    markedOpen: "L'appel est de nouveau à traiter.",
    notMissed: "Seul un appel manqué peut être marqué comme traité.",
    reachedSince: "Quelqu'un a joint l'appelant depuis.",
    onlyWatches:
      "Une autre fenêtre de ce poste prend les appels : celle-ci ne fait que regarder, et prendra le relais à sa fermeture.",
    noElsewhere: "Aucun ERP n'est configuré\u{A0}: option open.",
    noControl: "Aucun téléphone ne prend de commande pour cet appel.",
    noAnswering: "Ce téléphone ne peut pas être décroché d'ici.",
    noDialler: "Aucun moyen d'appeler n'est configuré\u{A0}: option dial.through.",
    dialling: { "Appel du \($0)…" },
    dialled: { number, answer in
      answer.map { "Appel du \(number)\u{A0}: \($0)" } ?? "Appel du \(number) lancé."
    },
    isFixed: "Cette option est imposée par la configuration de la machine.",
    machineListClosed: "La liste de tous ne peut pas être modifiée d'ici.",
    erpListClosed: "Ce numéro vient de l'ERP et ne peut être supprimé que là-bas.",
    nameMissing: "Il faut un nom.",
    acknowledgement: {
      switch $0 {
      case .noteSaved: "Note enregistrée."
      case .exceptionAdded: "Exception ajoutée."
      case .exceptionRemoved: "Exception supprimée."
      case .optionSaved: "Option enregistrée."
      }
    },
    created: { "Tiers créé\u{A0}: \($0)" },
    attached: { "Numéro rattaché à \($0)" },
    createdElsewhere: "Le formulaire de création de l'ERP est ouvert.",
    opened: { "Fiche ouverte\u{A0}: \($0)" })
}
