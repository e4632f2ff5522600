import CTIBlock

extension Settings {
  /// What a replay of a trace has to know, as lines of a configuration file: what differs from the defaults, without
  /// secrets, and without what may hold one.
  public var recorded: [String] {
    let told = Key.allCases.compactMap { key in
      let value = value(key)
      return value == key.fallback ? nil : key.recorded(value).map { (key, $0) }
    }
    return (told + server).map { "\($0.rawValue) = \($1.toml)" }
  }

  /// How the answers of the CTI server are read, however it was described.
  private var server: [(Key, SettingValue)] {
    guard let ctiServer else { return [] }
    let places = Key.allCases.compactMap { key -> (Key, SettingValue)? in
      guard let text = key.ctiField.flatMap({ ctiServer.places[$0] }), !text.isEmpty else {
        return nil
      }
      return (key, key.kind == .flag ? .flag(text == "1") : .text(text))
    }
    return [(.ctiURL, .text("http://hidden/"))] + places
  }
}

extension Settings {
  /// The files with passwords and tokens that are configured, by their keys.
  public var secretFiles: [(key: String, path: String)] {
    Key.allCases.filter(\.isSecretFile).compactMap { key in
      path(key).map { (key.rawValue, $0) }
    }
  }
}

extension Key {
  /// Whether the key names a file with a password or a token.
  fileprivate var isSecretFile: Bool {
    ["password_file", "secret_file", "token_file"].contains { rawValue.hasSuffix($0) }
  }

  /// Whether the value is a program of somebody's own, whose arguments may hold a password.
  private var isCommand: Bool {
    switch kind {
    case .command, .numberCommand, .open, .openings: true
    default: false
    }
  }

  /// What a trace tells of the value; nil: nothing.
  fileprivate func recorded(_ value: SettingValue) -> SettingValue? {
    switch self {
    // Addresses may hold a token, and files of secrets are somebody's.
    case .relayURL: .text("http://hidden/")
    case .relayTokenFile, .asteriskCAFile, .cstaCAFile, .fritzboxCAFile, .fritzboxURL, .ctiBlock,
      .ctiBlockFile, .dialThrough,
      .dialBlock,
      .dialBlockFile, .dialURL, .erpProfile, .erpConnection, .erpPasswordFile, .erpCAFile,
      .erpColumns, .erpURL, .erpNewURL, .erpInterval, .erpFullAt, .erpLive, .labelsFile,
      .storeParties, .storeShared, .corner, .trace, .log, .fixed:
      nil
    case _ where isSecretFile: .text("/hidden")
    case _ where isCommand: nil
    // What a CTI server is asked is not told; how its answers are read stands elsewhere.
    case _ where ctiField != nil && self != .ctiWithEvent: nil
    default: value
    }
  }
}
