import Testing

@testable import Connector

/// Datagrams go to the next address of a name when nothing was heard from the one before.
struct AddressTurnTests {
  @Test func theNextOneAfterSilence() {
    let turn = AddressTurn()
    let addresses = ["a", "b"]
    #expect(turn.choose(among: addresses) == "a")
    #expect(turn.choose(among: addresses) == "a")
    turn.pass()
    #expect(turn.choose(among: addresses) == "b")
    // A name may have fewer addresses by then.
    #expect(turn.choose(among: ["c"]) == "c")
    turn.pass()
    #expect(turn.choose(among: addresses) == "a")
    #expect(turn.choose(among: [String]()) == nil)
  }
}
