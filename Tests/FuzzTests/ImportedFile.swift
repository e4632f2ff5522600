import Dispatch
import Glibc
import PhoneNumbers
import Synchronization
import ThirdPartyStore

/// A file of any kind, through the whole of the import into a store.
enum ImportedFile: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let done = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<ImportReport, StoreError>?>(nil)
    Task.detached {
      let result: Result<ImportReport, StoreError>
      do throws(StoreError) {
        result = .success(
          try await PartyImport(into: store).run(InputFile(name: "input", bytes: bytes)) { _ in })
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    switch outcome.withLock({ $0 }) {
    case .success(let report):
      precondition(report.isApplied == (report.taken > 0), "\(report)")
      precondition(report.lost <= report.refused, "\(report)")
    case .failure(let error):
      // The store and the disk are well.
      precondition(error.kind == .badInput, error.sentence)
    case nil: preconditionFailure("nothing came of the import")
    }
  }

  /// One for all inputs: to make a store takes longer than to import a file.
  private static let store: PartyStore = {
    guard mkdtemp(&folder) != nil else { preconditionFailure("no folder for temporary files") }
    atexit {
      for end in ["", "-wal", "-shm", ".import"] { unlink(ImportedFile.path + end) }
      rmdir(ImportedFile.folder)
    }
    do throws(StoreError) {
      return try PartyStore(path: path, plan: NumberPlan(region: "FR"))
    } catch {
      preconditionFailure(error.sentence)
    }
  }()

  private static var path: String {
    String(decoding: folder.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      + "/parties.sqlite"
  }

  /// Written once, before the first import.
  nonisolated(unsafe) private static var folder = Array("/tmp/screenpop-import-XXXXXX".utf8CString)
}
