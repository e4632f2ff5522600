internal import Foundation
import Glibc
import ThirdPartyStore

/// A text that an ERP has in several languages, as an object of JSON: `{"en_US": "Germany", "fr_FR": "Allemagne"}`,
/// the way of Odoo since version 16.
enum Translation {
  /// The operator's locale, as the environment says it: `fr_FR`, `de`; empty when it says none.
  static let operators: String = {
    let names: [String] = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let values = names.compactMap { name in getenv(name).map { String(cString: $0) } }
    let said = values.first { !$0.isEmpty }
    return String((said ?? "").prefix { $0 != "." && $0 != "@" })
  }()

  /// The text in the language, else in English, else in the first that there is; any other text as it is.
  static func text(_ text: String, in locale: String) -> String {
    guard text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}"),
      let all = try? JSONDecoder().decode([String: String?].self, from: Data(text.utf8))
    else { return text }
    let texts = all.compactMapValues { $0?.trimmed }.filter { !$0.value.isEmpty }
    let locales = texts.keys.sorted()
    let wanted = [locale, language(of: locale), "en_US", "en"].filter { !$0.isEmpty }
    for name in wanted {
      let found = locales.first { $0 == name } ?? locales.first { language(of: $0) == name }
      if let text = found.flatMap({ texts[$0] }) { return text }
    }
    return locales.first.flatMap { texts[$0] } ?? ""
  }

  private static func language(of locale: String) -> String {
    String(locale.prefix { $0 != "_" && $0 != "-" }).lowercased()
  }
}
