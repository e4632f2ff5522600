import CLibrary

// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// Why a message could not be read, kept or handed over.
public enum CallWireError: Error, Hashable, Sendable {
  /// The line is longer than ``CallMessage/longestLine`` bytes.
  case tooLong(bytes: Int)
  /// The line holds a control character, so that it is no form encoding.
  case notText
  /// The line says no version, or one that this program does not know.
  case version(String?)
  /// The folder is not one that this user alone can write to.
  case foreignFolder(path: String)
  /// Another window listens there.
  case windowExists(path: String)
  /// Something that is no socket has the socket's name.
  case notASocket(path: String)
  /// The path does not fit into a socket's address.
  case pathTooLong(path: String)
  /// The spool holds as many messages as it may.
  case spoolFull(path: String)
  /// A spool file that is not one whole message of this user.
  case spoolFile(path: String)
  /// The system refused a step.
  case system(tried: String, path: String, code: CInt)

  /// What was tried, on what, what happened, what to do.
  public var sentence: String {
    switch self {
    case .tooLong(let bytes):
      "a message has at most \(CallMessage.longestLine) bytes, this one has \(bytes): shorten it"
    case .notText:
      "the message holds control characters: encode them as %XX"
    case .version(nil):
      "the message says no version: it must begin with v=\(CallMessage.version)"
    case .version(let version?):
      "the message has version \(shown(version)), this program reads version "
        + "\(CallMessage.version): install the same release of both programs"
    case .foreignFolder(let path):
      "\(path) is not a folder of this user: remove it, or set XDG_RUNTIME_DIR"
    case .windowExists(let path):
      "a window already listens on \(path): close it, or start this one with another --station"
    case .notASocket(let path):
      "\(path) is not a socket: remove it"
    case .pathTooLong(let path):
      "\(path) is too long for a socket: set XDG_RUNTIME_DIR to a shorter folder"
    case .spoolFull(let path):
      "\(path) holds \(Spool.limit) messages already: open the window to read them"
    case .spoolFile(let path):
      "\(path) is not one whole message of this user: it was set aside"
    case .system(let tried, let path, let code):
      "could not \(tried) \(path): \(String(cString: strerror(code)))"
    }
  }
}

/// A text of a stranger for one line of output, 500 characters at most.
func shown(_ text: String) -> String { PlainText.cleaned(text, limit: 500) }
