import PhoneNumbers
public import Telephony

/// A row of an import, read and with its numbers in normal form.
struct ImportRow: Sendable {
  /// What the code was made of, and so which rows with it are one party.
  enum Identity: Sendable {
    /// The file says it.
    case said
    /// Made of the organization alone: those with other addresses are others.
    case organization
    /// Made of the name and the first number.
    case made
  }

  /// The ERP's code, or the one made of what is known.
  var code: String
  var identity: Identity
  /// The columns of ``ImportRow/texts``, in that order; empty where the row says nothing.
  var texts: [String]
  /// What names the party where nothing else does: a nickname, an e-mail address.
  var fallback = ""
  /// Nil where the row says nothing.
  var kind: ThirdPartyKind?
  /// The contact person whose numbers these are; empty for the party's own.
  var contact: String
  var numbers: [ListedNumber]

  /// The columns that hold one text of the party, under the store's names for them.
  static let texts: [(column: ImportColumn, name: String)] = [
    (.name, "name"), (.address, "address"), (.zip, "zip"), (.city, "city"),
    (.country, "country"), (.email, "email"), (.notes, "remarks"),
  ]

  /// The columns that hold numbers, and what those are for.
  static let uses: [(column: ImportColumn, use: ListedNumber.Use)] = [
    (.phone, .phone), (.mobile, .mobile), (.fax, .fax), (.extension, .extension),
  ]

  var name: String { texts[0] }
  /// What tells two organizations of one name apart.
  var place: PartyPlace {
    PartyPlace(address: texts[1], zip: texts[2], city: texts[3], country: texts[4])
  }

  /// Who it is about, as a report says it.
  var shown: String {
    String((name.isEmpty ? fallback.isEmpty ? code : fallback : name).prefix(40))
  }

  /// A row of further numbers of its party, which may as well be somebody else's; `areOwn`: of who it is about.
  func further(_ numbers: [ListedNumber], areOwn: Bool = false) -> ImportRow {
    var row = self
    guard !areOwn else {
      row.numbers = numbers
      return row
    }
    (row.texts, row.contact) = ([name] + texts.dropFirst().map { _ in "" }, "")
    row.numbers = numbers.filter { $0.range == nil }.map { number in
      var number = number
      (number.isCertain, number.exchange) = (false, nil)
      return number
    }
    return row
  }

  /// A code for a row that has none, always the same for this name and first number: `~` and 13
  /// characters of base 32, a 64-bit FNV-1a hash of both.
  static func code(name: String, number: PhoneNumber?) -> String {
    "~" + hash(name.lowercased() + "\u{1F}" + (number?.key ?? ""))
  }

  /// 13 characters of base 32 that are always the same for this text.
  static func hash(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(truncatingIfNeeded: byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 32)
    return String(repeating: "0", count: 13 - digits.count) + digits
  }
}

/// Where a party is, as far as an address tells two of one name apart.
struct PartyPlace: Sendable {
  var address: String
  var zip: String
  var city: String
  var country: String

  /// Whether both say a place, and not the same: another postal code, else another city, another number in the
  /// street, or another country. People write one street in many ways.
  func differs(from other: PartyPlace) -> Bool {
    let pairs = [
      (Self.folded(country), Self.folded(other.country)),
      (Self.folded(zip), Self.folded(other.zip)),
    ]
    if pairs.contains(where: { !$0.isEmpty && !$1.isEmpty && $0 != $1 }) { return true }
    let hasZip = !zip.isEmpty && !other.zip.isEmpty
    let (own, others) = (Self.folded(city), Self.folded(other.city))
    if !hasZip, !own.isEmpty, !others.isEmpty, own != others { return true }
    let (number, otherNumber) = (Self.numbers(address), Self.numbers(other.address))
    return !number.isEmpty && !otherNumber.isEmpty && number != otherNumber
  }

  /// The same for the same place.
  var key: String {
    [country, zip, city, Self.numbers(address).joined()].map(Self.folded).joined(separator: "/")
  }

  private static func folded(_ text: String) -> String {
    SearchText.words(SearchText.folded(text)).joined()
  }

  private static func numbers(_ text: String) -> [String] {
    text.split { !("0"..."9").contains($0) }.map { String($0) }
  }
}

/// What became of a row on reading it.
struct ReadRow: Sendable {
  var line: Int
  /// The row, or why it is not taken.
  var content: Result<ImportRow, Refusal>
  /// What was left out of a row that is taken.
  var notices: [String] = []
  /// The numbers of a row that names nobody, which may be more of the row above it.
  var unnamed: Unnamed?

  /// Numbers without a name.
  struct Unnamed: Sendable {
    var numbers: [ListedNumber]
    /// Whether nothing beside them says that they may be somebody else's.
    var areOwn: Bool
  }

  /// The row where it stands right below `parent`.
  func settled(below parent: ReadRow?) -> ReadRow {
    guard let unnamed, let row = try? parent?.content.get() else { return self }
    var settled = self
    settled.content = .success(row.further(unnamed.numbers, areOwn: unnamed.areOwn))
    if !unnamed.areOwn {
      settled.notices.append("no name: its numbers match \"\(row.shown)\" above it, weakly only")
    }
    return settled
  }

  /// Why a row is not taken.
  struct Refusal: Error, Sendable {
    var why: String
    /// Whether something is lost by it: a name and a number.
    var isLoss = false
  }
}

extension ThirdPartyKind {
  /// The kind that a word says in French or English, nil when it says none.
  public init?(word: String) {
    switch ImportColumn.folded(word) {
    case "customer", "client": self = .customer
    case "supplier", "fournisseur": self = .supplier
    case "prospect": self = .prospect
    case "representative", "commercial": self = .representative
    case "other", "autre": self = .other
    case "contact": self = .contact
    default: return nil
    }
  }
}
