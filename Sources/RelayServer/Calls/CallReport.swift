import NumberForms
import TextForms

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
  /// The longest number, or text in its place, that is passed on [bytes].
  static let longestNumber = NumberForm.longest
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

    let tel = try Self.number(fields)
    let said = fields.isUnreplaced(.name) ? nil : fields.text(.name)?.text
    let form = NumberForm(tel ?? "", name: said)
    name = form.name
    switch form.content {
    case .digits, .text: number = .number(form.passedOn.trimmed)
    case .withheld: number = tel == nil ? nil : .withheld
    case .unreplaced: number = nil
    }
    if event == .ring, form.wantsPopup { event = .request }

    if case .end(let said) = event {
      reason = (try? fields.word(.reason)).flatMap { EventWord.endReason($0) } ?? said
    }
  }

  /// What the request says of the number; nil when that is nothing.
  ///
  /// A `%` that begins no escape stands for itself: a call is worth more than the encoding of its number, and
  /// `%CallerNumber%` is a placeholder that was not replaced.
  private static func number(_ fields: RequestFields) throws(Refusal) -> String? {
    guard let (text, isWellFormed) = fields.text(.number, .ofNumber) else { return nil }
    if !isWellFormed, let raw = fields.raw(.number), case .unreplaced = NumberForm(raw).content {
      return raw
    }
    guard !text.utf8.contains(0) else {
      throw .badRequest("the parameter \(fields.said(.number)) holds a NUL")
    }
    return text.trimmed.isEmpty ? nil : text
  }
}
