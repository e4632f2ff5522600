import Baresip
import Testing

/// Which softphone it is, by what its command `about` prints (R38).
struct VersionTests {
  private func box(_ version: String) -> String {
    """
    .------------------------------------------------------------.
    |                      \u{1B}[34;1mbare\u{1B}[31;1msip\u{1B}[;m \(version)                         |
    |                                                            |
    | Baresip is a portable and modular SIP User-Agent           |
    """
  }

  @Test(arguments: [
    ("1.0.0", true), ("1.1.0", true), ("2.12.0", true), ("3.15.0", true), ("v3.16.0-dev", true),
    ("4.2.0", true), ("0.6.6", false), ("5.0.0", false), ("10.1", false),
  ])
  func aVersionIsSupportedOrNot(text: String, isSupported: Bool) throws {
    let version = try #require(BaresipVersion(about: box(text)))
    #expect(version.isSupported == isSupported)
    #expect(text.hasSuffix(version.text) || text.contains(version.text))
  }

  @Test(arguments: [
    "", "baresip", "Asterisk 20.1.0", "baresip is ready", "\u{1B}[34;1mbaresip", "barefoot 1.0.0",

  ])
  func whatIsNoVersionIsNone(text: String) {
    #expect(BaresipVersion(about: text) == nil)
  }
}
