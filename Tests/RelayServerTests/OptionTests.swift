import Glibc
import RelayServer
import TestSupport
import Testing

/// How a relay may be set up, and what is refused with a sentence (R30).
struct OptionTests {
  @Test(arguments: [
    ("127.0.0.1", false, true), ("::1", false, true), ("localhost", false, true),
    ("127.1.2.3", false, true), ("0.0.0.0", false, false), ("::", false, false),
    ("192.0.2.1", false, false), ("relay.example.com", false, false), ("0.0.0.0", true, true),
  ])
  func theNetworkIsServedOnlyWhenThatIsMeant(address: String, isOpen: Bool, starts: Bool) throws {
    var options = RelayOptions()
    options.address = address
    options.isOpen = isOpen
    #expect(Self.problem(options) == (starts ? nil : .wouldBeOpen(address: address)))
  }

  @Test(
    arguments: [
      ("both secret\n", 0o600, nil), ("both secret", 0o400, nil),
      ("both secret\n", 0o640, "others"), ("both secret\n", 0o604, "others"),
      ("", 0o600, "no token"),
      ("# both secret\n", 0o600, "no token"), ("both\n", 0o600, "line 1"),
      ("read a\nall secret\n", 0o600, "line 2"), ("read a b\n", 0o600, "line 1"),
    ] as [(String, mode_t, String?)])
  func aTokenFileIsRight(text: String, mode: mode_t, problem: String?) throws {
    let folder = try TemporaryFolder()
    var options = RelayOptions()
    options.address = "0.0.0.0"
    options.tokenFile = try folder.write(text, to: "tokens")
    try #require(chmod(folder.file("tokens"), mode) == 0)
    let found = Self.problem(options)
    #expect((found == nil) == (problem == nil))
    if let problem { #expect(found?.sentence.contains(problem) == true) }
    // A secret is never said.
    #expect(found?.sentence.contains("secret") != true)
  }

  @Test func anOptionThatCannotBeIsSaid() throws {
    let changes: [((inout RelayOptions) -> Void, String)] = [
      ({ $0.port = 65536 }, "65536 is not a port"),
      ({ $0.prefix = "api/" }, "api/ is not the beginning of a path"),
      ({ $0.prefix = "/a b/" }, "/a b/ is not"), ({ $0.prefix = "/a?/" }, "/a?/ is not"),
      ({ $0.store = "paper" }, "paper is not a store: write memory, or redis://"),
      ({ $0.store = "redis://" }, "redis:// is not a store: write memory"),
      ({ $0.store = "redis://host:0" }, "is not a store"),
      ({ $0.store = "redis://host:65536" }, "is not a store"),
      ({ $0.store = "redis://host/first" }, "is not a store"),
      ({ $0.store = "redis://host/-1" }, "is not a store"),
      ({ $0.store = "redis://host?db=1" }, "is not a store"),
      ({ $0.store = "rediss://:secret@host" }, "rediss://…@host is not a store: ctirelay speaks"),
      ({ $0.store = "redis://:secret@" }, "redis://…@ is not a store"),
      ({ $0.storePasswordFile = "/nonexistent/password" }, "memory asks for no password"),
      (
        {
          $0.store = "redis://:secret@host"
          $0.storePasswordFile = "/nonexistent/password"
        }, "--store has a password, too"
      ),
      (
        {
          $0.store = "redis://host"
          $0.storePasswordFile = "/nonexistent/password"
        }, "the store's password from /nonexistent/password: No such file"
      ),
      (
        {
          $0.store = "redis://host"
          $0.storePasswordFile = "/dev/null"
        }, "/dev/null: it is not a regular file"
      ),
      ({ $0.tokenFile = "/nonexistent/tokens" }, "/nonexistent/tokens: No such file"),
      ({ $0.tokenFile = "/dev" }, "/dev: it is not a regular file"),
      ({ $0.tls = ("/nonexistent/chain.pem", "/nonexistent/key.pem") }, "/nonexistent/chain.pem"),
    ]
    for (change, sentence) in changes {
      var options = RelayOptions()
      change(&options)
      let problem = Self.problem(options)?.sentence ?? "none"
      #expect(problem.contains(sentence), "\(problem)")
      #expect(!problem.contains("secret"))
    }
  }

  @Test(arguments: [
    "redis://127.0.0.1", "redis://[::1]:6380/2",
    "redis://relay:p%40ss@redis.example.com/", "REDIS://host:1",
  ])
  func aStoreIsNamedAsRedisDoes(url: String) {
    #expect(Self.problem(options { $0.store = url }) == nil)
  }

  @Test(
    arguments: [
      ("geheim\n", 0o600, nil), ("geheim", 0o400, nil), ("geheim\n", 0o644, "others"),
      ("", 0o600, "no secret"), ("\ngeheim\n", 0o600, "no secret"),
    ] as [(String, mode_t, String?)])
  func aPasswordFileIsRight(text: String, mode: mode_t, problem: String?) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "password")
    try #require(chmod(file, mode) == 0)
    let found = Self.problem(
      options {
        $0.store = "redis://127.0.0.1"
        $0.storePasswordFile = file
      })
    #expect((found == nil) == (problem == nil))
    if let problem { #expect(found?.sentence.contains(problem) == true) }
    #expect(found?.sentence.contains("geheim") != true)
  }

  @Test(arguments: ["", "tel", "tel=", "=x", "phone=tel", "tel=event"])
  func aParameterIsRenamedProperly(assignment: String) {
    var names = ParameterNames()
    #expect(throws: RelayError.badName(assignment)) { try names.rename(assignment) }
  }

  @Test(arguments: [
    ("192.0.2.0/24", true), ("192.0.2.7", true), ("0.0.0.0/0", true), ("2001:db8::/32", true),
    ("::1", true), ("", false), ("192.0.2.0/33", false), ("192.0.2/24", false),
    ("192.0.2.0/-1", false), ("192.0.2.0/24/1", false), ("2001:db8::/129", false), ("host", false),
  ])
  func aNetworkIsWrittenAsRoutersDo(text: String, isOne: Bool) {
    #expect((Network(text) != nil) == isOne)
  }

  private static func problem(_ options: RelayOptions) -> RelayError? {
    do {
      _ = try Relay(options)
      return nil
    } catch {
      return error
    }
  }
}
