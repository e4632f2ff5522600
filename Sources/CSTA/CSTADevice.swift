import TextForms
import XMLForms

/// A device as a message names it: a number, perhaps with wrapping, or why there is none.
///
///     <callingDevice><deviceIdentifier typeOfNumber="diallingNumber">N&lt;0388202122&gt;Dupont</deviceIdentifier>
///     <callingDevice><deviceIdentifier>tel:+33388202122</deviceIdentifier></callingDevice>
///     <callingDevice><restricted/></callingDevice>
///
/// Of a number in a switch's own writing (ECMA-269, 12.3: `N<DN!IID*SA&CA/EXT%NM>`) the number and the name are taken.
struct CSTADevice: Hashable {
  /// What stands where nobody is named.
  private static let unnamed: Set<String> = [
    "notKnown", "notRequired", "notSpecified", "notApplicable",
  ]

  /// As it was written, to be said again to the switch.
  let raw: String
  /// The number, or the name of a device that has none; empty: it is not told.
  let number: String
  /// The name that came with it.
  let name: String?
  /// Whether the caller wishes not to be known.
  let isRestricted: Bool

  /// Whether it says which device.
  var isKnown: Bool { !number.isEmpty }

  /// Reads the element that holds it: a text, or a choice.
  init(_ element: XMLBranch) {
    let choice = element.children
    isRestricted =
      element.all("restricted").isEmpty == false
      || element.children.contains { $0.name.lowercased().hasSuffix("restricted") }
      || element.value("presentationIndicator")?.lowercased().hasSuffix("restricted") ?? false
    let isUnnamed = choice.contains { Self.unnamed.contains($0.name) }
    let identifier = element.first("deviceIdentifier") ?? element.first("deviceID")
    raw = isUnnamed ? "" : identifier?.text ?? element.anyText ?? ""
    (number, name) = Self.unwrapped(raw)
  }

  /// The device of this text.
  init(_ text: String) {
    (raw, isRestricted) = (text, false)
    (number, name) = Self.unwrapped(text)
  }

  /// Number and name of a text.
  private static func unwrapped(_ text: String) -> (String, String?) {
    let start = text.firstIndex(of: "<")
    // `<sip:1024@pbx.example>` is an address.
    if let start, text[..<start].utf8.count <= 2,
      !text[start...].contains(where: { ":@".contains($0) })
    {
      let inside = text[text.index(after: start)...]
      let end = inside.firstIndex(of: ">") ?? inside.endIndex
      let parts = inside[..<end].split(
        separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
      let behind = inside[end...].dropFirst().prefix { $0 != ";" }
      let name = behind.isEmpty && parts.count == 2 ? parts[1] : behind
      let number = parts.first ?? ""
      let cut = number.dropFirst().firstIndex { "!*&/".contains($0) } ?? number.endIndex
      return (String(number[..<cut]), plain(name))
    }
    // `1024:CM1::0`, with the switch that the device is at.
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return (parts.count == 4 && !parts[0].isEmpty ? String(parts[0]) : text, nil)
  }

  private static func plain(_ name: Substring) -> String? {
    let name = PlainText.cleaned(String(name))
    return name.isEmpty ? nil : name
  }
}
