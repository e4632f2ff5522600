import Foundation
import GRDB
import TestSupport
import Testing

/// A store in trouble is a sentence on the screen; calls are shown, and none is lost.
@Suite(.timeLimit(.minutes(3)))
struct StoreTroubleTests {
  @Test func aFileOfALaterVersion() async throws {
    let workplace = try await Workplace()
    try await workplace.database("parties.sqlite").write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('in ten years')")
    }
    let window = try await workplace.openWindow()
    try await window.wait(for: "later version")
    try await workplace.clicktocall("0388202122")
    try await window.wait(for: "03 88 20 21 22")
    try await workplace.onlyCall("the call") { $0.number == "+33388202122" }
  }

  @Test func aFolderThatCannotBeMade() async throws {
    let workplace = try await Workplace(sample: false)
    try workplace.folder.write("", to: "data/screenpop")
    let window = try await workplace.openWindow()
    try await window.wait(for: "data/screenpop")
    try await workplace.clicktocall("0388202122")
    try await window.wait(for: "03 88 20 21 22")
    try FileManager.default.removeItem(atPath: workplace.folder.file("data/screenpop"))
    try await workplace.onlyCall("the call") { $0.number == "+33388202122" }
  }

  /// Another program keeps the operator's data for itself from before the window starts.
  @Test func dataThatAnotherProgramHolds() async throws {
    let workplace = try await Workplace()
    // Makes the file.
    #expect(try await workplace.journal().isEmpty)
    let holder = try workplace.database("operator.sqlite")
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0388202122", "--call-id", "a")
    try await window.wait(for: "Dupont SA")
    try await workplace.clicktocall("--event", "end", "--call-id", "a")
    try await workplace.clicktocall("0199009999")
    try await window.wait(for: "operator.sqlite")
    try await window.wait(for: "01 99 00 99 99")

    try await holder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    let calls = try await workplace.journal(until: "both calls") {
      $0.count == 2 && $0[0].outcome == "missed"
    }
    #expect(calls.map(\.number) == ["+33388202122", "+33199009999"])
    #expect(calls[0].code == "C00123")
  }

  /// A new file in the making, which nobody else may even read; names do not wait for it long.
  @Test func dataThatIsBeingMade() async throws {
    let workplace = try await Workplace()
    let holder = try workplace.database("operator.sqlite")
    try await holder.writeWithoutTransaction {
      try $0.execute(sql: "BEGIN EXCLUSIVE; CREATE TABLE unfinished (x)")
    }
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0388202122")
    try await window.wait(for: "Dupont SA")
    try await window.wait(for: "operator.sqlite")
    try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await workplace.onlyCall("found") { $0.code == "C00123" }
  }

  /// An import swaps new tables in below the window's prepared lookup.
  @Test func anImportUnderAnOpenWindow() async throws {
    let workplace = try await Workplace()
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0199001234", "--call-id", "a")
    try await window.wait(for: "unknown")
    try await workplace.clicktocall("--event", "end", "--call-id", "a")
    let file = try workplace.folder.write(
      "code,name,phone\nN1,Newcomer,0199001234\n", to: "new.csv")
    #expect(try await workplace.screenpop("import", file).status == 0)
    try await workplace.clicktocall("0199001234", "--call-id", "b")
    try await window.wait(for: "Newcomer")
    try await workplace.clicktocall("0388202122", "--call-id", "c")
    try await window.wait(for: "Dupont SA")
  }

  /// Readers do not wait for a writer.
  @Test func thirdPartiesThatAnotherProgramHolds() async throws {
    let workplace = try await Workplace()
    let holder = try workplace.database("parties.sqlite")
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0388202122")
    try await window.wait(for: "03 88 20 21 22")
    try await window.wait(for: "Dupont SA")
    try await holder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
  }
}

extension Workplace {
  /// A connection of another program to a file of the store.
  fileprivate func database(_ name: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(
      path: folder.file("data/screenpop/" + name), configuration: configuration)
  }
}
