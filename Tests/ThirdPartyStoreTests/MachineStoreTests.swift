import Glibc
import PhoneNumbers
import Telephony
import Testing

@testable import ThirdPartyStore

/// One copy of third parties for all users of a machine (R57), beside what each user has.
@Suite struct MachineStoreTests {
  private let own: StoreFixture
  private let machine: StoreFixture
  private let told = Told()

  init() throws { (own, machine) = (try StoreFixture(), try StoreFixture()) }

  /// Fills the machine's file as its service does, and closes it.
  private func copy(_ names: [String: String], _ extent: PartyCopy.Extent = .full) throws {
    let store = try PartyStore(
      path: machine.path("parties.sqlite"), plan: machine.plan, holder: .machine)
    try fill(store, names, extent)
  }

  /// Parties by their keys, whose numbers end in them.
  private func fill(
    _ store: PartyStore, _ names: [String: String], _ extent: PartyCopy.Extent = .full
  ) throws {
    let copy = try PartyCopy(into: store, from: "erp", extent)
    try copy.add(
      names.sorted { $0.key < $1.key }.map { key, name in
        CopiedRow(
          key: key, code: "C" + key, name: name,
          numbers: [
            ListedNumber(use: .phone, number: try own.number("01990010" + key), text: "")
          ])
      })
    _ = try copy.finish(mark: nil, at: WallTime(milliseconds: 1), acceptingFewer: true)
  }

  private func reader() throws -> PartyStore {
    try PartyStore(path: machine.path("parties.sqlite"), plan: machine.plan, holder: .reader)
  }

  private func directory() throws -> StoreDirectory {
    StoreDirectory(
      parties: try PartyStore(
        path: own.path("parties.sqlite"), plan: own.plan, notices: told.notices()),
      machine: try reader(), operatorData: try own.operatorData())
  }

  private func names(_ number: String, in directory: StoreDirectory) throws -> [String] {
    try directory.matches(for: own.number(number)).map(\.party.name)
  }

  @Test func bothFilesAreAsked() async throws {
    try copy(["01": "Dupont SA", "02": "Garage Muller"])
    try await own.importing(
      "code;name;phone\nP1;Cousine;0199001001\nC02;Plombier;0639981234\nC01;Dupont SA;0199001003\n")
    let directory = try directory()
    #expect(try names("0199001001", in: directory) == ["Cousine", "Dupont SA"])
    #expect(try names("0199001002", in: directory) == ["Garage Muller"])
    #expect(try names("0639981234", in: directory) == ["Plombier"])
    #expect(try directory.parties.search("Du", limit: 5).map(\.name) == ["Dupont SA", "Dupont SA"])
    #expect(try directory.parties.count() == 5)
    // Each record is that of the file in which the party was found, where two have one code.
    for (number, name) in [("0199001002", "Garage Muller"), ("0639981234", "Plombier")] {
      let match = try #require(try directory.matches(for: own.number(number)).first)
      #expect(try directory.record(PartyReference(match.party))?.summary.name == name)
    }
    #expect(
      try directory.explain(own.number("0199001001")).map(\.file) == [
        own.path("parties.sqlite"), machine.path("parties.sqlite"),
      ])
    try directory.operatorData.attach(
      own.number("0639980009"), to: PartyReference(code: "C02", sourceKey: "02"))
    #expect(try names("0639980009", in: directory) == ["Garage Muller"])
  }

  /// A copy of one's own from before there was a machine's gets no older beside it.
  @Test func whatTheERPSaysTheMachinesFileSays() throws {
    try fill(try own.parties(), ["01": "Dupont", "04": "Gone SARL"])
    try copy(["01": "Dupont SA"])
    let directory = try directory()
    #expect(try names("0199001001", in: directory) == ["Dupont SA"])
    #expect(try names("0199001004", in: directory).isEmpty)
    #expect(try directory.parties.party(PartyReference(code: "C04", sourceKey: "04")) == nil)
    #expect(try directory.parties.search("Gone", limit: 5).isEmpty)
    // Nobody would have a name otherwise.
    for suffix in FileIdentity.suffixes { machine.remove("parties.sqlite" + suffix) }
    #expect(try names("0199001004", in: directory) == ["Gone SARL"])
    #expect(told.all.contains { $0.contains("screenpop sync --system") }, "\(told.all)")
  }

  /// The service comes and goes; who reads has no right to write, in the folder or on any file. Within one process
  /// SQLite lets a reader without rights and a writer not be there at once: `sync --system` shows that.
  @Test func itIsReadWithoutRightsToWrite() throws {
    try copy(["01": "Dupont SA"])
    for (suffix, mode) in FileIdentity.suffixes.map({ ($0, 0o644 as mode_t) }) {
      #expect(chmod(machine.path("parties.sqlite" + suffix), mode) == 0, "\(suffix) is gone")
    }
    try withoutRights(to: machine.folder) {
      let number = try own.number("0199001001")
      for name in ["Dupont SA", "Dupont et fils"] {
        try withRights(to: machine.folder) { try copy(["01": name], .changes) }
        let reader = try reader()
        #expect(try reader.matches(for: number).map(\.party.name) == [name])
        #expect(throws: StoreError.self) { try reader.create(NewThirdParty(name: "Moi")) }
      }
    }
  }

  @Test func whoHasNoRightIsToldSo() throws {
    #expect(throws: StoreError(.noInput, sentence("were not copied yet"))) { try reader() }
    try copy(["01": "Dupont SA"])
    var status = stat()
    #expect(stat(machine.path("parties.sqlite"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(chmod(machine.path("parties.sqlite"), 0) == 0)
    try withoutRights(to: machine.folder) {
      let error = #expect(throws: StoreError.self) { try reader() }
      #expect(error?.kind == .denied)
      #expect(error?.sentence.contains("may be read by ") == true, "\(error?.sentence ?? "")")
    }
  }

  private func sentence(_ end: String) -> String {
    "there is no \(machine.path("parties.sqlite")): the machine's third parties \(end), which screenpop sync "
      + "--system does"
  }
}

/// The user of file accesses of this thread, which only the administrator may change.
private let setFileUser = dlsym(nil, "setfsuid").map {
  unsafeBitCast($0, to: (@convention(c) (uid_t) -> CInt).self)
}

/// Runs `body`, which does not change threads, as somebody who may only read in the folder.
private func withoutRights(to folder: String, _ body: () throws -> Void) throws {
  chmod(folder, 0o755)
  take(false, folder)
  defer { take(true, folder) }
  try body()
}

private func withRights<Result>(to folder: String, _ body: () throws -> Result) rethrows -> Result {
  take(true, folder)
  defer { take(false, folder) }
  return try body()
}

private func take(_ hasRights: Bool, _ folder: String) {
  if geteuid() == 0 {
    _ = setFileUser?(hasRights ? 0 : 65_534)
  } else {
    chmod(folder, hasRights ? 0o755 : 0o555)
  }
}
