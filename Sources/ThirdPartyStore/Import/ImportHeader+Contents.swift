internal import PhoneNumbers

/// What stands in the rows under a header, where it says more than the header.
extension ImportHeader {
  static func areNames(_ texts: [String]) -> Bool {
    let said = texts.filter { !Missing.isNobody($0) }
    guard said.count * 2 > texts.count, Set(said).count * 5 >= said.count * 4 else { return false }
    return areLikeNames(said)
  }

  /// The same, where many rows may have one name, and others none.
  static func areLikeNames(_ texts: [String]) -> Bool {
    let said = texts.filter { !Missing.isNobody($0) }
    return !said.isEmpty && said.count(where: Self.isLikeName) * 10 >= said.count * 9
  }

  /// Whether it is as short as names are, begins like one and has more letters than anything else.
  private static func isLikeName(_ text: String) -> Bool {
    let letters = text.count(where: \.isLetter)
    guard letters > 1, text.count <= 60, text.split(separator: " ").count <= 6,
      let first = text.first(where: \.isLetter), !first.isLowercase
    else { return false }
    return letters * 2 > text.count && !text.contains("@") && !text.contains("://")
  }

  /// Whether the texts that are there are telephone numbers, and not counted on or codes: with a zero or a plus at
  /// their head, or taken apart.
  /// `mayBePlain`: enough digits will do.
  static func areNumbers(
    _ texts: some Sequence<String>, isStrict: Bool = false, mayBePlain: Bool = false
  ) -> Bool {
    var (numbers, others) = (0, 0)
    for text in texts where !Missing.isWord(text) {
      let text = text.withoutPauses
      let digits = text.utf8.count { (0x30...0x39).contains($0) }
      let isPlain = text.unicodeScalars.allSatisfy {
        !$0.properties.isAlphabetic && $0 != "@" && $0 != "€"
      }
      let isMarked =
        "+0(".contains(text.first ?? " ") || (!isStrict && digits < text.utf8.count)
        || (mayBePlain && digits > 8)
      let isLong = (isStrict ? 9...15 : 6...20).contains(digits)
      if isLong, isPlain, isMarked { numbers += 1 } else { others += 1 }
    }
    return numbers > (isStrict ? 20 : 2) * others
  }

  /// Whether the texts are telephone numbers and can be nothing else, but for a few.
  static func areTelephones(_ texts: some Sequence<String>) -> Bool {
    var (numbers, others) = (0, 0)
    for text in texts where !Missing.isWord(text) {
      if SpreadsheetText.unguarded(text).isPlainTelephone { numbers += 1 } else { others += 1 }
    }
    return numbers > 20 * others
  }

  /// Whether the texts only answer a question: yes and no, or a digit; `isEmptyOne`: or say nothing at all.
  static func areAnswers(_ texts: some Sequence<String>, isEmptyOne: Bool) -> Bool {
    var isEmpty = true
    for text in texts where !text.isEmpty {
      isEmpty = false
      guard Missing.isAnswer(text) || (text.utf8.count == 1 && text.first?.isNumber == true) else {
        return false
      }
    }
    return isEmpty ? isEmptyOne : true
  }

  /// Whether a row behind a gap can only be the headers of something else than telephones: words that are known of
  /// headers stand in it, and no number where numbers stand.
  func isForeign(_ record: CSVRecord) -> Bool {
    let said = (0..<record.count).map { record.text($0) }
    guard said.contains(where: { HeaderWords($0).isKnown }) else { return false }
    return zip(columns, said).contains { column, text in
      column?.isNumber == true && !text.isEmpty && !Missing.isWord(text)
        && !text.contains(where: \.isNumber)
    }
  }

  /// Whether the texts have digits and nothing that is of a name, as keys do, and differ in each row unless they may
  /// repeat: `411001`, `CU2401-7`.
  static func areKeys(_ texts: some Sequence<String>, mayRepeat: Bool = false) -> Bool {
    var keys = Set<String>()
    for text in texts where !text.isEmpty {
      guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x80 }), !text.contains(where: \.isLowercase),
        text.contains(where: \.isNumber), keys.insert(text).inserted || mayRepeat
      else { return false }
    }
    return !keys.isEmpty
  }
}

extension String {
  /// Without what a telephone dials once somebody has answered: `0199001001p12`.
  fileprivate var withoutPauses: Substring {
    guard let pause = firstIndex(where: { "pPwW".contains($0) }),
      self[..<pause].last?.isNumber == true,
      self[index(after: pause)...].allSatisfy({ $0.isNumber || "#*,".contains($0) })
    else { return self[...] }
    return self[..<pause]
  }

  /// Whether it can be nothing but a telephone number, whatever it is called.
  var isPlainTelephone: Bool {
    let digits = utf8.count { (0x30...0x39).contains($0) }
    return (9...15).contains(digits) && "0+(".contains(first ?? " ") && !hasPrefix("000")
      && utf8.allSatisfy { (0x30...0x39).contains($0) || " +-.()/".utf8.contains($0) }
  }

  /// Whether as many digits stand in it as in a telephone number.
  var hasTelephone: Bool { utf8.count { (0x30...0x39).contains($0) } > 5 }

  /// Whether it is no header, for none has an e-mail address in it, or a telephone but in brackets, as an example.
  var isOfRow: Bool {
    let bare = prefix { !"([".contains($0) }
    return bare.utf8.count { (0x30...0x39).contains($0) } > 8 || bare.isAddress
      || prefix { !$0.isLetter }.utf8.count { (0x30...0x39).contains($0) } > 5
  }
}

extension Substring {
  /// Whether an address of e-mail stands in it.
  fileprivate var isAddress: Bool {
    guard let mark = firstIndex(of: "@"), mark > startIndex else { return false }
    return self[mark...].dropFirst().contains(".")
  }
}
