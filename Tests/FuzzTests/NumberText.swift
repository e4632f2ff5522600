import NumberForms

/// What telephone software passes as number, words and environment: words end at a NUL, as in `argv`.
enum NumberText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let form = NumberForm(String(decoding: bytes, as: UTF8.self))
    expectPlain(form.name)
    if case .digits(let digits) = form.content {
      precondition(digits.utf8.allSatisfy { "0123456789+*# .-()/,".utf8.contains($0) })
    }
    let launched = LauncherWords(words)
    expectPlain(launched.event)
    expectPlain(NumberForm(launched.tel).name)
    expectPlain(EventWord(words[0]).word)

    let names = [
      "TWINKLE_TRIGGER", "SIP_FROM_USER", "SIP_FROM_DISPLAY", "SIP_FROM", "SIP_TO_USER",
      "SIP_TO_DISPLAY", "SIP_TO", "SIPSTATUS_CODE", "SIP_CALL_ID", "TWINKLE_LINE",
    ]
    let call = TwinkleCall { name in
      names.firstIndex(of: name).flatMap { words.indices.contains($0) ? words[$0] : nil }
    }
    expectPlain(call?.name)
  }
}
