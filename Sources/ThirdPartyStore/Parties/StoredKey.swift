import PhoneNumbers
import Telephony

/// A key under which the store keeps a number: its own, or a related one.
struct StoredKey {
  /// What is kept under the key; as the store writes it. Those that are not complete come last, so that a
  /// range finds them, and related keys behind all that a record shows.
  enum Kind: Int64 {
    case `extension` = 0
    case complete
    case national
    case fragment
    /// A complete or national number, or an extension, that is one of several readings.
    case reading
    /// Related keys: see ``RelatedKey/Relation``.
    case switchboard, spelling, likeSpelling
    /// The beginning of all numbers of a range.
    case range
  }

  /// What speaks for a match.
  struct Evidence {
    var strength: MatchStrength
    var weakness = Match.Weakness.end
  }

  var key: String
  var kind: Kind
  /// The last eight digits; nil for extensions, shorter numbers and related keys.
  var tail: Int64?

  /// The keys of a number, its own first.
  static func keys(of listed: ListedNumber) -> [StoredKey] {
    if let range = listed.range { return [StoredKey(key: range, kind: .range, tail: nil)] }
    guard let number = listed.number else { return [] }
    let isWhole = number.kind == .complete || number.kind == .national
    let isReading = !listed.isCertain && (isWhole || number.kind == .extension)
    let kind = isReading ? .reading : Kind(number.kind)
    let own = StoredKey(key: number.key, kind: kind, tail: number.tailValue)
    guard kind != .reading else { return [own] }
    return [own]
      + RelatedKey.kept(for: number, exchange: listed.exchange).map {
        StoredKey(key: $0.key, kind: Kind($0.relation), tail: nil)
      }
  }
}

extension StoredKey.Kind {
  init(_ kind: PhoneNumber.Kind) {
    self =
      switch kind {
      case .extension: .extension
      case .complete: .complete
      case .national: .national
      case .fragment: .fragment
      }
  }

  init(_ relation: RelatedKey.Relation) {
    self =
      switch relation {
      case .switchboard: .switchboard
      case .spelling: .spelling
      case .likeSpelling: .likeSpelling
      }
  }

  /// Whether it is no number but a key beside one.
  var isRelated: Bool { rawValue >= Self.switchboard.rawValue && self != .range }

  /// In SQL: what is listed with a party, and no key beside one of its numbers.
  static let listed = "(kind <= \(reading.rawValue) OR kind = \(range.rawValue))"

  /// What the kept number is by itself.
  var number: PhoneNumber.Kind {
    switch self {
    case .extension: .extension
    case .national: .national
    case .fragment: .fragment
    case .complete, .reading, .switchboard, .spelling, .likeSpelling, .range: .complete
    }
  }

  /// What it says that a caller with a number of the kind has the same key as one that is kept, or else the
  /// same last eight digits (R42); nil: nothing.
  func evidence(for caller: PhoneNumber.Kind, hasSameKey: Bool) -> StoredKey.Evidence? {
    switch (caller, self) {
    case (.extension, .extension): hasSameKey ? .init(strength: .exact) : nil
    case (.extension, .reading): hasSameKey ? .init(strength: .weak, weakness: .reading) : nil
    case (.extension, _), (_, .extension): nil
    case (.complete, .range), (.national, .range): hasSameKey ? .init(strength: .range) : nil
    case (_, .range): nil
    case (_, .switchboard): hasSameKey ? .init(strength: .weak, weakness: .switchboard) : nil
    case (_, .spelling): hasSameKey ? .init(strength: .national) : nil
    case (_, .likeSpelling): hasSameKey ? .init(strength: .weak, weakness: .reading) : nil
    // Fragments with the same key have the same last digits too, if they have eight.
    case (.fragment, _), (_, .fragment): hasSameKey ? nil : .init(strength: .weak)
    case (_, .reading): hasSameKey ? .init(strength: .weak, weakness: .reading) : nil
    case (.complete, .complete): hasSameKey ? .init(strength: .exact) : nil
    case (.national, _), (_, .national):
      hasSameKey ? .init(strength: .national) : .init(strength: .weak)
    }
  }
}

extension PhoneNumber.Kind {
  /// How the operator's own file writes the kind of a number.
  var rank: Int64 { StoredKey.Kind(self).rawValue }

  /// The kind that was written as `rank`, nil when none was.
  init?(rank: Int64) {
    guard let kind = StoredKey.Kind(rawValue: rank),
      kind.rawValue <= StoredKey.Kind.fragment.rawValue
    else { return nil }
    self = kind.number
  }
}

extension PhoneNumber {
  /// ``tail`` as the number that it is, which an index keeps in four bytes; nil where that is nil.
  var tailValue: Int64? {
    guard kind != .extension else { return nil }
    var (value, scale, digits) = (0 as Int64, 1 as Int64, 0)
    for byte in key.utf8.reversed() where (0x30...0x39).contains(byte) {
      value += Int64(clamping: byte & 0x0F) * scale
      (scale, digits) = (scale * 10, digits + 1)
      if digits == 8 { return value }
    }
    return nil
  }
}
