/// The name of a URL protocol that starts the launcher: `ctidivalto` in `ctidivalto:0388202122`.
public struct URLProtocolName: Hashable, Sendable, CustomStringConvertible {
  /// The name, without its colon.
  public let description: String

  /// The usual name.
  public static let ctidivalto = URLProtocolName(known: "ctidivalto")
  /// Telephone numbers of web pages (RFC 3966).
  public static let tel = URLProtocolName(known: "tel")
  /// What older software writes for `tel`.
  public static let callto = URLProtocolName(known: "callto")

  /// Longest name [characters]: it is a part of a file's name.
  public static let longest = 64

  private init(known name: String) { description = name }

  /// A name of one's own choosing: small letters first, then also digits, `+`, `-` and `.` (RFC 3986,
  /// 3.1, in the lower case in which desktops compare it).
  ///
  /// Throws ``SetupError/Kind/name`` for anything else, and for the names that browsers, files and mail
  /// live on.
  public init(_ name: String) throws(SetupError) {
    let isScheme =
      name.utf8.first.map(Self.isLetter) ?? false
      && name.utf8.allSatisfy { Self.isLetter($0) || "0123456789+-.".utf8.contains($0) }
    guard isScheme, name.utf8.count <= Self.longest else {
      throw SetupError(
        .name,
        "a protocol's name is at most \(Self.longest) small letters, digits, +, - and ., and begins"
          + " with a letter, as ctidivalto does")
    }
    guard !Self.taken.contains(name) else {
      throw SetupError(
        .name, "\(name): belongs to the system or to other programs: choose a name of your own")
    }
    description = name
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  /// What browsers, file managers, mail and terminals open: a launcher in their place would break them.
  private static let taken: Set<String> = [
    "about", "admin", "apt", "blob", "burn", "cdda", "cid", "computer", "content", "data", "dav",
    "davs", "dns", "feed", "file", "filesystem", "ftp", "ftps", "git", "help", "http", "https",
    "imap", "irc", "ircs", "jar", "javascript", "ldap", "ldaps", "magnet", "mailto", "man", "mid",
    "network", "news", "nfs", "nntp", "pop", "rdp", "recent", "resource", "rtsp", "search", "sftp",
    "smb", "snap", "ssh", "telnet", "trash", "unknown", "urn", "vbscript", "view-source", "vnc",
    "webcal", "ws", "wss", "x-scheme-handler",
  ]
}
