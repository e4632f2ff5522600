/// The switches with which some softphones start a program (3CX style).
///
///     /N:S /C:0388202122 /T:I /I:42
///     --number=0388202122
///
/// `/N:` is the event (S started, C connected, E ended), `/C:` the caller, `/T:` the direction (I, O),
/// `/I:` the call's id. A value goes on until the next switch; unknown switches are left out.
struct SwitchForm {
  var number: Bytes?
  var event: Bytes?
  var direction: Bytes?
  var callID: Bytes?

  /// Nil when the text does not begin with a switch, or has none that is known.
  init?(_ bytes: Bytes) {
    var values: [(key: Bytes, value: Bytes)] = []
    for word in bytes.split(whereSeparator: { $0.isBlank }) {
      if let opened = Self.opened(word.unquoted) {
        values.append(opened)
      } else if values.isEmpty {
        return nil
      } else {
        values[values.count - 1].value.append(0x20)
        values[values.count - 1].value.append(contentsOf: word)
      }
    }
    for (key, value) in values {
      let value = value.unquoted
      if key.spells("c") || key.spells("number") { number = value }
      if key.spells("n") { event = value }
      if key.spells("t") { direction = value }
      if key.spells("i") { callID = value }
    }
    if number == nil, event == nil, callID == nil { return nil }
  }

  /// The key and the beginning of the value, when the word opens a switch.
  private static func opened(_ word: Bytes) -> (key: Bytes, value: Bytes)? {
    let isLong = word.starts(with: "--".utf8)
    guard isLong || word.first == UInt8(ascii: "/") else { return nil }
    let (key, value) = word.dropFirst(isLong ? 2 : 1).cut(at: UInt8(ascii: isLong ? "=" : ":"))
    guard let value, !key.isEmpty, key.allSatisfy({ $0.isLetter }), isLong || key.count == 1 else {
      return nil
    }
    return (key, value)
  }
}
