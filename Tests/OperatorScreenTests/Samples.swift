import OperatorScreen
import Telephony

/// Invented callers and third parties.
enum Sample {
  static let dupontNumber = PhoneNumber(.complete, "+33388202122")
  static let garageNumber = PhoneNumber(.complete, "+33199004567")

  static let dupontCaller = Caller(
    identity: .number(dupontNumber), text: "03 88 20 21 22", receivedDigits: 10)
  static let garageCaller = Caller(
    identity: .number(garageNumber), text: "01 99 00 45 67", receivedDigits: 10)
  static let unknownCaller = caller(1234)
  static let withheldCaller = Caller(identity: .withheld)
  static let colleague = Caller(
    identity: .number(PhoneNumber(.extension, "1025")), text: "1025", receivedDigits: 4)

  static let code = Caller(
    identity: .number(PhoneNumber(.extension, "*21*1025#")), text: "*21*1025#", receivedDigits: 6)

  /// One of ten thousand callers.
  static func caller(_ last: Int) -> Caller {
    let digits = padded(last % 10_000, 4)
    return Caller(
      identity: .number(PhoneNumber(.complete, "+3363998" + digits)),
      text: "06 39 98 \(digits.prefix(2)) \(digits.suffix(2))", receivedDigits: 10)
  }

  static let dupont = Match(
    party: ThirdPartySummary(
      code: "C00123", id: 1, kind: .customer, name: "Dupont SA", zip: "67000", city: "Strasbourg"),
    contact: "Marie Dupont, achats", strength: .exact)
  static let muller = Match(
    party: ThirdPartySummary(
      code: "C00200", id: 2, kind: .customer, name: "Garage Muller", zip: "75011", city: "Paris"),
    strength: .exact, isRemembered: true)
  static let location = Match(
    party: ThirdPartySummary(
      code: "P00201", id: 3, kind: .prospect, name: "Muller Location", zip: "75012", city: "Paris"),
    strength: .exact)
  static let schmitt = Match(
    party: ThirdPartySummary(
      code: "C00202", id: 4, kind: .customer, name: "Transports Schmitt", zip: "57000",
      city: "Metz"),
    strength: .weak)
  static let several = [muller, location, schmitt]

  static let dupontRecord = ThirdPartyRecord(
    summary: dupont.party, address: "12 rue des Tanneurs", country: "FR",
    email: "compta@dupont.example", remarks: "Livraison le matin.",
    numbers: [
      ListedNumber(use: .phone, number: dupontNumber, text: "03 88 20 21 22"),
      ListedNumber(
        use: .mobile, number: PhoneNumber(.complete, "+33639980011"), text: "06 39 98 00 11"),
      ListedNumber(
        use: .mobile, number: PhoneNumber(.complete, "+33639980012"), text: "06 39 98 00 12",
        contact: "Marie Dupont, achats"),
    ],
    notes: [Note(at: Story.wall + -86_400_000, text: "Rappeler pour le devis 2211")],
    calls: [
      JournalEntry(
        key: "a", at: Story.wall + -172_800_000, number: "+33388202122", text: "03 88 20 21 22",
        outcome: .answered, duration: 240),
      JournalEntry(
        key: "b", at: Story.wall + -345_600_000, number: "+33388202122", text: "03 88 20 21 22",
        outcome: .missed),
    ])

  static let mullerRecord = ThirdPartyRecord(summary: muller.party, address: "3 rue du Port")

  /// Lines of an earlier run, newest first.
  static let journal = [
    JournalEntry(
      key: "old-3", at: Story.wall + -60_000, number: "+33639981234", text: "06 39 98 12 34",
      outcome: .missed),
    JournalEntry(
      key: "old-2", at: Story.wall + -900_000, number: "+33199004567", text: "01 99 00 45 67",
      name: "Garage Muller", code: "C00200", outcome: .answered, duration: 130),
    JournalEntry(
      key: "old-1", at: Story.wall + -86_400_000, number: "1025", text: "1025",
      name: "Comptabilité", code: "I1025", outcome: .inhibited, reason: .internal),
  ]

  /// The company's own numbers.
  static let ownNumbers = OwnNumbers(
    names: ["+33199004500": "Support", "+33199004501": "Ventes"], key: { $0 }, text: { $0 })

  /// Lines with the number that was called.
  static let calledJournal = [
    JournalEntry(
      key: "called-2", at: Story.wall + -30_000, number: "+33639981235", text: "06 39 98 12 35",
      outcome: .missed, own: OwnNumber(called: "+33199004501")),
    JournalEntry(
      key: "called-1", at: Story.wall + -40_000, number: "+33199004567", text: "01 99 00 45 67",
      name: "Garage Muller, carrosserie et peinture", code: "C00200", outcome: .answered,
      duration: 130, own: OwnNumber(called: "+33199004500", line: "2")),
  ]

  /// The line of which the journal knows everything.
  static let storyJournal = {
    var line = JournalEntry(
      key: "story-1", at: Story.wall + -20_000, number: "+33199004567", text: "01 99 00 45 67",
      name: "Garage Muller", code: "C00200", outcome: .missed,
      own: OwnNumber(called: "+33199004500", line: "2"))
    (line.rang, line.certainty, line.sources) = (12, .national, "launcher, sip")
    line.isDone = true
    return [line]
  }()

  static let options = [
    OptionRow(
      key: "trigger", value: "application",
      values: .choice(["application", "ring", "answer", "request"]), origin: .standard,
      isFixed: false),
    OptionRow(key: "popup", value: "false", values: .flag, origin: .machine, isFixed: true),
    OptionRow(
      key: "inhibit_unknown", value: "true", values: .flag, origin: .screen, isFixed: false),
    OptionRow(
      key: "min_digits", value: "4", values: .number(0...20), origin: .operatorFile, isFixed: false),
  ]

  static let exceptions = [
    ExceptionNumber(pattern: "+33536491234", comment: "démarcheur", list: .own),
    ExceptionNumber(pattern: "+33800*", list: .machine),
    ExceptionNumber(pattern: "+33465710000", collaborator: "MD", list: .machine),
    ExceptionNumber(pattern: "+33199000009", comment: "litige", list: .erp),
  ]
}
