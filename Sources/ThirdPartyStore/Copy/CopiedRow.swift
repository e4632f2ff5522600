public import Telephony

/// A third party or a contact person as a source, an ERP, has it.
///
/// Of one key there may be several rows in a copy, as where the source has a row for each number: their
/// numbers add up, and a later row fills what the earlier ones left empty.
public struct CopiedRow: Hashable, Sendable {
  /// The source's own key, which stays the same when everything else changes.
  public var key: String
  /// The key of the party whose contact person this is; nil: the row is a party.
  public var owner: String?
  /// The source's code; may be empty. Where another party has it already, or where it is empty,
  /// `#` and the key complete it.
  public var code: String
  /// What it is to the company.
  public var kind: ThirdPartyKind
  /// The company's or the person's name; a party without one is shown by its code, a contact person by the company.
  public var name: String
  /// Street lines; may be empty, as all that follow. A contact person has none of them here.
  public var address: String
  /// The postal code.
  public var zip: String
  /// The city.
  public var city: String
  /// ISO 3166 code in capitals.
  public var country: String
  /// The e-mail address.
  public var email: String
  /// Notes that come with it.
  public var remarks: String
  /// The numbers, of which ``NumberField`` reads; their contact is this row's.
  public var numbers: [ListedNumber]

  /// A row; see the properties.
  public init(
    key: String, owner: String? = nil, code: String = "", kind: ThirdPartyKind = .other,
    name: String, address: String = "", zip: String = "", city: String = "", country: String = "",
    email: String = "", remarks: String = "", numbers: [ListedNumber] = []
  ) {
    self.key = key
    self.owner = owner
    self.code = code
    self.kind = kind
    self.name = name
    self.address = address
    self.zip = zip
    self.city = city
    self.country = country
    self.email = email
    self.remarks = remarks
    self.numbers = numbers
  }
}
