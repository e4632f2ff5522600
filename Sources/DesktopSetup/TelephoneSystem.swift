import OperatorConfiguration

/// A telephone system that the configuration knows, and what it needs to be told: the one table of them.
public struct TelephoneSystem: Hashable, Sendable {
  /// A key of the configuration that has to be given.
  public struct Wish: Hashable, Sendable {
    /// The key's name: `asterisk.user`.
    public let key: String
    /// What stands for it in an example; `STATION` is the operator's extension.
    let example: String
    /// Whether the example is right for most.
    let isUsual: Bool
    /// Whether it may stay empty.
    let isOptional: Bool
    /// The keys that say the same in another way.
    private let others: [String]
    /// How it is asked for; nil: with the key's own sentence.
    private let question: String?

    init(
      _ key: String, _ example: String, isUsual: Bool = false, isOptional: Bool = false,
      others: [String] = [], question: String? = nil
    ) {
      self.others = others
      (self.key, self.example, self.question) = (key, example, question)
      (self.isUsual, self.isOptional) = (isUsual, isOptional)
    }

    /// Whether the draft has a value for it.
    func isGranted(by draft: ConfigurationDraft) -> Bool {
      ([key] + others).contains { draft.value(of: $0) != nil }
    }

    /// Whether the key names a file with a secret, which is asked for itself.
    var isSecret: Bool {
      ["password_file", "secret_file", "token_file"].contains { key.hasSuffix($0) }
    }
  }

  /// Its table in the configuration, or the word for it: `asterisk`.
  public let name: String
  /// What people call it.
  public let title: String
  /// What it has to be told, in the order to be asked.
  public let wishes: [Wish]

  /// The systems that tell of their calls themselves, which ``WaysIn`` prints.
  static let drivers = [
    TelephoneSystem(
      name: "baresip", title: "baresip",
      wishes: [
        Wish("baresip.address", "127.0.0.1", isUsual: true),
        Wish("baresip.answer", "true", isUsual: true),
      ]),
    TelephoneSystem(
      name: "fritzbox", title: "FRITZ!Box (#96*5*)",
      wishes: [
        Wish("fritzbox.address", "fritz.box", isUsual: true),
        Wish("fritzbox.user", "screenpop", isOptional: true),
        Wish("fritzbox.password_file", "~/.config/screenpop/fritzbox-password", isOptional: true),
      ]),
    TelephoneSystem(
      name: "asterisk", title: "Asterisk",
      wishes: [
        Wish("asterisk.address", "pbx.example"), Wish("asterisk.user", "screenpop"),
        Wish("asterisk.secret_file", "~/.config/screenpop/asterisk-secret"),
      ]),
    TelephoneSystem(
      name: "freeswitch", title: "FreeSWITCH",
      wishes: [
        Wish("freeswitch.address", "pbx.example"),
        Wish("freeswitch.user", "STATION@pbx.example", isOptional: true),
        Wish("freeswitch.password_file", "~/.config/screenpop/freeswitch-password"),
      ]),
    TelephoneSystem(
      name: "csta", title: "CSTA III in XML",
      wishes: [
        Wish("csta.address", "pbx.example"),
        Wish("csta.user", "screenpop", isOptional: true),
        Wish("csta.password_file", "~/.config/screenpop/csta-password", isOptional: true),
      ]),
    TelephoneSystem(
      name: "mobile", title: "a mobile (ModemManager, oFono, KDE Connect)",
      wishes: [Wish("mobile.service", "kdeconnect", isUsual: true)]),
    TelephoneSystem(
      name: "sip", title: "SIP (any telephone system)",
      wishes: [
        Wish("sip.server", "pbx.example"), Wish("sip.user", "STATION", isOptional: true),
        Wish("sip.password_file", "~/.config/screenpop/sip-password", isOptional: true),
        Wish("sip.listen", "true", isOptional: true),
      ]),
  ]

  /// Every way to be told of calls that needs configuration.
  public static let all =
    drivers + [
      TelephoneSystem(
        name: "relay", title: "the relay",
        wishes: [
          Wish("relay_url", "http://127.0.0.1:8083/DhDivaltoServerCTI/api/cti/getevent"),
          Wish("relay_token_file", "~/.config/screenpop/relay-token", isOptional: true),
        ]),
      TelephoneSystem(
        name: "cti", title: "a CTI server",
        wishes: [
          Wish(
            "cti.block_file", "~/.config/screenpop/cti.txt", others: ["cti.block", "cti.url"],
            question: "The file with its cliktocallevent text")
        ]),
    ]

  /// The lines of its table, with examples.
  func table(station: String) -> [String] {
    var draft = ["[\(name)]"]
    for wish in wishes {
      let value = wish.example.replacing("STATION", with: station)
      let key = wish.key.dropFirst(name.count + 1)
      draft.append("\(key) = " + (value == "true" ? value : "\"\(value)\""))
    }
    return draft
  }
}

extension TelephoneSystem.Wish {
  /// The question.
  var words: String {
    if let question { return question }
    let summary = Key(rawValue: key)?.summary ?? key
    let sentence = String(summary.prefix { $0 != ";" && $0 != "." && $0 != ":" })
    return isSecret ? sentence.replacing("The file that holds the ", with: "The ") : sentence
  }

  /// The example for an operator with this extension.
  func example(_ station: String?) -> String {
    example.replacing("STATION", with: station ?? "1024")
  }
}

extension ConfigurationDraft {
  /// Whether it says anything of the telephone system.
  func holds(_ system: TelephoneSystem) -> Bool {
    holds(table: system.name) || system.wishes.contains { value(of: $0.key) != nil }
  }

  /// Takes out all that it says of the telephone system.
  mutating func clear(_ system: TelephoneSystem) {
    clear(table: system.name)
    for wish in system.wishes where !wish.key.contains(".") { clear(wish.key) }
  }
}
