import Glibc

/// What a busy Asterisk says: the recorded call of `Tests/AsteriskTests`, at many stations.
struct AMITraffic {
  /// The calls begin with this many at once, and every call lives for as many beginnings of others.
  private static let moments = [0, 5, 50, 100]
  /// The event that each piece of a call begins with; the first one begins with the call.
  private static let begins = ["Event: Newstate", "Event: DialEnd", "Event: HangupRequest"]

  private let pieces: [String]

  /// Reads the recording.
  init() throws(Failure) {
    let root = #filePath.dropLast("Tests/Measurements/AMITraffic.swift".count)
    let path = "\(root)Tests/AsteriskTests/Captures/answered.ami"
    guard let file = fopen(path, "r") else { throw Failure("read \(path)") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var rest = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)[...]
    var pieces: [String] = []
    for beginning in Self.begins {
      guard let next = rest.firstRange(of: beginning)?.lowerBound else {
        throw Failure(because: "\(path) has no \(beginning)")
      }
      pieces.append(String(rest[..<next]))
      rest = rest[next...]
    }
    self.pieces = pieces + [String(rest)]
  }

  /// How many events a call has.
  var eventsPerCall: Int { pieces.joined().ranges(of: "Event: ").count }

  /// A call at one of 100 stations, whole.
  func call(_ number: Int) -> [UInt8] { pieces.flatMap { bytes($0, of: number) } }

  /// What is said when the call with this number begins: its beginning, and what others have come to.
  func turn(_ number: Int) -> [[UInt8]] {
    zip(pieces, Self.moments).compactMap { piece, moment in
      number >= moment ? bytes(piece, of: number - moment) : nil
    }
  }

  /// The events of a piece, each with the empty line behind it.
  static func events(_ piece: [UInt8]) -> [[UInt8]] {
    String(decoding: piece, as: UTF8.self).split(separator: "\r\n\r\n")
      .map { Array("\($0)\r\n\r\n".utf8) }
  }

  private func bytes(_ piece: String, of call: Int) -> [UInt8] {
    let text = piece.replacing("1024", with: "\(1000 + call % 100)")
      .replacing("1795342173", with: "\(1_795_400_000 + call)")
      // Each call has a bridge of its own.
      .replacing("c46461d54755", with: "\(100_000_000_000 + call)")
    return Array(text.utf8)
  }
}
