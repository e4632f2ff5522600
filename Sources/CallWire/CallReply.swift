// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// What a window answers to a ``CallMessage``: one line, ended by LF (R17).
///
///     ok
///     name=Marie+Dupont
///     state source.launcher=up&taken=12
///     refused the message says no version: it must begin with v=1
public enum CallReply: Hashable, Sendable {
  /// The window has the call.
  case ok
  /// The window has the call, and this is the caller's name.
  case name(String)
  /// What the window tells of itself.
  case state(WindowState)
  /// The window does not take the message, for the reason in the sentence.
  case refused(String)

  /// Reads a line, with or without its line end; nil when it is none of the answers.
  public init?(line bytes: [UInt8]) {
    var bytes = bytes[...]
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    if bytes.elementsEqual("ok".utf8) {
      self = .ok
    } else if bytes.starts(with: "name=".utf8) {
      self = .name(FormCoding.decode(bytes.dropFirst(5)))
    } else if bytes.starts(with: "state ".utf8) {
      self = .state(WindowState(line: bytes.dropFirst(6)))
    } else if bytes.starts(with: "refused ".utf8) {
      self = .refused(shown(String(decoding: bytes.dropFirst(8), as: UTF8.self)))
    } else {
      return nil
    }
  }

  /// The line with its LF, whatever the texts hold.
  public func encoded() -> [UInt8] {
    var line: [UInt8]
    switch self {
    case .ok: line = Array("ok".utf8)
    case .name(let name):
      line = Array("name=".utf8)
      FormCoding.append(name, to: &line)
    case .state(let state): line = state.encoded()
    case .refused(let sentence): line = Array("refused \(shown(sentence))".utf8)
    }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
