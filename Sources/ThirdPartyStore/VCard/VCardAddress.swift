import PhoneNumbers

/// An address of a vCard.
struct VCardAddress {
  static let none = VCardAddress(street: "", zip: "", city: "", country: "", types: [])

  /// Street, further lines and post office box, in the order of an envelope.
  let street: String
  let zip: String
  let city: String
  /// The code where the card says one besides the address's words, else those.
  let country: String
  private let types: Set<String>

  /// Whether it is where a person lives.
  var isPrivate: Bool { types == ["HOME"] }

  private init(street: String, zip: String, city: String, country: String, types: Set<String>) {
    self.street = street
    self.zip = zip
    self.city = city
    self.country = country
    self.types = types
  }

  private init(_ property: VCardProperty, code: String?) {
    let parts = property.components
    let part = { (index: Int) in index < parts.count ? parts[index] : "" }
    // A code first, unless only the words are understood.
    let countries = [property.country, code, part(6)].compactMap { $0 }.filter { !$0.isEmpty }
    self.init(
      street: [part(2), part(1), part(0)].filter { !$0.isEmpty }.joined(separator: "\n"),
      zip: part(5), city: part(3),
      country: countries.first { Country.code(of: $0) != nil } ?? countries.last ?? "",
      types: Self.types(property))
  }

  /// Those that say something, as they stand. Apple puts the code of the country into another property of the
  /// address's group.
  static func all(of card: VCard) -> [VCardAddress] {
    card.properties.filter { $0.name == "ADR" }.compactMap { property in
      let code = card.properties.first {
        $0.name == "X-ABADR" && !$0.group.isEmpty && $0.group == property.group
      }
      let address = VCardAddress(property, code: code?.text)
      let isAny = address.country + address.street + address.zip + address.city
      return isAny.isEmpty && property.components.allSatisfy(\.isEmpty) ? nil : address
    }
  }

  /// Whether a number belongs to it by its type, and it says where that is.
  func isOf(_ number: VCardProperty) -> Bool {
    !country.isEmpty && !types.isEmpty && types == Self.types(number)
  }

  private static func types(_ property: VCardProperty) -> Set<String> {
    property.parameters.intersection(["HOME", "WORK"])
  }
}
