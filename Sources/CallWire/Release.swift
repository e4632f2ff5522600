/// The release of the programs, which is one for all three: a window reads the messages of its own.
public enum Release {
  /// What `--version` says, after semver.org.
  public static var version: String { "0.1.0" }
}
