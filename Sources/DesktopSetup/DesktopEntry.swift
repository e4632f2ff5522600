/// The file that tells a desktop which program opens the addresses of one protocol (Desktop Entry
/// Specification 1.5).
///
///     Exec=/usr/local/bin/clicktocall -- %u
///     MimeType=x-scheme-handler/ctidivalto;
struct DesktopEntry {
  /// The protocol.
  let name: URLProtocolName
  private let command: String

  /// The entry that starts `launcher` with the whole address as one argument behind `--`, which ends the
  /// launcher's options.
  ///
  /// Throws ``SetupError/Kind/launcher`` for a path that the specification cannot hold.
  init(_ name: URLProtocolName, launcher: String) throws(SetupError) {
    // "The executable program may not contain the equal sign"; GLib 2.74 looks for a program with the
    // doubled percent sign of the specification in its name; a control character would be a line end.
    guard !launcher.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || "=%".utf8.contains($0) })
    else {
      throw SetupError(
        .launcher,
        "no desktop can start \(launcher): its path holds =, % or a control character; install it"
          + " elsewhere")
    }
    self.name = name
    command = Self.word(launcher)
  }

  /// What opens the protocol's addresses, by the name of its file (the specification's desktop file ID).
  static func id(of name: URLProtocolName) -> String { "\(prefix)\(name)\(suffix)" }

  /// The protocol of a file of ours, nil for any other file.
  static func protocolName(ofFile file: String) -> URLProtocolName? {
    guard file.hasPrefix(prefix), file.hasSuffix(suffix),
      file.utf8.count > prefix.utf8.count + suffix.utf8.count
    else { return nil }
    return try? URLProtocolName(String(file.dropFirst(prefix.count).dropLast(suffix.count)))
  }

  private static let prefix = "screenpop-url-"
  private static let suffix = ".desktop"

  /// The type by which desktops know the protocol (Shared MIME-info, "URI scheme handlers").
  static func type(of name: URLProtocolName) -> String { "x-scheme-handler/\(name)" }

  /// The file's text.
  var text: String {
    """
    [Desktop Entry]
    Type=Application
    Name=ScreenPop
    Comment=Tells the operator's window of a call
    Comment[fr]=Signale un appel à la fenêtre de l'opérateur
    Exec=\(command) -- %u
    Terminal=false
    NoDisplay=true
    MimeType=\(Self.type(of: name));

    """
  }

  /// A path as one word of `Exec`.
  ///
  ///     /usr/bin/clicktocall      →  /usr/bin/clicktocall
  ///     /opt/my tools/clicktocall →  "/opt/my tools/clicktocall"
  ///     /opt/$x/clicktocall       →  "/opt/\\$x/clicktocall"
  ///
  /// A word without reserved characters is not quoted: xdg-open takes quotes for a part of the name.
  private static func word(_ path: String) -> String {
    let reserved = " \t\n\"'\\><~|&;$*?#()`".unicodeScalars
    guard path.unicodeScalars.contains(where: reserved.contains) else { return path }
    var quoted = String.UnicodeScalarView()
    for scalar in path.unicodeScalars {
      // The backslash of the quoting is itself doubled, because the value of a key is a string.
      switch scalar {
      case "\"", "`", "$": quoted += "\\\\\(scalar)".unicodeScalars
      case "\\": quoted += "\\\\\\\\".unicodeScalars
      default: quoted.append(scalar)
      }
    }
    return "\"\(String(quoted))\""
  }
}
