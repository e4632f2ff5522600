/// Who is at the other end of a call, as far as the telephony said.
public struct Caller: Hashable, Sendable, Codable {
  /// What can be known of the number.
  public enum Identity: Hashable, Sendable, Codable {
    /// A number that can be looked up.
    case number(PhoneNumber)
    /// The caller wished not to be known, or the network could not tell.
    case withheld
    /// The telephony software sent its own keyword instead of the number (`$remote`): withheld, and
    /// a fault of the set-up that `doctor` names.
    case unreplaced(keyword: String)
    /// Somebody who is no number: an account (`alice`), a word; shown and kept as text, never looked up.
    case text(String)
    /// Somebody is on the line, and the telephony cannot tell who of several, or who at all.
    case untold
  }

  /// What can be known of the number.
  public var identity: Identity
  /// The number as an operator reads it (`03 88 20 21 22`), or what was received; empty when withheld.
  public var text: String
  /// The name that the telephony sent along, if any; the store's name goes before it.
  public var name: String?
  /// How many digits were received, before any rewriting: what `min_digits` is compared with.
  public var receivedDigits: Int
  /// The first digit where it was taken for an outside prefix that nobody configured; nil for nearly all callers.
  public var assumedPrefix: String?

  /// A caller as reported; see the properties.
  public init(
    identity: Identity, text: String = "", name: String? = nil, receivedDigits: Int = 0,
    assumedPrefix: String? = nil
  ) {
    self.identity = identity
    self.text = text
    self.name = name
    self.receivedDigits = receivedDigits
    self.assumedPrefix = assumedPrefix
  }

  /// The number, when there is one to look up.
  public var number: PhoneNumber? {
    if case .number(let number) = identity { number } else { nil }
  }

  /// What the telephony called somebody who is no number; nil for everybody else.
  public var account: String? {
    if case .text(let text) = identity { text } else { nil }
  }

  /// Whether this says more of who it is than `other`: a number more than a text, and both more than nothing.
  func tellsMore(than other: Caller) -> Bool { weight > other.weight }

  private var weight: Int {
    switch identity {
    case .withheld, .unreplaced, .untold: 0
    case .text: 1
    case .number: 2
    }
  }

  /// Whether the caller is withheld, by wish or because a keyword was not replaced.
  public var isWithheld: Bool {
    switch identity {
    case .withheld, .unreplaced: true
    case .number, .text, .untold: false
    }
  }
}
