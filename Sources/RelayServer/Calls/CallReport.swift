import NumberForms

/// What one `setevent` says about a call.
struct CallReport: Sendable {
  var key: StationKey
  var event: EventWord
  /// Nil when the request says nothing usable about the number.
  var number: RelayedNumber?
  /// The telephony's own name for the call.
  var id: String?
  var name: String?
  /// `missed`, `rejected`, `elsewhere` or `failed`; only of an end.
  var reason: String?
  /// `in` or `out`.
  var direction: String?
  /// Who reports: the source of the request, whose values are bounded together.
  var writer = ""
}

extension CallReport {
  /// The longest number that is passed on [characters]; the longest that networks know has 15 digits
  /// (ITU-T E.164), and phones may wrap a few prefixes around it.
  static let longestNumber = 64
  /// The longest id that is passed on [characters].
  static let longestID = 256

  /// Reads a report; throws 400.
  init(_ fields: RequestFields) throws(Refusal) {
    key = try StationKey(fields)
    event = EventWord(try fields.word(.event) ?? "")
    // What only adds to a call costs itself and not the call. An id that is a placeholder would make one
    // call of all that the telephone ever reports.
    if !fields.isUnreplaced(.id) {
      id = (try? fields.word(.id, limit: Self.longestID)).map {
        PlainText.cleaned($0, limit: Self.longestID)
      }
    }
    direction = (try? fields.word(.direction)).flatMap { DirectionWord($0)?.rawValue }
    if !fields.isUnreplaced(.name) {
      name = fields.text(.name).map { PlainText.cleaned($0.text) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    let form = try Self.form(fields)
    name = name ?? form?.name
    switch form?.content {
    case .digits(let digits):
      guard digits.utf8.count <= Self.longestNumber else {
        throw .badRequest("the parameter \(fields.said(.number)) is too long for a number")
      }
      number = .number(digits.trimmed)
    case .withheld: number = .withheld
    case .unreplaced, .unreadable, nil: number = nil
    }
    if event == .ring, form?.wantsPopup == true { event = .request }

    if case .end(let said) = event {
      reason = (try? fields.word(.reason)).flatMap { EventWord.endReason($0) } ?? said
    }
  }

  /// The number's wrapping taken apart; nil when nothing is said.
  private static func form(_ fields: RequestFields) throws(Refusal) -> NumberForm? {
    guard let (text, isWellFormed) = fields.text(.number, .ofNumber) else { return nil }
    let name = fields.said(.number)
    guard isWellFormed else {
      // `%CallerNumber%` is a placeholder that was not replaced, and no broken encoding.
      if let raw = fields.raw(.number), case let form = NumberForm(raw),
        case .unreplaced = form.content
      {
        return form
      }
      throw .badRequest("the parameter \(name) has a % that begins no escape")
    }
    guard !text.utf8.contains(0) else { throw .badRequest("the parameter \(name) holds a NUL") }
    return text.trimmed.isEmpty ? nil : NumberForm(text)
  }
}
