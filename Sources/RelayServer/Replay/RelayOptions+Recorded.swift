extension RelayOptions {
  /// What a replay of a trace has to know, as options of the command line; nothing of it is a secret.
  var recorded: [String] {
    var words = ["--address=\(address)", "--path-prefix=\(prefix)"]
    if deliversOnce { words.append("--deliver-once") }
    if let tokenFile { words.append("--token-file=\(tokenFile)") }
    words += maps.map { "--map=\($0)" }
    words += hosts.map { "--host=\($0)" }
    words += allowed.map { "--allow=\($0.text)" }
    words += forwarders.map { "--trust-forwarded=\($0.text)" }
    // Whatever stands behind the token's name is masked, and no replay asks for tokens.
    words += Parameter.allCases.filter { $0 != .token && names.text($0) != $0.usualName }
      .map { "--rename=\($0.usualName)=\(names.text($0))" }
    return words
  }
}
