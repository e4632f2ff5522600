/// Who calls in a measurement: one party of ``PartyFile`` after the other, far apart in the file, even and odd in turn.
struct BenchCaller {
  let name: String
  let number: String

  /// Who calls with this call.
  init(_ call: Int) {
    let party = (call * 7_919 * 2 + call % 2) % manyParties
    name = PartyFile.name(party)
    number = call % 4 < 2 ? PartyFile.phone(party) : PartyFile.mobile(party)
  }
}

extension OperatorWindow {
  /// How long it takes from when a call is begun until the caller's name has arrived on the terminal [ms].
  func time(toNameOf caller: BenchCaller, _ begin: () throws -> Void) throws -> Double {
    screen.expect(caller.name)
    let start = ContinuousClock.now
    try begin()
    guard let arrival = screen.arrival() else {
      throw Failure(because: "the name \(caller.name) was not shown")
    }
    return (arrival - start).milliseconds
  }
}
