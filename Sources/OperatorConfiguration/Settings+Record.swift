extension Settings {
  /// What a replay of a trace has to know, as lines of a configuration file: what differs from the defaults, without
  /// secrets, and without what may hold one.
  public var recorded: [String] {
    Key.allCases.compactMap { key in
      let value = value(key)
      guard value != key.fallback, let told = key.recorded(value) else { return nil }
      return "\(key.rawValue) = \(told.toml)"
    }
  }
}

extension Key {
  /// What a trace tells of the value; nil: nothing.
  fileprivate func recorded(_ value: SettingValue) -> SettingValue? {
    switch self {
    // Addresses may hold a token, and files of secrets are somebody's.
    case .relayURL, .ctiURL: .text("http://hidden/")
    case .asteriskSecretFile, .sipPasswordFile: .text("/hidden")
    case .relayTokenFile, .asteriskCAFile, .ctiBlock, .ctiBlockFile, .ctiData, .ctiHeaders,
      .dialThrough, .dialBlock, .dialBlockFile, .dialCommand, .dialURL, .erpProfile, .erpConnection,
      .erpPasswordFile, .erpURL, .erpNewURL, .erpInterval, .erpFullAt, .erpLive, .open, .corner,
      .trace, .log, .fixed:
      nil
    default: value
    }
  }
}
