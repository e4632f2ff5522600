public import OperatorConfiguration

/// What a set-up writes: the operator's configuration, and files with secrets beside it.
public struct SetupPlan: Sendable {
  private let draft: ConfigurationDraft
  private let secrets: [String: String]

  /// A plan; `secrets` by the key that names the file which is to hold each.
  public init(_ draft: ConfigurationDraft, secrets: [String: String] = [:]) {
    (self.draft, self.secrets) = (draft, secrets)
  }

  /// The configuration's text, with the secrets where they will lie.
  public func text(_ directories: Directories) throws(ConfigurationError) -> String {
    var draft = draft
    for key in secrets.keys { try draft.set(key, Self.path(of: key, directories)) }
    return draft.text
  }

  /// Writes the files, for their owner only; an existing configuration is kept beside it, with a `~` at its end. What
  /// was done, a line each.
  ///
  /// Each file is replaced in one step, the configuration last.
  public func write(_ directories: Directories) throws -> [String] {
    let text = try text(directories)
    let file = DesktopFile(directories.operatorConfiguration)
    var deeds: [String] = []
    for (key, secret) in secrets.sorted(by: { $0.key < $1.key }) {
      let path = Self.path(of: key, directories)
      try DesktopFile(path).write(Array((secret + "\n").utf8), isPrivate: true)
      deeds.append("wrote \(path), which only you may read")
    }
    if let old = try file.read() {
      let kept = directories.operatorConfiguration + "~"
      try DesktopFile(kept).write(old, isPrivate: true)
      deeds.append("kept the configuration there was as \(kept)")
    }
    try file.write(Array(text.utf8), isPrivate: true)
    return deeds + ["wrote \(directories.operatorConfiguration)"]
  }

  /// `asterisk.secret_file` is `asterisk-secret`, beside the configuration.
  private static func path(of key: String, _ directories: Directories) -> String {
    let name = (key.hasSuffix("_file") ? String(key.dropLast("_file".count)) : key)
      .replacing(".", with: "-").replacing("_", with: "-")
    let folder = directories.operatorConfiguration.dropLast("config.toml".count)
    return folder + name
  }
}
