import ThirdPartyStore

/// The lines of a text that have anything in them, one at a time.
struct JSONLines {
  /// A longer line is none [bytes].
  private static let longest = 1 << 20

  private let input: InputFile
  private var block: [UInt8]
  private var position = 0
  /// Of the line that came last, from 1.
  private(set) var number = 0

  /// Those of a block, then of the rest of a file.
  init(_ block: [UInt8], _ input: InputFile) { (self.block, self.input) = (block, input) }

  /// The next line; nil at the end.
  mutating func next() throws(ERPError) -> ArraySlice<UInt8>? {
    while let line = try whole() {
      number += 1
      if line.contains(where: { $0 > 0x20 }) { return line }
    }
    return nil
  }

  private mutating func whole() throws(ERPError) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = block[searched...].firstIndex(of: 0x0A) {
        defer { position = end + 1 }
        return block[position..<end]
      }
      guard block.count - position <= Self.longest else {
        throw ERPError(
          .badAnswer, "line \(number + 1) of \(input.name) is longer than \(Self.longest >> 20) MiB"
        )
      }
      let more: [UInt8]
      do throws(StoreError) {
        more = try input.read(1 << 18)
      } catch {
        throw ERPError(error)
      }
      guard !more.isEmpty else {
        defer { position = block.count }
        return position < block.count ? block[position...] : nil
      }
      searched = block.count - position
      block.removeFirst(position)
      block += more
      position = 0
    }
  }
}
