public import PhoneNumbers
public import Telephony

/// What the field of a party's number holds, as people and programs fill it in.
public enum NumberField: Hashable, Sendable {
  /// Nothing, or what is written where there is no number: `n/c`, `néant`, `-`, `NULL`, zeros.
  case empty
  /// Text without a number that could be read.
  case unreadable
  /// One number or several, in the order in which they stand.
  case numbers([ListedNumber])

  /// Where a party's national numbers are read.
  public enum Home: Hashable, Sendable {
    /// No country was named: the plan's own region.
    case plan
    /// An ISO 3166 code.
    case region(String)
    /// A country was named and not understood: national numbers are incomplete (R51).
    case unknown

    /// Where numbers of a party are read whose country is written so.
    public init(country: String) {
      let text = country.visible.trimmed
      // `NA` is Namibia, `n/a` nothing.
      let isCode = text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
      if text.isEmpty || (!isCode && Missing.isWord(text) && !text.hasFlag) {
        self = .plan
      } else {
        self = Country.code(of: text).map { .region($0) } ?? .unknown
      }
    }
  }

  /// Reads the field.
  public init(_ text: String, use: ListedNumber.Use, plan: NumberPlan, home: Home = .plan) {
    let text = text.storable.withoutFillers.trimmed
    guard !text.isEmpty, !Self.isMissing(text, use) else {
      self = .empty
      return
    }
    if use == .extension, text.utf8.count <= 15, text.allSatisfy("0123456789*#".contains) {
      self = .numbers([ListedNumber(use: use, number: PhoneNumber(.extension, text), text: text)])
      return
    }
    let (ranges, rest) = plan.ranges(inField: text.withoutMarkup, region: home.name)
    let numbers =
      ranges.map { ListedNumber(use: use, number: nil, text: text, range: $0.prefix) }
      + Self.read(rest, plan, home).map {
        ListedNumber(
          use: use, number: $0.number, text: text, isCertain: $0.isCertain, exchange: $0.exchange)
      }
    guard numbers.isEmpty else {
      self = .numbers(numbers)
      return
    }
    self = Self.isLabel(text) ? .empty : .unreadable
  }

  /// Whether the text is no more than what stands beside numbers, or an answer: `mobile`, `home`, `no`.
  private static func isLabel(_ text: String) -> Bool {
    guard text.allSatisfy({ $0.isLetter || " .-/()".contains($0) }) else { return false }
    let words = HeaderWords(text)
    return Missing.isAnswer(text) || (!words.words.isEmpty && words.isOwn())
  }

  /// The same, its numbers uncertain if what stands around the field says so.
  func doubted(_ isDoubtful: Bool) -> NumberField {
    guard isDoubtful, case .numbers(let numbers) = self else { return self }
    // A whole range is not known by half.
    let doubted = numbers.filter { $0.range == nil }.map { number in
      var number = number
      (number.isCertain, number.exchange) = (false, nil)
      return number
    }
    return doubted.isEmpty ? .unreadable : .numbers(doubted)
  }

  private static func read(
    _ text: String, _ plan: NumberPlan, _ home: Home
  ) -> [FieldNumber] {
    plan.reading(ofField: text.withoutMarkup, region: home.name)
  }

  /// What an import says of a field that can be read in several ways only, or that no call will match; nil of every
  /// other.
  public func notice(on field: String) -> String? {
    guard case .numbers(let numbers) = self else { return nil }
    if numbers.allSatisfy(\.isTooShort) { return "\(field) lacks digits: no call matches it" }
    if numbers.contains(where: \.isCertain) { return nil }
    return "\(field) is not certain: each of its numbers matches weakly"
  }

  /// What a form that wants a number gets where there is none; an extension may be zeros.
  private static func isMissing(_ text: String, _ use: ListedNumber.Use) -> Bool {
    if use == .extension, text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return false }
    return Missing.isWord(text)
  }
}

extension ListedNumber {
  /// Whether it has too few digits for a weak match even.
  fileprivate var isTooShort: Bool {
    number.map { $0.kind == .fragment && $0.tail == nil } ?? false
  }
}

extension NumberField.Home {
  /// The region, nil: the plan's own.
  fileprivate var name: String? {
    switch self {
    case .plan: nil
    case .region(let region): region
    case .unknown: NumberPlan.unknownRegion
    }
  }
}

extension String {
  /// The text without what stands for a blank or a plus in a page or a URL, from which it was copied.
  fileprivate var withoutMarkup: String {
    guard utf8.contains(where: { "&%".utf8.contains($0) }) else { return self }
    return withoutEntities.replacing("%2B", with: "+").replacing("%2b", with: "+")
  }

  /// Whether pictures stand in it, as of a flag, which say more than marks do.
  fileprivate var hasFlag: Bool { unicodeScalars.contains { $0.value >= 0x1F000 } }
}
