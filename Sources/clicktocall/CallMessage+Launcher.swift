extension CallMessage {
  /// The message that the command line and the softphone's environment make together.
  ///
  /// Throws ``LauncherExit/usage(_:)`` without any call, and ``LauncherExit/refused(_:)`` when what stands for the
  /// number is too long, or nothing of it can be seen and no call id says which call is meant.
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
    fit()
  }

  /// Writes the event in the relay's words; a word that nobody knows goes through.
  private mutating func readEvent(_ text: String) {
    let word = EventWord(text)
    event = word.word
    if case .end(let why?) = word { reason = reason ?? why }
  }

  /// Takes the caller out of the wrapping, as the relay does (R27). Whoever it is, the window shows it: nothing is
  /// refused because no rule reads it.
  private mutating func readNumber(name given: String?) throws(LauncherExit) {
    guard tel.utf8.count <= NumberForm.longest else {
      throw .refused("the number is longer than \(NumberForm.longest) bytes")
    }
    let isBlank = tel.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    guard isBlank || PlainText.isVisible(PlainText.cleaned(tel)) || id != nil else {
      throw .refused("the number holds no usable character")
    }
    let form = NumberForm(tel, name: given ?? name)
    tel = isBlank ? "" : form.passedOn
    name = form.name
  }

  /// Cuts what does not fit into one message: a call is worth more than all of its name.
  ///
  /// The lengths [bytes] are a third of what they may take encoded (`%XX`), and all of them together fit.
  private mutating func fit() {
    let texts = [tel, event, name, id, called, line, direction, reason]
    guard texts.reduce(0, { $0 + ($1?.utf8.count ?? 0) }) > 1200 else { return }
    let cut = { (text: String?, bytes: Int) in text.map { PlainText.cut($0, bytes: bytes) } }
    (tel, event) = (PlainText.cut(tel, bytes: 250), PlainText.cut(event, bytes: 32))
    (name, id) = (cut(name, 360), cut(id, 380))
    (called, line) = (cut(called, 90), cut(line, 90))
    (direction, reason) = (cut(direction, 16), cut(reason, 32))
  }
}
