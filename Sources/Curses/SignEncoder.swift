import Canvas

/// Writes signs as the terminal understands them, in pieces that move no cursor and change no cell.
///
///     title          ESC [ 22 ; 2 t  ESC ] 2 ; Dupont SA BEL        and back: ESC [ 23 ; 2 t
///     notification   ESC ] 9 ; Incoming call: Dupont SA BEL
///                    ESC ] 777 ; notify ; Incoming call ; Dupont SA BEL
///                    ESC ] 99 ; i=screenpop-1:d=0 ; Incoming call ESC \ and once more with p=body
///     clipboard      ESC ] 52 ; c ; MDM4ODIwMjEyMg== BEL
///     within tmux    ESC P tmux; … ESC \, every ESC of the piece doubled
public struct SignEncoder: Sendable {
  /// How the terminal takes a notification.
  public enum Form: Int, Hashable, Sendable {
    /// iTerm2's, which most terminals know and the others swallow.
    case osc9 = 9
    /// rxvt-unicode's, with a title of its own.
    case osc777 = 777
    /// kitty's, which can be taken back.
    case osc99 = 99
  }

  /// How the terminal takes a notification, by what it is known to be.
  public private(set) var form: Form
  /// Whether the window of the terminal has a title. Others would show what was meant for it.
  public let hasTitle: Bool
  /// Whether tmux stands between, which hands notifications on only where its `allow-passthrough` is on.
  public let isInTmux: Bool

  /// The longest title, and the longest text of a notification [columns].
  private static let longestTitle = 80
  private static let longestText = 160

  /// By TERM, and what terminals leave in the environment of their programs.
  public init(environment: [String: String]) {
    let type = environment["TERM"] ?? ""
    hasTitle = Self.titled.contains { type == $0 || type.hasPrefix($0 + "-") }
    isInTmux = environment["TMUX"]?.isEmpty == false
    form = Self.form(of: type) ?? .osc9
    // What a terminal left in the environment is still there when another one shows tmux.
    guard !isInTmux else { return }
    for name in ["TERM_PROGRAM", "LC_TERMINAL"] {
      if let form = environment[name].flatMap(Self.form(of:)) { self.form = form }
    }
    if environment["KITTY_WINDOW_ID"] != nil { form = .osc99 }
    if environment["VTE_VERSION"] != nil { form = .osc777 }
  }

  /// Takes over what the terminal calls itself: `kitty(0.26.5)`, `foot(1.13.1)`, `WezTerm 20230712`.
  public mutating func learn(_ name: String) {
    if let form = Self.form(of: name) { self.form = form }
  }

  /// The types of terminals whose windows have titles.
  private static let titled = [
    "xterm", "tmux", "screen", "rxvt", "foot", "alacritty", "kitty", "ghostty", "wezterm",
    "konsole", "vte", "gnome", "st", "contour", "putty", "mlterm", "iterm", "iterm2", "mintty",
    "Eterm", "dtterm", "nsterm", "ms", "rio", "eterm",
  ]

  private static func form(of name: String) -> Form? {
    let name = name.lowercased()
    let known: [(String, Form)] = [
      ("kitty", .osc99), ("foot", .osc777), ("ghostty", .osc777), ("wezterm", .osc777),
      ("rxvt", .osc777), ("contour", .osc777), ("vte", .osc777), ("iterm", .osc9),
    ]
    return known.first { name.contains($0.0) }?.1
  }

  /// The bytes of a sign; none where the terminal lacks it.
  ///
  /// - Parameter isTitled: Whether the title is one of ours by now.
  public func bytes(of sign: TerminalSign, isTitled: Bool = false) -> [UInt8] {
    switch sign {
    case .bell: [7]
    case .title(let text?): hasTitle ? Array(title(text, isTitled: isTitled).utf8) : []
    case .title(nil): hasTitle && isTitled ? Self.titleEnd : []
    case .notice(let number, let title, let text): Array(wrapped(notice(number, title, text)).utf8)
    case .copy(let text): Array(copy(text).utf8)
    case .withdraw(let number):
      form == .osc99 ? Array(wrapped("\u{1B}]99;i=screenpop-\(number):p=close;\u{1B}\\").utf8) : []
    }
  }

  /// Within tmux twice: tmux itself takes it where its `set-clipboard` is on.
  private func copy(_ text: String) -> String {
    let piece = "\u{1B}]52;c;\(Self.base64(Array(text.utf8)))\u{7}"
    return isInTmux ? piece + wrapped(piece) : piece
  }

  /// RFC 4648, section 4; this module is without Foundation, which is large.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).reduce(into: "") { text, start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
  }

  /// Gives the title back: empty where the terminal kept none, since a caller's name must not stay.
  static let titleEnd = Array("\u{1B}]2;\u{7}\u{1B}[23;2t".utf8)

  private func title(_ text: String, isTitled: Bool) -> String {
    let text = Frame.line(text, columns: Self.longestTitle)
    return (isTitled ? "" : "\u{1B}[22;2t") + "\u{1B}]2;\(text)\u{7}"
  }

  private func notice(_ number: Int, _ title: String, _ text: String) -> String {
    let title = Frame.line(title, columns: Self.longestTitle)
    let text = Frame.line(text, columns: Self.longestText)
    switch form {
    // A number and a semicolon at its beginning would be an order to ConEmu's kin.
    case .osc9: return "\u{1B}]9;ScreenPop: \(title): \(text)\u{7}"
    case .osc777:
      let title = String(title.map { $0 == ";" ? "," : $0 })
      return "\u{1B}]777;notify;\(title);\(text)\u{7}"
    case .osc99:
      let name = "i=screenpop-\(number)"
      return "\u{1B}]99;\(name):d=0;\(title)\u{1B}\\\u{1B}]99;\(name):p=body;\(text)\u{1B}\\"
    }
  }

  private func wrapped(_ piece: String) -> String {
    guard isInTmux else { return piece }
    let doubled = piece.unicodeScalars.map { $0 == "\u{1B}" ? "\u{1B}\u{1B}" : String($0) }
    return "\u{1B}Ptmux;" + doubled.joined() + "\u{1B}\\"
  }
}
