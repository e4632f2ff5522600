import ERPSync
import Glibc
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// A store in a folder of its own, and copies into it.
struct SyncFixture {
  let folder: TemporaryFolder
  let plan = NumberPlan()
  let store: PartyStore

  init() throws {
    folder = try TemporaryFolder()
    store = try PartyStore(path: folder.file("parties.sqlite"), plan: plan)
  }

  /// The store of an operator's place.
  init(in place: Workplace) throws {
    folder = place.folder
    store = try PartyStore(path: folder.file("data/screenpop/parties.sqlite"), plan: plan)
  }

  /// Copies, and hands over the report and what was not understood.
  @discardableResult
  func copy(
    _ profile: ERPProfile, from access: ERPAccess, _ extent: PartyCopy.Extent = .changes,
    at time: WallTime = WallTime(milliseconds: 0), acceptingFewer: Bool = false
  ) throws -> (report: ERPCopyReport, notices: [String]) {
    var notices: [String] = []
    let copy = ERPCopy(profile, from: access, into: store, plan: plan)
    let report = try copy.run(
      extent, at: time, acceptingFewer: acceptingFewer
    ) { event in
      if case .notice(let text) = event { notices.append(text) }
    }
    return (report, notices)
  }

  /// Who has the number: `Dupont SA`, or `Dupont SA/Marie` where a contact person has it.
  func who(_ number: String) throws -> [String] {
    let number = try #require(plan.caller(number).number)
    return try store.matches(for: number).map { match in
      match.party.name + (match.contact.map { "/\($0)" } ?? "")
    }
  }

  /// The failure that copying ends in.
  func failure(
    _ profile: ERPProfile, from access: ERPAccess, _ extent: PartyCopy.Extent = .full
  ) throws -> ERPError {
    try #require(throws: ERPError.self) { try copy(profile, from: access, extent) }
  }

  /// A profile of one's own, in a file.
  func profile(_ toml: String) throws -> ERPProfile {
    try ERPProfile.named(folder.write(toml, to: "own.toml"))
  }
}
