@testable import TrafficTrace

/// A trace that somebody sent: its lines, and what is masked before a line is written.
enum TraceFileText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    for piece in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let line = TraceLine(piece) else { continue }
      let again = TraceLine(line.text.dropLast())
      precondition(
        again?.time == line.time && again?.source == line.source && again?.bytes == line.bytes,
        "a line that is written otherwise than it was read")
    }
    precondition(
      TraceText.decoded(TraceText.encoded(bytes)) == bytes, "bytes that do not come back")
    let numbers = NumberMask()
    let masked = numbers.masked(bytes)
    precondition(masked.count == bytes.count, "a mask of another length")
    precondition(numbers.masked(bytes) == masked, "two masks of one text")
    let secret = SecretMask(["geheimnis"]).masked(bytes)
    precondition(secret.count == bytes.count, "stars of another number")
    precondition(!contains(secret, "geheimnis"), "a secret that is still there")
  }
}

private func contains(_ bytes: [UInt8], _ word: String) -> Bool {
  let word = Array(word.utf8)
  return bytes.indices.contains { bytes[$0...].starts(with: word) }
}
