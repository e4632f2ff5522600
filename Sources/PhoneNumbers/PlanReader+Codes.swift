internal import Telephony

/// What stands before and behind numbers: the codes of telephone systems and networks, and the own country's.
extension PlanReader {
  /// The number with which a `*` or `#` stands, or all of it as a code.
  func withCode(_ dialled: DialString) -> PhoneNumber? {
    let keys = dialled.keys
    return behindOutsidePrefix(keys) ?? beforeExtension(dialled) ?? behindService(keys)
      ?? behindKey(keys) ?? PhoneNumber(.extension, keys)
  }

  /// The complete number behind an outside-line prefix that is itself a code (`*9`).
  private func behindOutsidePrefix(_ keys: String) -> PhoneNumber? {
    guard !outsidePrefix.isEmpty, keys.hasPrefix(outsidePrefix) else { return nil }
    return number(behindCode: keys.dropFirst(outsidePrefix.count)) { $0 == .complete }
  }

  /// The number before a `*` or `#` and the caller's own extension: `0199003015*206`.
  private func beforeExtension(_ dialled: DialString) -> PhoneNumber? {
    var head = dialled
    head.keys = String(dialled.keys.prefix { !Self.isKey($0) })
    return number(head).flatMap { [.complete, .national].contains($0.kind) ? $0 : nil }
  }

  /// The number behind a service's code: `#31#0388202122` (calling-line restriction; 3GPP TS 22.030).
  private func behindService(_ keys: String) -> PhoneNumber? {
    let code = keys.drop(while: Self.isKey)
    let rest = code.drop { !Self.isKey($0) }
    guard code.count < keys.count, (2...3).contains(code.count - rest.count) else { return nil }
    return number(behindCode: rest.dropFirst()) {
      $0 == .complete || ($0 == .extension && rest.first == "#")
    }
  }

  /// The number behind the last star or hash, or behind a code of two digits that nothing sets off: `*0199003161`,
  /// `7193#0199003161`, `*310199003161`. No code of a telephone system is that long; nobody said that it is none, though:
  /// national.
  private func behindKey(_ keys: String) -> PhoneNumber? {
    guard let key = keys.lastIndex(where: Self.isKey) else { return nil }
    let digits = keys[keys.index(after: key)...]
    for count in [0, 2] where digits.utf8.count - count > Self.longestCode {
      let rest = String(digits.dropFirst(count))
      let bare = count == 0 ? withoutPlus(rest) : nil
      if let read = standing(DialString(digits: rest)) ?? bare, read.fit == .valid {
        return PhoneNumber(.national, read.e164)
      }
    }
    return nil
  }

  /// What stands behind a plus: a number with its country, or one of here before which a telephone system put the plus or
  /// the own country's code as before every other (`+333639`, `+330033199003161`). Where no range is assigned to what it
  /// would be, and one is to what it would be without the plus, nobody knows.
  func behindPlus(_ keys: String) -> PhoneNumber? {
    let read = international(keys)
    if let read, read.fit == .valid { return PhoneNumber(.complete, read.e164) }
    if let number = behindOwnCountry(keys, isPossible: read != nil) { return number }
    guard let read else {
      // The first digits of a number, but that `+1` stands before any of North America.
      let own = Region.countryCode(region) ?? 0
      return own > 9 && keys.hasPrefix("\(own)") ? PhoneNumber(.fragment, keys) : nil
    }
    let home = asDialled(DialString(digits: keys)) ?? withoutTrunk(keys)
    let isHome = home.map { $0.fit == .valid && !isLoose($0) && $0.e164 != read.e164 } ?? false
    return isHome ? PhoneNumber(.fragment, keys) : PhoneNumber(.complete, read.e164)
  }

  /// The number behind the own country's code: a public short number, or one that says its country itself; where all is
  /// possible in the plan, behind what is dialled for that, or with the same country once more.
  private func behindOwnCountry(_ keys: String, isPossible: Bool) -> PhoneNumber? {
    guard let own = Region.countryCode(region).map({ String($0) }), keys.hasPrefix(own) else {
      return nil
    }
    let rest = String(keys.dropFirst(own.utf8.count))
    if Region.isShortNumber(rest, in: region) { return PhoneNumber(.extension, rest) }
    // An extension's length says nothing here.
    guard own.utf8.count > 1, let read = asDialled(DialString(digits: rest)) ?? withoutPlus(rest),
      read.fit == .valid, !isPossible || isOwn(read) || rest.hasPrefix("0")
    else { return nil }
    return PhoneNumber(.national, read.e164)
  }

  private func number(
    behindCode digits: Substring, _ isMeant: (PhoneNumber.Kind) -> Bool
  ) -> PhoneNumber? {
    let rest = DialString(digits: String(digits))
    guard rest.isDigits, let number = number(rest), isMeant(number.kind) else { return nil }
    return number
  }

  private static func isKey(_ character: Character) -> Bool { character == "*" || character == "#" }

  /// The most digits of a code.
  private static let longestCode = 8
}
