import Glibc
import Synchronization

/// As much of a SQL Server as FreeTDS needs to be asked by it: it lets everybody in, answers each SELECT with
/// the same rows, and refuses statements with parameters, after having noted what they say.
///
/// The protocol is [MS-TDS]: packets of a type, each with 8 bytes in front; the answer is a row of tokens.
final class SQLServerPeer: Sendable {
  private let notes = Mutex<[String]>([])
  private let server: Mutex<StrangeServer?>
  private let rows: [UInt8]

  /// A server that answers with these rows, whose texts are Windows-1252.
  init(columns: [String], rows: [[[UInt8]]]) throws {
    self.rows = Self.columns(columns) + rows.flatMap { Self.row($0) } + Self.done
    server = Mutex(nil)
    let server = try StrangeServer { [self] peer in while answer(peer) {} }
    self.server.withLock { $0 = server }
  }

  /// Where FreeTDS finds it.
  var connection: String {
    "Driver=FreeTDS;Server=127.0.0.1;Port=\(server.withLock { $0?.port ?? 0 });Database=erp;Uid=erp_ro"
  }

  /// What has been asked, the letters of each packet.
  var questions: [String] { notes.withLock { $0 } }

  /// Lets go of the port.
  func stop() { server.withLock { $0 = nil } }

  /// Answers one question; false when there is none any more.
  private func answer(_ peer: Int32) -> Bool {
    guard let (type, question) = Self.read(peer) else { return false }
    switch type {
    case 0x12: Self.write(Self.prelogin, peer)
    case 0x10: Self.write(Self.loginAck + Self.done, peer)
    default:
      let words = String(decoding: question.filter { $0 != 0 }, as: UTF8.self)
      notes.withLock { $0.append(words) }
      switch type {
      case 0x01: Self.write(words.contains("SELECT") ? rows : Self.done, peer)
      default: Self.write(Self.refusal + Self.done(status: 2), peer)
      }
    }
    return true
  }

  // MARK: - Packets

  private static func read(_ peer: Int32) -> (type: UInt8, bytes: [UInt8])? {
    var all: [UInt8] = []
    while let head = receive(8, peer),
      let bytes = receive(Int(head[2]) << 8 + Int(head[3]) - 8, peer)
    {
      all += bytes
      if head[1] & 1 == 1 { return (head[0], all) }
    }
    return nil
  }

  private static func receive(_ count: Int, _ peer: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: max(0, count))
    return recv(peer, &bytes, bytes.count, Int32(MSG_WAITALL)) == bytes.count ? bytes : nil
  }

  private static func write(_ tokens: [UInt8], _ peer: Int32) {
    let length = tokens.count + 8
    let packet = [0x04, 0x01, UInt8(length >> 8), UInt8(length & 0xff), 0, 0, 1, 0] + tokens
    send(peer, packet, packet.count, Int32(MSG_NOSIGNAL))
  }

  // MARK: - Tokens

  /// Version 15, and no encryption.
  private static let prelogin: [UInt8] = [
    0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 15, 0, 7, 0xd0, 0, 0, 2,
  ]

  /// TDS 7.4.
  private static let loginAck: [UInt8] =
    [0xad, 12, 0, 1, 0x74, 0, 0, 4, 1] + wide("S") + [15, 0, 7, 0xd0]

  private static let done = done(status: 0)
  private static func done(status: UInt8) -> [UInt8] {
    [0xfd, status, 0, 0xc1, 0] + [UInt8](repeating: 0, count: 8)
  }

  private static let refusal: [UInt8] = {
    let text = "Invalid object name 'party'."
    // Error 208, state 1, class 16; no server, no procedure, line 1.
    let body: [UInt8] =
      [208, 0, 0, 0, 1, 16, UInt8(text.utf8.count), 0] + wide(text) + [0, 0, 1, 0, 0, 0]
    return [0xaa, UInt8(body.count), 0] + body
  }()

  private static func columns(_ names: [String]) -> [UInt8] {
    [0x81, UInt8(names.count), 0]
      + names.flatMap { name in
        // A varchar(80) that may be NULL, in Windows-1252.
        [0, 0, 0, 0, 1, 0, 0xa7, 80, 0, 9, 4, 0xd0, 0, 0x34, UInt8(name.utf8.count)] + wide(name)
      }
  }

  private static func row(_ values: [[UInt8]]) -> [UInt8] {
    [0xd1] + values.flatMap { [UInt8($0.count), 0] + $0 }
  }

  private static func wide(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }
}
