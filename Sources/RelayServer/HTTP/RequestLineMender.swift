import NIOCore

/// Encodes what a request's target may not have.
///
///     GET /…/setevent?telorg=1024&tel="Zoë Dupont" <sip:0388202122@pbx> HTTP/1.1
///     GET /…/setevent?telorg=1024&tel="Zo%C3%AB%20Dupont"%20<sip:0388202122@pbx> HTTP/1.1
///
/// Desk phones put names into their URLs as they have them, blanks and accents included, which NIO's
/// decoder refuses. A line begins with the connection, and again when what came last ended with the blank
/// line of a request without a body: in the middle of anything else all passes unchanged.
final class RequestLineMender: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// The first line is longer than can be served.
  struct LineTooLong: Error {}

  /// The longest line that is waited for; the decoder would not take a longer one either.
  static let longest = 64 * 1024

  /// What has come of a line; nil behind it.
  private var held: ByteBuffer? = ByteBuffer()
  /// Knows whether the decoder waits for a request.
  private let connection: ConnectionGuard

  init(_ connection: ConnectionGuard) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    let endsWithLine = Self.endsWithBlankLine(buffer)
    guard var line = held else {
      context.fireChannelRead(data)
      return begin(endsWithLine)
    }
    let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n"))
    let length = end.map { $0 - buffer.readerIndex } ?? buffer.readableBytes
    if let part = buffer.readSlice(length: length) { line.writeImmutableBuffer(part) }
    if line.readableBytes > Self.longest {
      held = nil
      return context.fireErrorCaught(LineTooLong())
    }
    guard end != nil else {
      held = line
      return
    }
    held = nil
    var request = Self.mended(line)
    request.writeBuffer(&buffer)
    context.fireChannelRead(wrapInboundOut(request))
    begin(endsWithLine)
  }

  private func begin(_ endsWithLine: Bool) {
    if endsWithLine, connection.isBetweenRequests { held = ByteBuffer() }
  }

  private static func endsWithBlankLine(_ buffer: ByteBuffer) -> Bool {
    let end = buffer.readableBytesView.suffix(3).filter { $0 != UInt8(ascii: "\r") }
    return end.count >= 2 && end.suffix(2).allSatisfy { $0 == UInt8(ascii: "\n") }
  }

  /// The line with everything between its first and its last blank encoded where that is needed.
  private static func mended(_ line: ByteBuffer) -> ByteBuffer {
    let bytes = line.readableBytesView
    guard let first = bytes.firstIndex(of: 0x20), let last = bytes.lastIndex(of: 0x20),
      first < last,
      bytes[(first + 1)..<last].contains(where: { isStrange($0) })
    else { return line }
    let digits = Array("0123456789ABCDEF".utf8)
    var mended = ByteBuffer(bytes: bytes[...first])
    for byte in bytes[(first + 1)..<last] {
      if isStrange(byte) {
        mended.writeBytes([
          UInt8(ascii: "%"), digits[Int(clamping: byte >> 4)], digits[Int(clamping: byte & 15)],
        ])
      } else {
        mended.writeInteger(byte)
      }
    }
    mended.writeBytes(bytes[last...])
    return mended
  }

  /// What neither a URL nor the decoder lets be: blanks, control characters, everything beyond ASCII.
  private static func isStrange(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x7F }
}
