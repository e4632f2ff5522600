package import Telephony
import TextForms

/// How a third party is shown before it is taken.
package enum PartyPreview {
  /// A line of what it is, and one for each of its numbers: the use, what is written, what is understood.
  package static func text(
    key: String, code: String, kind: ThirdPartyKind?, name: String, _ numbers: [ListedNumber]
  ) -> String {
    let columns = [
      key.printable.padded(8), code.printable.padded(12),
      (kind?.rawValue ?? "").padded(14), name.printable,
    ]
    let lines = numbers.map { number in
      let normal =
        number.number.map {
          "\($0.key) (\(number.isCertain ? $0.kind.rawValue : "one reading"))"
        } ?? number.range.map { "\($0)* (range)" } ?? "-"
      let raw = "\"\(number.text)\"".printable
      return "          \(number.use.rawValue.padded(9))  \(raw.padded(30))  \(normal)\n"
    }
    return columns.joined(separator: "  ") + "\n" + lines.joined()
  }
}
