@testable import Baresip

/// What baresip sends: netstrings with JSON in them, and what its commands print.
enum BaresipStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let texts = readAlike(bytes, { NetstringReader() }, { try $0.feed($1) })
    for text in texts {
      if case .answer(let answer) = BaresipMessage(text) { read(answer.text) }
    }
    _ = BaresipMessage(bytes)
    read(String(decoding: bytes, as: UTF8.self))
  }
}

private func read(_ text: String) {
  for call in BaresipListing.calls(in: text) { precondition(call.age >= 0) }
  _ = BaresipVersion(about: text)
}
