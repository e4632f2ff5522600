internal import CPhoneNumber

/// A number with its country, as libphonenumber sees it.
struct CountryNumber {
  /// Where the country comes from.
  enum Origin {
    /// Written: `+33…` or `0033…`.
    case international
    /// The region's own country code without any prefix: `33…`.
    case bare
    /// Not written: the region was assumed.
    case national
  }

  /// How well the number fits the numbering plan of its country.
  enum Fit: Int, Comparable {
    /// Too short or too long.
    case none
    /// The right length. Ranges that are reserved or younger than the library are no more than that.
    case possible
    /// A range that is assigned.
    case valid

    static func < (a: Fit, b: Fit) -> Bool { a.rawValue < b.rawValue }
  }

  private var number: cpn_number
  /// How well the number fits the numbering plan of its country.
  private(set) var fit: Fit

  private init(_ number: cpn_number, fit: Fit? = nil) {
    self.number = number
    self.fit = fit ?? withUnsafePointer(to: number) { Fit(rawValue: Int(cpn_fit($0))) ?? .none }
  }

  /// The number in digits, perhaps with a leading plus, as dialled in the region.
  init?(_ digits: String, region: String) {
    var number = cpn_number()
    guard cpn_parse(digits, region, &number) else { return nil }
    self.init(number)
  }

  /// The same national number under another country code; `isAssigned`: whatever the library says of it.
  func moved(to countryCode: Int, isAssigned: Bool = false) -> CountryNumber {
    var copy = number
    copy.country_code = UInt16(clamping: countryCode)
    copy.is_valid = false
    return CountryNumber(copy, fit: isAssigned ? .valid : nil)
  }

  /// The same national number under another country code, if it is valid there and belongs to a
  /// place or a person, not to a service.
  func subscriber(under countryCode: Int) -> CountryNumber? {
    var copy = number
    copy.country_code = UInt16(clamping: countryCode)
    return cpn_is_subscriber(&copy) ? CountryNumber(copy, fit: .valid) : nil
  }

  var countryCode: Int { Int(clamping: number.country_code) }

  /// How many digits of the national number are its area code; 0 where there is none, nil: it can only be a
  /// mobile's.
  var areaDigits: Int? {
    let length = withUnsafePointer(to: number) { Int(clamping: cpn_area_length($0)) }
    return length < 0 ? nil : length
  }

  var origin: Origin {
    switch Int(clamping: number.origin) {
    case cpn_origin_plus, cpn_origin_idd: .international
    case cpn_origin_bare: .bare
    default: .national
    }
  }

  /// The national significant number: what follows the country code.
  var significant: String {
    String(repeating: "0", count: Int(clamping: number.leading_zeros)) + String(number.national)
  }

  /// The normal form (ITU-T E.164): `+33388202122`.
  var e164: String { "+\(countryCode)\(significant)" }

  /// Whether the digits are grouped as its own country groups them, with other marks perhaps.
  func isGrouped(as groups: [FieldGroup]) -> Bool {
    let own = groupsAtHome
    return own.count > 1 && own == groups.map(\.keys)
  }

  /// As its own country writes it (`03 88 20 21 22`).
  var national: String { formatted(cpn_style_national) }
  /// As the world writes it (`+33 3 88 20 21 22`).
  var international: String { formatted(cpn_style_international) }

  /// The groups in which the world writes it, its country's code first.
  var groups: [String] { FieldGroup.groups(of: String(international.dropFirst())).map(\.keys) }

  /// The groups in which its own country writes it.
  var groupsAtHome: [String] { FieldGroup.groups(of: national).map(\.keys) }

  /// As it is dialled from a region (`00 49 30 123456` from France); with a plus where the region has
  /// no single international prefix.
  func dialled(from region: String) -> String {
    written { cpn_format_from($0, region, $1.baseAddress, $1.count) }
  }

  private func formatted(_ style: Int) -> String {
    written { cpn_format($0, Int32(clamping: style), $1.baseAddress, $1.count) }
  }

  private func written(
    by write: (UnsafePointer<cpn_number>, UnsafeMutableBufferPointer<CChar>) -> Int
  ) -> String {
    let text = Region.text { buffer in withUnsafePointer(to: number) { write($0, buffer) } }
    return text.isEmpty ? e164 : text
  }
}

/// What libphonenumber knows of a region (ISO 3166, two capitals).
enum Region {
  /// The country calling code, nil when the region is unknown.
  static func countryCode(_ region: String) -> Int? {
    let code = Int(clamping: cpn_country_code(region))
    return code == 0 ? nil : code
  }

  /// The region that a calling code is named after, with or without the zeros before it; nil: there is none.
  static func named(callingCode digits: String) -> String? {
    guard let code = Int32(digits), code < 1000 else { return nil }
    let region = text { cpn_main_region(code, $0.baseAddress, $0.count) }
    return NumberPlan.knows(region: region) ? region : nil
  }

  /// Whether numbers of the country have no fixed length, so that a company's direct numbers may be longer
  /// than that of its switchboard (Germany, Austria, Italy …).
  static func isOpen(countryCode: Int) -> Bool { cpn_is_open(Int32(clamping: countryCode)) }

  /// What is dialled before a national number: `0` in France; empty where there is no such prefix.
  static func trunkPrefix(_ region: String) -> String {
    text { cpn_trunk_prefix(region, $0.baseAddress, $0.count) }
  }

  /// What the library writes, and says the length of.
  static func text(_ write: (UnsafeMutableBufferPointer<CChar>) -> Int) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      let length = write(buffer)
      return String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// Whether the digits are a public short number (`112`, `118712`).
  static func isShortNumber(_ digits: String, in region: String) -> Bool {
    cpn_is_short_number(digits, region)
  }
}
