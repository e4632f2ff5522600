/// How a cell shows a whole number by its digits: `0#" "##" "##" "##" "##` shows 199001001 as `01 99 00 10 01`, and a
/// postal code of 1000 is `01000` by `00000` (ECMA-376 part 1, 18.8.31).
struct DigitFormat: Hashable {
  private enum Sign: Hashable {
    /// A digit, which is a zero where there is none, or nothing.
    case digit(isPadded: Bool)
    case text(Character)
  }

  private var signs: [Sign] = []

  /// The format of this code; nil when it is another: of dates, of money, with decimals.
  init?(_ code: String) {
    var rest = code.prefix { $0 != ";" }
    while let sign = rest.popFirst() {
      switch sign {
      case "0": signs.append(.digit(isPadded: true))
      case "#", "?": signs.append(.digit(isPadded: false))
      case "\"":
        signs += rest.prefix { $0 != "\"" }.map { .text($0) }
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\": if let text = rest.popFirst() { signs.append(.text(text)) }
      case "_", "*": rest = rest.dropFirst()
      // A language, a colour, a condition.
      case "[": rest = rest.drop { $0 != "]" }.dropFirst()
      case " ", "-", "(", ")", "+", "/": signs.append(.text(sign))
      default: return nil
      }
    }
    guard signs.contains(where: { if case .digit = $0 { true } else { false } }) else { return nil }
  }

  /// The number as it is shown.
  func shown(_ number: Int64) -> String {
    var digits = Array(String(number))
    var shown: [Character] = []
    var places = signs.count { if case .digit = $0 { true } else { false } }
    for sign in signs.reversed() {
      switch sign {
      case .text(let text): shown.append(text)
      case .digit(let isPadded):
        places -= 1
        if let digit = digits.popLast() {
          shown.append(digit)
        } else if isPadded {
          shown.append("0")
        }
        // The first place takes all that is left.
        if places == 0 { shown += digits.reversed() }
      }
    }
    return String(shown.reversed())
  }

  /// The formats of a workbook's styles, by their numbers.
  static func read(styles: [UInt8]) -> [DigitFormat?] {
    var codes: [String: String] = [:]
    var formats: [DigitFormat?] = []
    var isOfCells = false
    for tag in MarkupTag.all(in: styles) {
      switch tag.name {
      case "numfmt": codes[tag["numfmtid"] ?? ""] = tag["formatcode"]?.withoutEntities
      case "cellxfs": isOfCells = true
      case "/cellxfs": isOfCells = false
      case "xf" where isOfCells: formats.append(codes[tag["numfmtid"] ?? ""].flatMap(Self.init))
      default: break
      }
    }
    return formats
  }
}
