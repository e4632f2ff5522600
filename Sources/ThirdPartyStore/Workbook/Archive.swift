import CMinizip
import Glibc

/// The files in a ZIP archive, which a workbook is.
final class Archive {
  /// The most that a file in it may hold [bytes].
  private static let longest = 256 << 20

  private let name: String
  private let descriptor: Int32
  private let file: unzFile

  /// The archive in these bytes; nil when they are none, or not the whole of one.
  init?(name: String, _ bytes: [UInt8]) {
    // minizip opens a path, and the bytes may have come through a pipe: a file without a name has one here.
    let descriptor = memfd_create("archive", UInt32(clamping: cmz_close_on_exec))
    guard descriptor >= 0 else { return nil }
    guard Self.write(bytes, to: descriptor), let file = unzOpen64("/proc/self/fd/\(descriptor)")
    else {
      close(descriptor)
      return nil
    }
    (self.name, self.descriptor, self.file) = (name, descriptor, file)
  }

  deinit {
    unzClose(file)
    close(descriptor)
  }

  /// What a file in it holds, by its path in any case; nil when there is none. Throws `badInput` when it is damaged or
  /// longer than anything that is read.
  func contents(_ path: String) throws(StoreError) -> [UInt8]? {
    guard unzLocateFile(file, path, 2) == UNZ_OK else { return nil }
    guard unzOpenCurrentFile(file) == UNZ_OK else { throw broken(path) }
    var contents: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Int(clamping: unzReadCurrentFile(file, &piece, UInt32(clamping: piece.count)))
      contents += piece.prefix(max(0, count))
      guard count >= 0, contents.count <= Self.longest else {
        unzCloseCurrentFile(file)
        if count < 0 { throw broken(path) }
        throw StoreError(
          .badInput, "\(name): \(path) in it is longer than \(Self.longest >> 20) MB")
      }
      if count == 0 { break }
    }
    guard unzCloseCurrentFile(file) == UNZ_OK else { throw broken(path) }
    return contents
  }

  private func broken(_ path: String) -> StoreError {
    StoreError(.badInput, "\(name) is damaged, or has a password: \(path) in it cannot be read")
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}
