internal import Foundation
import Glibc
import TextForms
import ThirdPartyStore

/// A text that an ERP has in several languages, as JSON.
///
///     {"en_US": "Germany", "fr_FR": "Allemagne"}                 Odoo since version 16
///     {"en": {"value": "Germany"}, "fr": {"value": "Allemagne"}}
///     [{"lang": "en", "value": "Germany"}, {"lang": "fr", "value": "Allemagne"}]
enum Translation {
  /// The operator's locale, as the environment says it: `fr_FR`, `de`; empty when it says none.
  static let operators: String = {
    let said = localeName(of: "LC_MESSAGES") { getenv($0).map { String(cString: $0) } }
    return String(said.prefix { $0 != "." && $0 != "@" })
  }()

  /// The text in the language, else in English, else in the first that there is; any other text as it is.
  static func text(_ text: String, in locale: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last,
      [first, last] == Array("{}".utf8) || [first, last] == Array("[]".utf8),
      let all = all(Data(text.utf8))
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

  /// The texts by their languages; nil where it is anything else.
  private static func all(_ json: Data) -> [String: String?]? {
    let decoder = JSONDecoder()
    if let texts = try? decoder.decode([String: String?].self, from: json) { return texts }
    if let texts = try? decoder.decode([String: [String: String?]].self, from: json) {
      return texts.mapValues { first($0, values) }
    }
    guard let list = try? decoder.decode([[String: String?]].self, from: json) else { return nil }
    var texts: [String: String?] = [:]
    for entry in list {
      guard let language = first(entry, languages) else { return nil }
      texts[language] = first(entry, values)
    }
    return texts
  }

  private static func first(_ entry: [String: String?], _ names: [String]) -> String? {
    names.lazy.compactMap { entry[$0] ?? nil }.first
  }

  private static let languages = ["lang", "language", "locale", "lang_code", "langue"]
  private static let values = ["value", "text", "name", "label", "content", "translation"]
}
