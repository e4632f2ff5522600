@testable import Asterisk

/// What the manager of Asterisk sends.
enum ManagerStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    _ = readAlike(bytes, { AMIParser() }, messages)
  }
}

private func messages(_ parser: inout AMIParser, _ piece: ArraySlice<UInt8>) -> [Read] {
  var messages: [Read] = []
  piece.withUnsafeBytes { parser.feed($0) { messages.append(Read($0)) } }
  return messages
}

/// A copy of a message, which itself is gone when the parser goes on.
private struct Read: Equatable {
  var kind: AMIMessage.Kind
  var values: [[UInt8]]
  var texts: [String]
  var numbers: [Int?]

  init(_ message: AMIMessage) {
    kind = message.kind
    values = AMIHeader.allCases.map { Array(message[$0]) }
    texts = AMIHeader.allCases.flatMap { [message.text($0), message.name($0)] }
    numbers = AMIHeader.allCases.map { message.number($0) }
  }
}
