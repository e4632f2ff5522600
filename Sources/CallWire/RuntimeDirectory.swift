import CLibrary

// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The folder in which windows listen and messages wait, the same for launcher and window (R16).
///
///     $XDG_RUNTIME_DIR/screenpop/           /tmp/screenpop-UID/ without that variable
///       window-1024.sock                    the window of station 1024
///       window.sock                         a window without a station
///       spool/                              messages that nobody took, see Spool
public struct RuntimeDirectory: Hashable, Sendable {
  /// The folder's path.
  public let path: String

  /// A folder of one's own choosing.
  public init(path: String) { self.path = path }

  /// The folder by the rule; a relative `XDG_RUNTIME_DIR` counts as none (XDG Base Directory
  /// Specification 0.8).
  public init(environment: (String) -> String?) {
    if let runtime = environment("XDG_RUNTIME_DIR"), runtime.utf8.first == UInt8(ascii: "/") {
      path = runtime + "/screenpop"
    } else {
      path = "/tmp/screenpop-\(geteuid())"
    }
  }

  /// Makes sure that the folder is there and belongs to this user alone.
  ///
  /// Throws ``CallWireError/foreignFolder(path:)`` for a link, a file or somebody else's folder, and
  /// ``CallWireError/system(tried:path:code:)``.
  public func prepare() throws(CallWireError) { try preparePrivateFolder(path) }

  /// Where the window of this station listens.
  public func socketPath(station: String?) -> String {
    "\(path)/window\(Self.suffix(station: station)).sock"
  }

  /// What the names of a station's files have behind the first word: `-1024`; nothing without a station.
  public static func suffix(station: String?) -> String {
    guard let station, !station.isEmpty else { return "" }
    return "-" + fileName(forStation: station)
  }

  /// Where windows listen, or have listened: at most 64 paths, in no order.
  public func socketPaths() -> [String] {
    var paths: [String] = []
    for name in folderNames(path) ?? []
    where name.hasPrefix("window") && name.hasSuffix(".sock") && paths.count < 64 {
      paths.append(path + "/" + name)
    }
    return paths
  }

  /// The messages that nobody took.
  public var spool: Spool { Spool(path: path + "/spool") }
}

/// A station's name as part of a file name: letters, digits, `-`, `_` and inner dots stand for
/// themselves, everything else is `%XX`, so that two stations never share a file and none leaves its
/// folder (`../x` is `%2E.%2Fx`).
func fileName(forStation station: String) -> String {
  var name: [UInt8] = []
  for byte in station.utf8 {
    if PercentCoding.isNameByte(byte) || (byte == UInt8(ascii: ".") && !name.isEmpty) {
      name.append(byte)
    } else {
      PercentCoding.append(byte, to: &name)
    }
  }
  return String(decoding: name, as: UTF8.self)
}
