import Glibc

/// Where configuration and data live: the XDG Base Directory Specification 0.8.
///
/// A variable that is empty or holds a relative path counts as unset, as the specification says.
public struct Directories: Hashable, Sendable {
  /// The user's home folder.
  public let home: String
  /// The user's own configuration of all programs: `$XDG_CONFIG_HOME`.
  public let configurationHome: String
  /// What this program keeps of its runs: `$XDG_STATE_HOME/screenpop`.
  public let state: String
  /// The user's own data of all programs: `$XDG_DATA_HOME`.
  public let dataHome: String
  /// The operator's file: `$XDG_CONFIG_HOME/screenpop/config.toml`.
  public let operatorConfiguration: String
  /// The machine's files, the most important first: `screenpop/config.toml` in `$XDG_CONFIG_DIRS`.
  public let machineConfigurations: [String]
  /// The machine's exception numbers, the most important first: `screenpop/exceptions.csv` in
  /// `$XDG_CONFIG_DIRS`.
  public let machineExceptions: [String]
  /// The operator's data: `$XDG_DATA_HOME/screenpop`.
  public let data: String
  /// The data of `--demo`, apart from the operator's own.
  public var demoData: String { data + "/demo" }

  /// The folders that these environment variables name; the home folder is the account's when `HOME`
  /// says none.
  public init(environment: [String: String]) {
    let home = Self.path(environment["HOME"]) ?? Self.accountHome() ?? "/"
    let base = home == "/" ? "" : home
    configurationHome = Self.path(environment["XDG_CONFIG_HOME"]) ?? base + "/.config"
    dataHome = Self.path(environment["XDG_DATA_HOME"]) ?? base + "/.local/share"
    state = (Self.path(environment["XDG_STATE_HOME"]) ?? base + "/.local/state") + "/screenpop"
    let named = (environment["XDG_CONFIG_DIRS"] ?? "").split(separator: ":")
      .compactMap { Self.path(String($0)) }
    let machine = named.isEmpty ? ["/etc/xdg"] : named
    self.home = home
    operatorConfiguration = configurationHome + "/screenpop/config.toml"
    machineConfigurations = machine.map { $0 + "/screenpop/config.toml" }
    machineExceptions = machine.map { $0 + "/screenpop/exceptions.csv" }
    data = dataHome + "/screenpop"
  }

  /// An absolute path without slashes at its end, nil for anything else.
  private static func path(_ text: String?) -> String? {
    guard var path = text, path.hasPrefix("/") else { return nil }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private static func accountHome() -> String? {
    var account = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
      guard let room = buffer.baseAddress,
        getpwuid_r(getuid(), &account, room, buffer.count, &found) == 0,
        found != nil, let folder = account.pw_dir
      else { return nil }
      return path(String(cString: folder))
    }
  }
}
