/// What telephony software passes as "the number", taken out of its wrapping.
///
///     "Dupont, Jean" <sip:%2B33388202122@host;user=phone>;tag=xyz   →  +33388202122, "Dupont, Jean"
///     ctidivalto:0388202122?popup                                   →  0388202122, wants the record
///     tel:1024;phone-context=pbx.example.com                        →  1024, local
///     Anonymous <sip:anonymous@anonymous.invalid>                   →  withheld
///
/// Nothing is decided here about number plans: that is the work of `PhoneNumbers`. Every input is
/// normal input; the work is linear in its length, and more than 4096 bytes are not read.
public struct NumberForm: Hashable, Sendable {
  /// What stands where the number should.
  public enum Content: Hashable, Sendable {
    /// Digits with a leading `+`, `*`, `#` and the separators ` .-()/,` as received, all ASCII. A
    /// leading blank is kept: it may have been a `+`.
    case digits(String)
    /// The caller is withheld, or there is nothing.
    case withheld
    /// A placeholder that the software did not replace (`$remote`).
    case unreplaced(keyword: String)
    /// Characters that make no number: an account (`alice`), a word; harmless, on one line, never blank. Reading it
    /// again gives the same.
    case text(String)
  }

  /// What stands where the number should.
  public var content: Content
  /// The caller's name, harmless and on one line; see ``CallerName`` for what is none.
  public var name: String?
  /// Whether the record is asked for: `?popup`, or the word at the end.
  public var wantsPopup: Bool
  /// Whether the number stood in a text of words: `Dupont 0199003161`. Good for a caller, never to be dialled.
  public var isAmongWords: Bool
  /// Whether a `phone-context` names a private plan (RFC 3966, 5.1.5): an extension, never E.164.
  public var isLocal: Bool
  /// The global `phone-context` of a local number: `+33`.
  public var countryContext: String?

  /// The number in `raw`; `given` is the name that came beside it, which goes before one in `raw`.
  ///
  /// An account (`1234567e0`) whose name is a number stands for that number: trunks write it so.
  public init(_ raw: String, name given: String? = nil) {
    var unwrapping = Unwrapping()
    let isRead = raw.utf8.count <= Self.longest
    let read = isRead ? unwrapping.content(of: Array(raw.utf8)[...]) : Unwrapping.content(text: raw)
    let names = [given].compactMap { $0 } + unwrapping.names
    content = Self.settled(read, &unwrapping)
    if case .text = content, let number = names.lazy.compactMap({ CallerName($0).number }).first {
      content = .digits(number)
    }
    name = names.lazy.compactMap { [content] name in
      if case .digits(let digits) = content { return CallerName.name(in: name, of: digits) }
      return CallerName(name).name
    }.first { [content] in content != .text($0) }
    wantsPopup = unwrapping.wantsPopup
    isLocal = unwrapping.isLocal
    isAmongWords = unwrapping.isAmongWords
    countryContext = unwrapping.countryContext
  }

  /// What one door hands on, so that the next one reads the same caller.
  ///
  ///     "Dupont" <sip:%2B33388202122@host>   →  +33388202122
  ///     tel:0388202122;phone-context=+33     →  0388202122;phone-context=+33
  ///     tel:4443333;phone-context=pbx        →  4443333;phone-context=local
  ///     <sip:alice@trunk.example>            →  alice
  ///     <sip:x@anonymous.invalid>            →  anonymous
  public var passedOn: String {
    switch content {
    case .digits(let digits) where isLocal && digits.utf8.count > 5:
      digits + ";phone-context=local"
    case .digits(let digits): digits + (countryContext.map { ";phone-context=\($0)" } ?? "")
    case .text(let text), .unreplaced(let text): text
    case .withheld: "anonymous"
    }
  }

  /// Text may be wrapped in what is taken off it again (`x popup`): it is read until nothing changes, so that a
  /// caller who goes through two doors is the one who goes through one.
  private static func settled(_ content: Content, _ outer: inout Unwrapping) -> Content {
    var content = content
    // Each time takes something off, and there are few characters.
    for _ in 0..<100 {
      guard case .text(let text) = content else { break }
      var unwrapping = Unwrapping()
      let again = unwrapping.content(of: Array(text.utf8)[...])
      if again == content { break }
      if unwrapping.isAmongWords { outer.isAmongWords = true }
      content = again
    }
    return content
  }

  /// The longest input that is read [bytes]: the length of a message (R17).
  public static let longest = 4096
}
