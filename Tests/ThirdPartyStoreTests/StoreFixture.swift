import Glibc
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// A folder of its own for each test, with the two files of the store in it.
final class StoreFixture {
  let folder: String
  let plan: NumberPlan

  init(region: String = "FR") throws {
    plan = NumberPlan(region: region)
    var template = Array("/tmp/store-test-XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    folder = String(cString: try #require(made))
  }

  deinit {
    for name in Self.names(in: folder) { unlink(path(name)) }
    rmdir(folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func parties(busyTimeout: Double = 5) throws -> PartyStore {
    try PartyStore(path: path("parties.sqlite"), plan: plan, busyTimeout: busyTimeout)
  }

  func operatorData(busyTimeout: Double = 5) throws -> OperatorStore {
    try OperatorStore(path: path("operator.sqlite"), busyTimeout: busyTimeout)
  }

  func directory() throws -> StoreDirectory {
    StoreDirectory(parties: try parties(), operatorData: try operatorData())
  }

  func number(_ text: String) throws -> PhoneNumber {
    try #require(plan.caller(text).number)
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = path(name)
    let bytes = Array(bytes)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    return file
  }

  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}

/// What an import of a text did.
struct ImportOutcome {
  var report: ImportReport
  /// `12: why`, in the order in which they were told.
  var refused: [String] = []
  var notices: [String] = []
  var unused: [String] = []
}

extension StoreFixture {
  @discardableResult
  func importing(
    _ text: String, allOrNothing: Bool = false, into store: PartyStore? = nil
  ) async throws -> ImportOutcome {
    try await importing(bytes: Array(text.utf8), allOrNothing: allOrNothing, into: store)
  }

  @discardableResult
  func importing(
    bytes: [UInt8], allOrNothing: Bool = false, into store: PartyStore? = nil
  ) async throws -> ImportOutcome {
    let input = try InputFile(path: try write(bytes, to: "input.csv"))
    var outcome = ImportOutcome(report: ImportReport())
    let run = PartyImport(into: try store ?? parties(), allOrNothing: allOrNothing)
    outcome.report = try await run.run(input) { event in
      switch event {
      case .refused(let line, let why): outcome.refused.append("\(line): \(why)")
      case .notice(let line, let text): outcome.notices.append("\(line): \(text)")
      case .unusedColumns(let names): outcome.unused = names
      case .progress: break
      }
    }
    return outcome
  }

  func exported() throws -> String {
    var text = ""
    try parties().export { text += $0 }
    return text
  }
}

/// Files as the tests find or spoil them.
extension StoreFixture {
  static func mode(_ path: String) throws -> mode_t {
    var status = stat()
    try #require(lstat(path, &status) == 0)
    return status.st_mode & 0o777
  }

  /// What a file holds; nothing where there is none.
  static func bytes(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    try #require(pread(descriptor, &bytes, bytes.count, 0) == bytes.count)
    return bytes
  }

  /// Removes a file, if it is there.
  func remove(_ name: String) { unlink(path(name)) }

  /// Removes a folder and what is in it.
  static func remove(_ folder: String) throws {
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { try remove(path) }
    }
    try #require(rmdir(folder) == 0)
  }

  /// Writes nonsense over the rest of a file.
  static func overwrite(_ path: String, from offset: Int) throws {
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let nonsense = [UInt8](repeating: 0xA5, count: max(0, size - offset))
    try #require(pwrite(descriptor, nonsense, nonsense.count, off_t(offset)) == nonsense.count)
  }
}

/// Holds the lock of an import, as another process would.
final class ImportHolder {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
  }

  func release() { close(descriptor) }
}
