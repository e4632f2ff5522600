public import PhoneNumbers
public import Telephony

/// What the field of a party's number holds, as people fill it in.
public enum NumberField: Hashable, Sendable {
  /// Nothing, or what people write where there is no number: `n/c`, `néant`, `-`.
  case empty
  /// Text without a number that could be read.
  case unreadable
  /// One number or several, in the order in which they stand.
  case numbers([ListedNumber])

  /// Reads the field. `region`: the ISO 3166 country of the party, nil: the plan's own.
  public init(
    _ text: String, use: ListedNumber.Use, plan: NumberPlan, region: String? = nil
  ) {
    let text = text.storable.trimmed
    guard !text.isEmpty, !Self.saysNone(text), !NumberPlan.isSentinel(text) else {
      self = .empty
      return
    }
    if use == .extension, text.utf8.count <= 15, text.allSatisfy("0123456789*#".contains) {
      self = .numbers([ListedNumber(use: use, number: PhoneNumber(.extension, text), text: text)])
      return
    }
    let numbers = plan.reading(ofField: text, region: region).map {
      ListedNumber(
        use: use, number: $0.number, text: text, isCertain: $0.isCertain, exchange: $0.exchange)
    }
    self = numbers.isEmpty ? .unreadable : .numbers(numbers)
  }

  /// What an import says of a field that can be read in several ways only; nil of every other.
  public func notice(on field: String) -> String? {
    guard case .numbers(let numbers) = self, !numbers.contains(where: \.isCertain) else {
      return nil
    }
    return "\(field) can be read in several ways: each matches weakly"
  }

  private static func saysNone(_ text: String) -> Bool {
    guard text.utf8.count < 16, !text.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
      return false
    }
    let folded = ImportColumn.folded(text)
    return text.allSatisfy { !$0.isLetter && !$0.isNumber }
      || [
        "nc", "na", "neant", "aucun", "none", "sans", "inconnu", "unknown", "noncommunique",
        "listerouge", "acompleter",
      ].contains(folded)
  }
}
