import Glibc
import PhoneNumbers
import Telephony
import Testing

@testable import ThirdPartyStore

@Suite struct MachineExceptionsTests {
  @Test func `the first file is written, all are read`() throws {
    let store = try StoreFixture()
    let second = try store.write(
      Array("number,collaborator,comment\n03 88 20 21 22,ML,\"a, b\"\nnonsense,,\n0800*,,\n".utf8),
      to: "second.csv")
    let list = MachineExceptions(paths: [store.path("first.csv"), second], plan: store.plan)
    let mine = ExceptionNumber(pattern: "1024", comment: "accueil", list: .machine)
    try list.add(mine)
    try list.add(mine)
    #expect(
      try list.load() == [
        mine,
        ExceptionNumber(
          pattern: "+33388202122", collaborator: "ML", comment: "a, b", list: .machine),
        ExceptionNumber(pattern: "+33800*", list: .machine),
      ])
    #expect(try list.remove(mine))
    #expect(try !list.remove(mine))
    #expect(Set(StoreFixture.names(in: store.folder)) == ["first.csv", "second.csv"])
  }

  @Test func `lines that cannot be read are left as they stand`() throws {
    let store = try StoreFixture()
    let path = try store.write(
      Array("number,collaborator,comment\nnonsense,,why\n".utf8), to: "first.csv")
    let list = MachineExceptions(paths: [path], plan: store.plan)
    try list.add(ExceptionNumber(pattern: "1024", list: .machine))
    let input = try InputFile(path: path)
    #expect(input.size == "number,collaborator,comment\nnonsense,,why\n1024,,\n".utf8.count)
  }

  @Test func `programs that write at once lose nothing of each other`() async throws {
    let store = try StoreFixture()
    let list = MachineExceptions(paths: [store.path("first.csv")], plan: store.plan)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 100..<120 {
        group.addTask { try list.add(ExceptionNumber(pattern: "\(number)", list: .machine)) }
      }
      try await group.waitForAll()
    }
    #expect(try list.load().count == 20)
    #expect(StoreFixture.names(in: store.folder) == ["first.csv"])
  }

  /// Whoever may read the folder can lock it.
  @Test func `a lock that is never given up is a sentence`() throws {
    let store = try StoreFixture()
    var list = MachineExceptions(paths: [store.path("first.csv")], plan: store.plan)
    list.patience = 20
    let other = try FolderLock(store.folder)
    let number = ExceptionNumber(pattern: "1024", list: .machine)
    #expect(
      throws: StoreError(
        .busy, "another program keeps \(store.folder) locked; try again later")
    ) { try list.add(number) }
    other.release()
    try list.add(number)
  }

  /// To be taken for empty, it would be written anew.
  @Test func `a list that cannot be looked at is no empty one`() throws {
    let store = try StoreFixture()
    let path = store.path("first.csv")
    try #require(symlink(path, path) == 0)
    let list = MachineExceptions(paths: [path], plan: store.plan)
    #expect(throws: StoreError.self) { try list.load() }
  }

  /// A pipe would be waited for, and /dev/zero has no end.
  @Test(arguments: ["/dev/zero", "pipe"])
  func `what is no ordinary file is a sentence`(name: String) throws {
    let store = try StoreFixture()
    let path = name.hasPrefix("/") ? name : store.path(name)
    try #require(name.hasPrefix("/") || mkfifo(path, 0o600) == 0)
    #expect(throws: StoreError(.badInput, "\(path) is no ordinary file")) {
      try MachineExceptions(paths: [path], plan: store.plan).load()
    }
    #expect(throws: StoreError(.badInput, "\(path) is no ordinary file")) {
      try NumberNames.load(path: path)
    }
  }

  @Test func `where nothing may be written`() throws {
    let list = MachineExceptions(paths: ["/proc/screenpop/exceptions.csv"], plan: .init())
    #expect(throws: StoreError.self) {
      try list.add(ExceptionNumber(pattern: "1024", list: .machine))
    }
    #expect(try list.load().isEmpty)
  }
}
