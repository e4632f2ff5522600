import Glibc
import SystemPackage

/// Reads a small file whole.
package enum TextFile {
  /// Why a file could not be read.
  package struct Failure: Error { package let reason: String }

  /// Longest file [bytes]; a configuration is some kilobytes.
  package static let longest = 1 << 20

  /// Whether others than its owner and their group may read the file.
  static func isOpenToOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
  }

  /// The bytes of the file, nil when there is none; `longest`: how many there may be.
  package static func content(
    of path: String, longest: Int = TextFile.longest
  ) throws(Failure) -> [UInt8]? {
    do {
      // Not blocking: a FIFO in the file's place must not hold up the start.
      let file = try FileDescriptor.open(
        path, .readOnly, options: [.nonBlocking, .closeOnExec])
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16_384)
        while true {
          let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
          guard count > 0 else { return bytes }
          bytes += block.prefix(count)
          guard bytes.count <= longest else {
            throw Failure(reason: "it is longer than \(longest >> 20) MiB")
          }
        }
      }
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return nil
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(reason: "\(error)")
    }
  }
}
