import TextForms

/// Digits in an ERP's phone field that are something else than a number: dates, a company's registration,
/// and what people type where they must type something.
enum OtherDigits {
  /// A run of ``PhoneField`` without the dates in it: `12/05/2021`, `2021-05-12`. With two digits for the year
  /// they are left, but for `12/05/70` beside a number: `12-12-12` is one in Luxembourg, and of no use elsewhere.
  static func withoutDates(_ run: String) -> String {
    // Two separators of the same kind are rare in a run, and looked for first: imports are long.
    guard run.utf8.count >= shortestDate, run.utf8.contains(where: "/.-".utf8.contains) else {
      return run
    }
    let all = DialString.digitCount(run)
    return run.split(separator: " ", omittingEmptySubsequences: false)
      .map { word -> Substring in
        let bare = word.filter { !"()".contains($0) }
        let others = all - DialString.digitCount(bare)
        let isBeside = others >= shortestDate && (isShortDate(bare) || isMonth(bare))
        return WrittenDate.isWhole(Array(bare.utf8)[...]) || isBeside ? "" : word
      }
      .joined(separator: " ")
  }

  /// `12/05/70`.
  private static func isShortDate(_ text: String) -> Bool {
    let groups = text.split(separator: "/", omittingEmptySubsequences: false)
    guard groups.count == 3, groups.allSatisfy({ (1...2).contains($0.utf8.count) }),
      groups[2].utf8.count == 2
    else { return false }
    let values = groups.compactMap { Int($0) }
    return values.count == 3 && (1...31).contains(values[0]) && (1...12).contains(values[1])
  }

  /// `12/2024`, beside a number.
  private static func isMonth(_ text: String) -> Bool {
    let groups = text.split(separator: "/", omittingEmptySubsequences: false)
    guard groups.count == 2, groups[0].utf8.count <= 2, groups[1].utf8.count == 4,
      let month = Int(groups[0]), let year = Int(groups[1])
    else { return false }
    return (1...12).contains(month) && (1990...2099).contains(year)
  }

  /// Whether months stand there from one to another, and nothing else: `03/2015 - 03/2016`, `2015 - 03/2016`.
  private static func areMonths(_ run: String) -> Bool {
    guard run.utf8.contains(UInt8(ascii: "/")), run.utf8.count <= 20 else { return false }
    let words = run.split { $0 == " " || $0 == "-" }.map { String($0) }
    return words.count == 2 && words.contains(where: isMonth)
      && words.allSatisfy { isMonth($0) || PhoneField.isYear($0) }
  }

  /// The text without addresses of the Web, but for what is nothing but digits in them: `https://wa.me/33199001001`.
  static func withoutAddresses(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")), text.contains("://") else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let word = PlainText.decoded(PercentCoding.decode(Array(word.utf8)[...]))
      guard let start = word.firstRange(of: "://") else { return word }
      let parts = word[start.upperBound...].split { "/?&=#;@\"'<>".contains($0) }
      return parts.filter { part in
        part.allSatisfy { ("0"..."9").contains($0) || "+-.() ".contains($0) }
          && DialString.digitCount(String(part)) > shortestDate
      }.joined(separator: " / ")
    }.joined(separator: " ")
  }

  /// How many dates with points stand there, and nothing else: one with two digits for the year, or two with or without
  /// (`03.06-07.06.2015`). Where any digits may be a number, they would be one.
  static func dates(_ run: String) -> Int {
    guard run.utf8.contains(UInt8(ascii: ".")), run.utf8.count <= 24 else { return 0 }
    let words = run.split { $0 == " " || $0 == "-" }.map { $0.split(separator: ".") }
    guard words.count == 2 || (words.count == 1 && words[0].count == 3) else { return 0 }
    let areAll = words.allSatisfy { groups in
      guard (2...3).contains(groups.count), groups.prefix(2).allSatisfy({ $0.utf8.count <= 2 }),
        let day = Int(groups[0]), let month = Int(groups[1])
      else { return false }
      let isYear = groups.count == 2 || [2, 4].contains(groups[2].utf8.count)
      return (1...31).contains(day) && (1...12).contains(month) && isYear
    }
    return areAll ? words.count : 0
  }

  /// Whether the digits are dates, one digit many times over (`9999999999`), or the number of an establishment in
  /// the French register of companies (SIRET: 14 digits with the check digit of ISO/IEC 7812-1, Luhn's),
  /// which may read as a German number that lost its plus.
  static func isNone(_ run: String) -> Bool {
    if areMonths(run) { return true }
    let dates = dates(run)
    if dates > 1 || (dates > 0 && run.utf8.first == UInt8(ascii: "0")) { return true }
    let digits = run.utf8.filter { (0x30...0x39).contains($0) }
    guard digits.count >= 8 else { return false }
    if digits.allSatisfy({ $0 == digits[0] }) || isRegister(run) { return true }
    guard digits.count == 14, !run.utf8.contains(UInt8(ascii: "+")),
      !digits.starts(with: "00".utf8),
      siretGroups.contains(run.utf8.split { !(0x30...0x39).contains($0) }.map(\.count))
    else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
      let value = Int(clamping: digit.element - 0x30) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
      return sum + (value > 9 ? value - 9 : value)
    }
    return sum.isMultiple(of: 10)
  }

  /// Whether the digits are an address of the Internet, `192.168.1.50`, unless they are a number as it is written
  /// in some plans; groups of two digits each are one.
  static func isAddress(_ run: String) -> Bool {
    run.utf8.contains(UInt8(ascii: ".")) && InternetAddress.isIPv4(Array(run.utf8)[...])
      && run.split(separator: ".").contains { $0.utf8.count != 2 }
  }

  /// Whether the digits of a number without its country may be the VAT number of a company, which in some countries
  /// is as long: behind the sign of the country (`BE 0475.123.456`), or grouped and with the check digits of a Belgian
  /// one (97 less the rest of the first eight by 97). Not what is grouped as a telephone number.
  ///
  /// Lengths: the European Commission's VIES.
  static func isPerhapsVAT(
    _ run: PhoneField.Run, _ read: CountryNumber?, _ region: String
  ) -> Bool {
    guard run.sign != nil || region == "BE", !run.text.utf8.contains(UInt8(ascii: "+")) else {
      return false
    }
    let groups = FieldGroup.groups(of: run.text)
    let digits = groups.map(\.keys).joined()
    if let sign = run.sign, let lengths = vatLengths[sign], lengths.contains(digits.utf8.count) {
      return sign != region || read?.isGrouped(as: groups) != true
    }
    guard region == "BE", digits.utf8.count == 10, groups.map(\.keys.utf8.count) == [4, 3, 3] else {
      return false
    }
    guard let first = Int(digits.prefix(8)), let check = Int(digits.suffix(2)) else { return false }
    return 97 - first % 97 == check
  }

  private static let vatLengths: [String: ClosedRange<Int>] = [
    "AT": 8...8, "BE": 10...10, "BG": 9...10, "CH": 9...9, "CZ": 8...10, "DE": 9...9, "DK": 8...8,
    "EE": 9...9, "EL": 9...9, "FI": 8...8, "FR": 11...11, "GB": 9...9, "HR": 11...11, "HU": 8...8,
    "IT": 11...11, "LT": 9...12, "LU": 8...8, "LV": 11...11, "MT": 8...8, "NL": 9...9, "NO": 9...9,
    "PL": 10...10, "PT": 9...9, "SE": 12...12, "SI": 8...8, "SK": 10...10,
  ]

  /// Whether the digits are grouped as those of a register of tax payers are, and as no number is: in Brazil (CNPJ,
  /// CPF) and in Argentina (CUIT).
  private static func isRegister(_ run: String) -> Bool {
    guard run.utf8.contains(UInt8(ascii: "-")), !run.utf8.contains(UInt8(ascii: "+")) else {
      return false
    }
    let shape = FieldGroup.groups(of: run).reduce("") {
      "\($0)\($0.isEmpty ? "" : $1.before)\($1.keys.utf8.count)"
    }
    return shape == "2.3.3/4-2" || shape == "3.3.3-2"
      || (shape == "2-8-1" && run.utf8.first != UInt8(ascii: "0"))
  }

  /// How it is written; a number and its extension have 14 digits, too.
  private static let siretGroups = [[14], [9, 5], [3, 3, 3, 5], [3, 3, 3, 3, 2]]

  private static let shortestDate = 8
}
