import NumberForms

/// The user part of an address, which for a station need not be a number.
///
///     sip:1024@pbx.example.com   →  1024
///     "Accueil" <sip:accueil@pbx;transport=tls>   →  accueil
enum UserPart {
  /// Nil when nothing is left, or when a phone did not replace its placeholder.
  static func of(_ text: String) -> String? {
    switch NumberForm(text).content {
    case .digits(let digits): return digits.trimmed
    case .unreplaced: return nil
    case .withheld, .text: break
    }
    var rest = Array(text.utf8)[...]
    if let open = rest.lastIndex(of: UInt8(ascii: "<")) {
      rest = rest[(open + 1)...].prefix { $0 != UInt8(ascii: ">") }
    }
    for scheme in ["sips:", "sip:", "tel:"] where starts(rest, with: scheme) {
      rest = rest.dropFirst(scheme.utf8.count)
      break
    }
    let user = FormText(rest.prefix { !"@;?".utf8.contains($0) }).decoded(.ofNumber).bytes
    let station = String(decoding: user, as: UTF8.self).trimmed
    return station.isEmpty ? nil : station
  }

  private static func starts(_ bytes: ArraySlice<UInt8>, with scheme: String) -> Bool {
    bytes.count >= scheme.utf8.count
      && zip(bytes, scheme.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }
}
