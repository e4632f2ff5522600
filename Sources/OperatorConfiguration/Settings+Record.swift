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

extension Key {
  /// What a trace tells of the value; nil: nothing.
  fileprivate func recorded(_ value: SettingValue) -> SettingValue? {
    switch self {
    // Addresses may hold a token, and files of secrets are somebody's.
    case .relayURL: .text("http://hidden/")
    case .asteriskSecretFile, .sipPasswordFile: .text("/hidden")
    case .relayTokenFile, .asteriskCAFile, .ctiBlock, .ctiBlockFile, .dialThrough, .dialBlock,
      .dialBlockFile, .dialCommand, .dialURL, .erpProfile, .erpConnection, .erpPasswordFile,
      .erpURL, .erpNewURL, .erpInterval, .erpFullAt, .erpLive, .open, .corner, .trace, .log, .fixed:
      nil
    // What a CTI server is asked is not told; how its answers are read stands elsewhere.
    case _ where ctiField != nil && self != .ctiWithEvent: nil
    default: value
    }
  }
}
