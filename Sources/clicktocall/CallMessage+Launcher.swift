extension CallMessage {
  /// The message that the command line and the softphone's environment make together.
  ///
  /// Throws ``LauncherExit/usage(_:)`` without any call, and ``LauncherExit/refused(_:)`` when neither
  /// a number nor a call id says which call is meant.
  init(_ options: LauncherOptions, environment: (String) -> String?) throws(LauncherExit) {
    if !options.words.isEmpty {
      let words = LauncherWords(options.words)
      self.init(
        event: words.event ?? "", tel: words.tel, id: words.callID, direction: words.direction,
        reason: words.reason, popup: words.popup)
    } else if let call = TwinkleCall(environment: environment) {
      self.init(
        event: call.event, tel: call.tel, id: call.callID, name: call.name, called: call.called,
        line: call.line, direction: call.direction, reason: call.reason)
    } else if options.callID != nil {
      self.init(event: "", tel: "")
    } else {
      throw .usage("no number was given")
    }
    id = options.callID ?? id
    line = options.line ?? line
    called = options.called ?? called
    direction = options.direction ?? direction
    readEvent(options.event ?? event)
    reason = options.reason ?? reason
    wantsName = options.wantsName && event == "ring"
    try readNumber(name: options.name)
  }

  /// Writes the event in the relay's words; a word that nobody knows goes through.
  private mutating func readEvent(_ text: String) {
    let word = EventWord(text)
    event = word.word
    if case .end(let why?) = word { reason = reason ?? why }
  }

  /// Takes the number out of its wrapping, as the relay does (R27).
  private mutating func readNumber(name given: String?) throws(LauncherExit) {
    let form = NumberForm(tel)
    switch form.content {
    case .digits(let digits):
      // A number of a private plan, or of a named country, keeps the wrapping that says so.
      if !form.isLocal, form.countryContext == nil { tel = digits }
    case .withheld, .unreplaced:
      // The window reads these itself, and counts the keywords.
      break
    case .unreadable:
      guard id != nil else { throw .refused("the number holds no usable character") }
    }
    name = given ?? name ?? form.name
  }
}
