import Glibc

/// The bytes of a file, of standard input or of an array, read once from the beginning.
public final class InputFile {
  /// The path for sentences, `standard input` for `-`.
  public let name: String
  /// Size of the file [bytes]; nil when it is a pipe or a terminal.
  public let size: Int?
  /// Where the bytes come from; nil when they are all in ``rest``.
  private let descriptor: Int32?
  private var rest: ArraySlice<UInt8> = []
  /// Set when the text turns out to be UTF-16.
  private var utf16: UTF16Text?
  /// Set when the text turns out to be in another code page, or is said to be.
  private var page: CodePage?
  /// The beginning of a line whose end is not read yet, in a set that is cut at ends of lines only.
  private var openLine: [UInt8] = []

  /// The bytes under this name, as if they were a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    size = bytes.count
    descriptor = nil
    rest = bytes[...]
  }

  /// The file of a descriptor, which is closed with it.
  package init(name: String, descriptor: Int32) {
    self.name = name
    self.descriptor = descriptor
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isKnown ? Int(clamping: status.st_size) : nil
  }

  /// Opens `path`; `-` is standard input. Throws `noInput`, `denied` or `cannotOpen`.
  public init(path: String) throws(StoreError) {
    name = path == "-" ? "standard input" : path
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else { throw StoreError(code, opening: path) }
      throw StoreError(.noInput, "there is no file \(path); check the name")
    }
    self.descriptor = descriptor
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    let isFolder = isKnown && status.st_mode & S_IFMT == S_IFDIR
    size = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(clamping: status.st_size) : nil
    guard !isFolder else {
      throw StoreError(.noInput, "\(name) is a folder; name a file in it")
    }
  }

  /// Opens a file of the settings: only an ordinary one, which has an end, and is not waited for.
  convenience init(ordinary path: String) throws(StoreError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw StoreError(.badInput, "\(path) is no ordinary file")
    }
    guard status.st_size <= Self.mostAtOnce else {
      throw StoreError(.badInput, "\(path) is longer than \(Self.mostAtOnce >> 20) MB")
    }
    try self.init(path: path)
  }

  deinit {
    if let descriptor, descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// The first block of a text, in UTF-8 or an older encoding and without the mark of it. UTF-16 is turned
  /// into UTF-8. Throws `badInput` when there is nothing.
  package func readStart() throws(StoreError) -> [UInt8] {
    let block = try readBytes(CSVReader.blockSize)
    guard !block.isEmpty else { throw StoreError(.badInput, "\(name) is empty") }
    if FileKind.isArchive(block) { return block }
    utf16 = UTF16Text(mark: block)
    if utf16 != nil { return transcoded(block.dropFirst(2), of: CSVReader.blockSize) }
    utf16 = UTF16Text(unmarked: block)
    if utf16 != nil { return transcoded(block[...], of: CSVReader.blockSize + 2) }
    return block.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(block.dropFirst(3)) : block
  }

  /// About `limit` further bytes of the text, fewer only at the end; empty when there are no more.
  package func read(_ limit: Int) throws(StoreError) -> [UInt8] {
    if let page, page.isWide {
      while true {
        let more = try readBytes(limit)
        let text = wholeLines(more, of: page)
        if !text.isEmpty || (more.isEmpty && openLine.isEmpty) { return text }
      }
    }
    let bytes = try readBytes(limit)
    if let page { return page.utf8(bytes) }
    return utf16 == nil ? bytes : transcoded(bytes[...], of: limit)
  }

  /// All that follows. Throws `badInput` when that is more than ``mostAtOnce``.
  func readRest() throws(StoreError) -> [UInt8] {
    var rest: [UInt8] = []
    while true {
      let more = try read(CSVReader.blockSize)
      guard !more.isEmpty else { return rest }
      rest += more
      guard rest.count <= Self.mostAtOnce else {
        throw StoreError(
          .badInput, "\(name) is longer than \(Self.mostAtOnce >> 20) MB; export it as CSV or vCard"
        )
      }
    }
  }

  /// The longest file that is read at once [bytes].
  private static let mostAtOnce = 256 << 20

  /// The first block and all that follow in UTF-8, out of this code page.
  func decode(_ block: [UInt8], as page: CodePage) -> [UInt8] {
    guard utf16 == nil else { return block }
    self.page = page
    guard page.isWide else { return page.utf8(block) }
    let text = wholeLines(block, of: page)
    return text.isEmpty ? wholeLines([], of: page) : text
  }

  /// What is whole of the open line and the bytes behind it; all where there are none.
  private func wholeLines(_ bytes: [UInt8], of page: CodePage) -> [UInt8] {
    openLine += bytes
    let end = bytes.isEmpty ? nil : openLine.lastIndex { $0 == Ascii.lf || $0 == Ascii.cr }
    let whole = bytes.isEmpty ? openLine.count : end.map { $0 + 1 } ?? 0
    defer { openLine.removeFirst(whole) }
    return whole == 0 ? [] : page.utf8(openLine[..<whole])
  }

  private func transcoded(_ bytes: ArraySlice<UInt8>, of limit: Int) -> [UInt8] {
    utf16?.utf8(bytes, isLast: bytes.count < limit - 2) ?? []
  }

  /// Up to `limit` further bytes as they stand, fewer only at the end; empty when there are no more.
  private func readBytes(_ limit: Int) throws(StoreError) -> [UInt8] {
    guard let descriptor else {
      defer { rest = rest.dropFirst(limit) }
      return Array(rest.prefix(limit))
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = 0
      while count < limit {
        let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), limit - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else {
      throw StoreError(.failed, "reading \(name) failed: \(String(cString: strerror(failure)))")
    }
    return bytes
  }
}
