/// What a third party is to the company.
public enum ThirdPartyKind: String, Hashable, Sendable, CaseIterable {
  case customer, prospect, supplier, representative, other, contact
}

/// A third party as a call needs it: enough for the corner, one row of the store.
public struct ThirdPartySummary: Hashable, Sendable {
  /// The ERP's code of the third party; unique.
  public var code: String
  /// The store's own row number, for templates that want one.
  public var id: Int64
  /// What it is to the company.
  public var kind: ThirdPartyKind
  /// The company's or the person's name.
  public var name: String
  /// The postal code; empty when not known.
  public var zip: String
  /// The city; empty when not known.
  public var city: String
  /// The ERP's own key of a party that was copied from it; empty for others.
  public var sourceKey: String

  /// A third party; see the properties.
  public init(
    code: String, id: Int64, kind: ThirdPartyKind, name: String, zip: String = "",
    city: String = "", sourceKey: String = ""
  ) {
    self.code = code
    self.id = id
    self.kind = kind
    self.name = name
    self.zip = zip
    self.city = city
    self.sourceKey = sourceKey
  }
}

/// A number as a record shows it.
public struct ListedNumber: Hashable, Sendable {
  /// What the number is for.
  public enum Use: String, Hashable, Sendable { case phone, mobile, fax, `extension`, attached }

  /// What it is for.
  public var use: Use
  /// The normal form, nil when the text could not be read as a number.
  public var number: PhoneNumber?
  /// The number as an operator reads it.
  public var text: String
  /// The contact person whose number it is; nil for the third party's own.
  public var contact: String?
  /// Whether it is the number that was written; false: one of several readings.
  public var isCertain: Bool
  /// The beginning in E.164 that the direct numbers of the same company have (`+496990009`); nil: not known.
  public var exchange: String?
  /// The beginning in E.164 that all numbers of a range have (`+3319900`), where it is a range and no number; nil
  /// elsewhere.
  public var range: String?

  /// A number of a third party; see the properties.
  public init(
    use: Use, number: PhoneNumber?, text: String, contact: String? = nil, isCertain: Bool = true,
    exchange: String? = nil, range: String? = nil
  ) {
    self.use = use
    self.number = number
    self.text = text
    self.contact = contact
    self.isCertain = isCertain
    self.exchange = exchange
    self.range = range
  }
}

/// A note that an operator wrote on a third party.
public struct Note: Hashable, Sendable {
  /// When it was written.
  public var at: WallTime
  /// What it says, on one line.
  public var text: String

  /// A note with the time it was written.
  public init(at: WallTime, text: String) {
    self.at = at
    self.text = text
  }
}

/// Everything that the built-in record shows of a third party.
public struct ThirdPartyRecord: Hashable, Sendable {
  /// Code, kind, name and city.
  public var summary: ThirdPartySummary
  /// Street lines.
  public var address: String
  /// ISO 3166 code of the country, in capitals; empty when not known.
  public var country: String
  /// The e-mail address; empty when not known.
  public var email: String
  /// Notes that came with the third party.
  public var remarks: String
  /// All numbers, those of contact persons included.
  public var numbers: [ListedNumber]
  /// Notes of this operator, newest first.
  public var notes: [Note]
  /// The latest calls with the party, newest first.
  public var calls: [JournalEntry]

  /// A record; see the properties.
  public init(
    summary: ThirdPartySummary, address: String = "", country: String = "", email: String = "",
    remarks: String = "", numbers: [ListedNumber] = [], notes: [Note] = [],
    calls: [JournalEntry] = []
  ) {
    self.summary = summary
    self.address = address
    self.country = country
    self.email = email
    self.remarks = remarks
    self.numbers = numbers
    self.notes = notes
    self.calls = calls
  }
}
