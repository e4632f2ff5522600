import ERPSync
import Testing

/// What a connection string says.
struct AccessTests {
  @Test(arguments: [
    ("Driver={PostgreSQL Unicode};Server=erp.example;Uid=erp_ro", false),
    ("DSN=company", false), ("Driver={a;Pwd=b};Uid=c", false), ("Driver={a}};Pwd=b};Uid=c", false),
    ("Driver=a;PWD=b", true), ("driver={a};uid=b; password={c;d}", true), ("", false),
    ("Pwd", false), ("Driver={a}\u{301};PWD=b", true), ("Driver=a;\u{301};PWD=b", true),
    ("Driver={a}}\u{301};PWD=b}", false),
  ])
  func aPasswordInAConnectionStringIsSeen(connection: String, isThere: Bool) {
    #expect(ERPAccess.namesPassword(connection) == isThere)
  }
}
