import Glibc
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// What users of a machine share of their own data (R57): each in a file of one's own.
final class SharedNumbersTests {
  private let machine: StoreFixture
  private let shared: StoreFixture
  /// Anna publishes; Berta reads, as another user would.
  private let anna: StoreFixture
  private let berta: StoreFixture

  init() async throws {
    machine = try StoreFixture()
    shared = try StoreFixture()
    anna = try StoreFixture()
    berta = try StoreFixture()
    try #require(chmod(shared.folder, 0o1770) == 0)
    try await machine.importing(
      "code;name;phone\nC1;Dupont SA;0199001001\nC2;Garage Muller;0199001002\nC3;Muller Location;0199001002\n"
    )
    try await anna.importing("code;name;phone\nP1;Ma cousine;0639981234\n")
    try await berta.importing("code;name;phone\nP1;Plombier;0639985678\n")
  }

  /// The operator's view; who is not `geteuid()` reads what the test publishes.
  private func directory(_ own: StoreFixture, user: uid_t = geteuid()) throws -> StoreDirectory {
    StoreDirectory(
      parties: PartyStores(own: try own.parties(), machine: try machine.parties()),
      operatorData: try own.operatorData(),
      shared: SharedNumbers(folder: shared.folder, user: user))
  }

  private func bertas() throws -> StoreDirectory { try directory(berta, user: geteuid() + 1) }

  private func names(_ number: String, _ directory: StoreDirectory) throws -> [String] {
    try directory.matches(for: berta.number(number)).map { "\($0.party.name) \($0.strength)" }
  }

  private var file: String { shared.path("\(geteuid()).csv") }

  @Test func numbersRangesAndChoicesOfAreEverybodys() throws {
    let hers = try directory(anna)
    try hers.operatorData.attach(anna.number("0639980001"), to: PartyReference(code: "C1"))
    try hers.operatorData.attach(NumberRange(prefix: "+3326191"), to: PartyReference(code: "C2"))
    try hers.operatorData.setChoice(
      PartyReference(code: "C3"), for: anna.number("0199001002"))
    try hers.publish()
    let reader = try bertas()
    #expect(try names("0639980001", reader) == ["Dupont SA exact"])
    #expect(try names("0261910042", reader) == ["Garage Muller range"])
    #expect(try names("0199001002", reader).first == "Muller Location exact")
    let why = try #require(try reader.explain(berta.number("0639980001")).first)
    #expect(why.numbers.map(\.relation) == [.attachedByOthers])
    // One's own choice goes before theirs.
    try reader.operatorData.setChoice(
      PartyReference(code: "C2"), for: berta.number("0199001002"))
    #expect(try names("0199001002", reader).first == "Garage Muller exact")
    // What is attached later is known to who has read before, and so is what is forgotten.
    try hers.operatorData.attach(anna.number("0639980002"), to: PartyReference(code: "C2"))
    try hers.publish()
    #expect(try names("0639980002", reader) == ["Garage Muller exact"])
    _ = try hers.operatorData.forget(
      .party(PartyReference(code: "C2")), [.attachments], now: WallTime(milliseconds: 1))
    try hers.publish()
    #expect(try names("0639980002", reader).isEmpty)
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  /// A code of one's own store is somebody else's in another user's.
  @Test func onesOwnPartiesAreNotShared() throws {
    let hers = try directory(anna)
    try hers.operatorData.attach(anna.number("0639980001"), to: PartyReference(code: "P1"))
    try hers.publish()
    #expect(try names("0639980001", hers) == ["Ma cousine exact"])
    #expect(try names("0639980001", bertas()).isEmpty)
    // Nor what somebody writes by hand.
    _ = try shared.write("number,+33639980001,1,P1,\n".utf8, to: "\(geteuid()).csv")
    #expect(try names("0639980001", bertas()).isEmpty)
  }

  @Test func whatIsHostileIsLeftOutAndNamed() throws {
    let good = "number,+33639980001,1,C1,\n"
    let lines =
      "number,+33639980001,1,C1,\nnumber,x,1,C1,\nnumber,+33639980003,77,C1,\nwhat,1,2,3\n\u{1B}[2J\n,,,,,,,\n"
    _ = try shared.write(lines.utf8, to: "\(geteuid()).csv")
    #expect(try names("0639980001", bertas()) == ["Dupont SA exact"])
    #expect(try bertas().shared?.state().numbers == 1)
    // Somebody else's file under a user's name, a link, a pipe, what has no end.
    let other = shared.path("\(geteuid() + 7).csv")
    _ = try shared.write(good.utf8, to: "\(geteuid() + 7).csv")
    #expect(try bertas().shared?.state().faults.count == 1)
    unlink(other)
    unlink(file)
    let secret = try anna.write(good.utf8, to: "secret")
    #expect(symlink(secret, file) == 0)
    #expect(try names("0639980001", bertas()).isEmpty)
    // Nor is it written through: it is replaced.
    try directory(anna).operatorData.attach(
      anna.number("0639980001"), to: PartyReference(code: "C1"))
    try directory(anna).publish()
    #expect(try names("0639980001", bertas()) == ["Dupont SA exact"])
    unlink(file)
    #expect(mkfifo(file, 0o600) == 0)
    #expect(try names("0639980001", bertas()).isEmpty)
    unlink(file)
    _ = try shared.write(
      Array(repeating: UInt8(ascii: "\""), count: 300_000), to: "\(geteuid()).csv")
    #expect(try bertas().shared?.state().faults.count == 1)
  }

  @Test func aFolderThatIsNoneOrEverybodysIsRefused() throws {
    let hers = try directory(anna)
    #expect(chmod(shared.folder, 0o1777) == 0)
    #expect(throws: StoreError.self) { try hers.publish() }
    #expect(chmod(shared.folder, 0o770) == 0)
    #expect(throws: StoreError.self) { try hers.publish() }
    let nowhere = StoreDirectory(
      parties: hers.parties, operatorData: hers.operatorData,
      shared: SharedNumbers(folder: shared.path("none")))
    #expect(throws: StoreError.self) { try nowhere.publish() }
    // A name comes up all the same.
    #expect(try names("0199001001", nowhere) == ["Dupont SA exact"])
  }
}
