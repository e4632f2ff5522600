import Foundation
import TestSupport
import Testing

/// Stores that a disk, or another program, has spoiled: a sentence and an exit code, or what can still be read; never
/// the end by a signal, and a window that goes on.
@Suite(.timeLimit(.minutes(60)))
struct DamagedStoreTests {
  private static let files = ["parties.sqlite", "operator.sqlite"]
  private static let commands = [
    ["lookup", "--json", "0388202122"], ["lookup", "--explain", "0388202122"], ["log", "--json"],
    ["log"], ["search", "--json", "du"], ["export"], ["exception", "list", "--json"],
    ["attachments"],
  ]

  /// A store with something in each table, its log emptied.
  private func filled() async throws -> Workplace {
    let workplace = try await Workplace()
    for words in [
      ["exception", "add", "0199000009", "--collaborator", "MD"], ["log"], ["export", "/dev/null"],
    ] {
      try #require(try await workplace.screenpop(words).status == 0)
    }
    try await sqlite(
      workplace, "operator.sqlite",
      """
      INSERT INTO journal (key, at, zone, number, text, is_withheld, name, code, outcome, source_key)
        VALUES ('k', 1700000000000, 3600, '+33388202122', '03 88 20 21 22', 0, 'Dupont SA', 'C00123',
          'missed', '');
      INSERT INTO attachment (number, kind, code, source_key) VALUES ('+33199000001', 1, 'C00123', '');
      INSERT INTO choice (number, code, source_key) VALUES ('+33388202122', 'C00123', '');
      INSERT INTO option VALUES ('popup', 'false');
      INSERT INTO note (code, source_key, number, at, zone, text)
        VALUES ('C00123', '', '', 1700000000000, 3600, 'rappeler');
      """)
    return workplace
  }

  private func path(_ workplace: Workplace, _ name: String) -> String {
    workplace.folder.file("data/screenpop/" + name)
  }

  private func sqlite(_ workplace: Workplace, _ name: String, _ sql: String) async throws {
    let finished = try await run("sqlite3", [path(workplace, name)], input: sql)
    try #require(finished.status == 0, "\(finished.output)")
  }

  /// The files as they are, put back before each trial.
  private func put(_ bytes: Data, _ workplace: Workplace, _ name: String) throws {
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path(workplace, name) + suffix)
    }
    try bytes.write(to: URL(fileURLWithPath: path(workplace, name)))
  }

  /// How many stores are spoiled at random: a long run wants more.
  private static let seeds =
    ProcessInfo.processInfo.environment["SCREENPOP_SEEDS"].flatMap { UInt64($0) } ?? 50

  @Test func randomBytesInBothFiles() async throws {
    let workplace = try await filled()
    let whole = try Self.files.map { name in
      (name, try Data(contentsOf: URL(fileURLWithPath: path(workplace, name))))
    }
    var refused = 0
    for seed in 0..<Self.seeds {
      var numbers = SeededNumbers(seed: seed)
      for (name, bytes) in whole {
        try put(Self.spoil(bytes, &numbers), workplace, name)
        // Now and then a log that is none.
        if seed % 5 == 4 {
          let log = (0..<Int.random(in: 1...9_000, using: &numbers)).map { _ in
            UInt8.random(in: 0...255, using: &numbers)
          }
          try Data(log).write(to: URL(fileURLWithPath: path(workplace, name) + "-wal"))
        }
      }
      for words in Self.commands {
        let finished = try await workplace.screenpop(words)
        #expect([0, 65, 74].contains(finished.status), "seed \(seed), \(words): \(finished)")
        if finished.status != 0 {
          refused += 1
          #expect(finished.output.contains(".sqlite"), "seed \(seed), \(words): \(finished)")
        }
      }
    }
    #expect(refused > 0)
  }

  private static func spoil(_ bytes: Data, _ numbers: inout SeededNumbers) -> Data {
    var bytes = bytes
    switch Int.random(in: 0..<5, using: &numbers) {
    case 0: bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &numbers))
    case 1:
      for index in 0..<100 where Int.random(in: 0..<8, using: &numbers) == 0 {
        bytes[index] = UInt8.random(in: 0...255, using: &numbers)
      }
    case 2:
      let start = Int.random(in: 0..<bytes.count - 600, using: &numbers)
      for index in start..<start + 512 { bytes[index] = UInt8.random(in: 0...255, using: &numbers) }
    default:
      for _ in 0..<Int.random(in: 1...200, using: &numbers) {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] =
          UInt8.random(in: 0...255, using: &numbers)
      }
    }
    return bytes
  }

  /// Every cell of every table at once, under the whole program.
  @Test(arguments: [
    "NULL", "9223372036854775807", "-1", "9e999", "x'00FF80'", "'a' || char(0) || 'b'",
    "CAST(x'41FF42' AS TEXT)", "char(27, 93, 48, 59, 120, 7, 0x202E)",
  ])
  func wrongCells(value: String) async throws {
    let workplace = try await filled()
    for name in Self.files {
      let tables =
        name == "parties.sqlite"
        ? [
          "counter": ["value"], "copy": ["source", "mark", "parties", "full_at", "changed_at"],
          "party": ["kind", "name", "address", "zip", "city", "country", "email", "remarks"],
          "number": ["key", "kind", "tail", "use", "contact", "text", "contact_key"],
          "exception": ["comment"],
        ]
        : [
          "journal": [
            "at", "zone", "number", "text", "is_withheld", "name", "code", "outcome", "reason",
            "duration", "source_key", "called", "line",
          ],
          "exception": ["collaborator", "comment"], "choice": ["code", "source_key"],
          "attachment": ["code", "source_key"], "option": ["text"],
          "note": ["code", "number", "at", "zone", "text", "source_key"],
        ]
      // The connection that writes them must have read the tables without what they declare.
      var loose = "sql"
      for word in [", STRICT", " STRICT", " NOT NULL", " TEXT", " INTEGER"] {
        loose = "replace(\(loose), '\(word)', '')"
      }
      loose =
        "replace(replace(\(loose), 'id PRIMARY KEY', 'id INTEGER PRIMARY KEY'), '#', '')"
      let names = tables.keys.map { "'\($0)'" }.joined(separator: ", ")
      try await sqlite(
        workplace, name,
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = \(loose) WHERE type = 'table' AND name IN (\(names));
        """)
      let updates = tables.flatMap { table, columns in
        columns.map { "UPDATE OR REPLACE \(table) SET \($0) = \(value);" }
      }
      // NULL can be no part of a key: what SQLite itself refuses stays right.
      _ = try await run("sqlite3", [path(workplace, name)], input: updates.joined(separator: "\n"))
    }
    for words in Self.commands {
      let finished = try await workplace.screenpop(words)
      #expect([0, 65].contains(finished.status), "\(words): \(finished)")
      #expect(finished.output.contains("\u{1B}") == false || words == ["export"])
    }
    let log = try await workplace.screenpop("log", "--json")
    // The call is there, or a sentence says that it is not.
    #expect(log.output.contains("\"at\":") || log.output.contains("cannot be read"), "\(log)")
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0199000777")
    try await window.wait(for: "01 99 00 07 77")
    try await waitUntil("the call in the journal") {
      try await workplace.screenpop("log", "--json").output.contains("+33199000777")
    }
  }

  /// A command says what is wrong, and touches nothing.
  @Test(arguments: files)
  func commandsLeaveADamagedFileAlone(name: String) async throws {
    let workplace = try await filled()
    let damaged = Data(repeating: 0xA5, count: 20_000)
    try put(damaged, workplace, name)
    for words in Self.commands {
      let finished = try await workplace.screenpop(words)
      let isRead = name == "parties.sqlite" ? !["log", "exception"].contains(words[0]) : true
      if isRead, finished.status == 0 { continue }
      #expect([0, 65].contains(finished.status), "\(words): \(finished)")
    }
    let looked = try await workplace.screenpop(
      name == "parties.sqlite" ? "search" : "log", "--json")
    #expect([64, 65].contains(looked.status))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path(workplace, name))) == damaged)
    let doctor = try await workplace.screenpop("doctor")
    #expect(doctor.status == 1)
    #expect(doctor.output.contains(name))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path(workplace, name))) == damaged)
  }

  /// A window moves it aside, says so, and goes on.
  @Test(arguments: files, [0, 3_000])
  func aWindowGoesOnWithANewFile(name: String, from offset: Int) async throws {
    let workplace = try await filled()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path(workplace, name)))
    for index in offset..<bytes.count { bytes[index] = 0xA5 }
    try put(bytes, workplace, name)
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0199000777")
    try await window.wait(for: "01 99 00 07 77")
    try await workplace.journal(until: "the call") { $0.contains { $0.number == "+33199000777" } }
    try await waitUntil("the damaged file beside the new one") {
      FileManager.default.fileExists(atPath: path(workplace, name) + ".damaged")
    }
    let kept = try Data(contentsOf: URL(fileURLWithPath: path(workplace, name) + ".damaged"))
    #expect(kept == bytes)
  }

  /// Under a window, the file goes: what comes is in the new one.
  @Test(arguments: files)
  func aFileThatIsDeletedUnderAWindow(name: String) async throws {
    let workplace = try await filled()
    let window = try await workplace.openWindow()
    try await workplace.clicktocall("0388202122", "--call-id", "a")
    try await window.wait(for: "Dupont SA")
    try await workplace.clicktocall("--event", "end", "--call-id", "a")
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path(workplace, name) + suffix)
    }
    try await workplace.clicktocall("0199000777")
    try await window.wait(for: "01 99 00 07 77")
    try await workplace.journal(until: "the call") { $0.contains { $0.number == "+33199000777" } }
    try await waitUntil("a new file") {
      FileManager.default.fileExists(atPath: path(workplace, name))
    }
  }

  /// A disk that may not be written: one exit code, whatever is asked.
  @Test func aStoreThatMayNotBeWritten() async throws {
    var workplace = try await Workplace(sample: false)
    let disk = try await SmallDisk(megabytes: 16, at: workplace.folder.file("data"))
    workplace.prefix = disk.words
    let file = try workplace.folder.write("code,name,phone\nC1,Un,0388202122\n", to: "new.csv")
    try #require(try await workplace.screenpop("import", file).status == 0)
    try #require(
      try await workplace.screenpop("exception", "add", "0199000009", "--collaborator", "MD").status
        == 0)
    try await disk.shell("mount -o remount,ro \"$0\"")
    for words in Self.commands + [
      ["import", file], ["exception", "add", "0199000008", "--collaborator", "MD"],
      ["exception", "remove", "0199000009", "--collaborator", "MD"],
    ] {
      let finished = try await workplace.screenpop(words)
      #expect(finished.status == 77, "\(words): \(finished)")
    }
  }
}
