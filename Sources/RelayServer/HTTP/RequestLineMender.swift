import NIOCore

/// Encodes what a request's target may not have.
///
///     GET /…/setevent?telorg=1024&tel="Zoë Dupont" <sip:0388202122@pbx> HTTP/1.1
///     GET /…/setevent?telorg=1024&tel="Zo%C3%AB%20Dupont"%20<sip:0388202122@pbx> HTTP/1.1
///
/// Desk phones put names into their URLs as they have them, blanks and accents included, which NIO's
/// decoder refuses. Where one request ends and the next begins, its head says; where that is for the decoder to find
/// out, as in a body of chunks, lines are looked for again once it waits for a request.
final class RequestLineMender: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// The first line is longer than can be served.
  struct LineTooLong: Error {}

  /// The longest line that is waited for; the decoder would not take a longer one either.
  static let longest = 64 * 1024

  /// Of what request the next byte is a part.
  private enum Part {
    /// Its line, of which this has come.
    case line(ByteBuffer)
    case head(RequestHead)
    /// Its body, of which so many bytes are to come.
    case body(Int)
    /// Nobody but the decoder can say.
    case unknown
  }

  private var part = Part.line(ByteBuffer())
  /// Knows whether the decoder waits for a request.
  private let connection: ConnectionGuard

  init(_ connection: ConnectionGuard) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    let endsWithLine = Self.endsWithBlankLine(buffer)
    var mended = ByteBuffer()
    while buffer.readableBytes > 0 {
      switch part {
      case .line(var line):
        let isWhole = Self.move(&buffer, to: &line)
        guard line.readableBytes <= Self.longest else {
          part = .unknown
          return context.fireErrorCaught(LineTooLong())
        }
        part = isWhole ? .head(RequestHead()) : .line(line)
        if isWhole { mended.writeImmutableBuffer(Self.mended(line)) }
      case .head(var head):
        var line = ByteBuffer()
        let isWhole = Self.move(&buffer, to: &line)
        part =
          switch head.feed(line.readableBytesView, isWhole: isWhole) {
          case nil: .head(head)
          case .nothing: .line(ByteBuffer())
          case .bytes(let count): .body(count)
          case .unknown: .unknown
          }
        mended.writeBuffer(&line)
      case .body(let count):
        let here = min(count, buffer.readableBytes)
        part = here == count ? .line(ByteBuffer()) : .body(count - here)
        if var body = buffer.readSlice(length: here) { mended.writeBuffer(&body) }
      case .unknown:
        mended.writeBuffer(&buffer)
      }
    }
    if mended.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(mended)) }
    if case .unknown = part, endsWithLine, connection.isBetweenRequests {
      part = .line(ByteBuffer())
    }
  }

  /// Moves what comes up to the end of a line, and whether that has come.
  private static func move(_ buffer: inout ByteBuffer, to line: inout ByteBuffer) -> Bool {
    let bytes = buffer.readableBytesView
    let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
    let length = end.map { $0 - bytes.startIndex + 1 } ?? bytes.count
    if let part = buffer.readSlice(length: length) { line.writeImmutableBuffer(part) }
    return end != nil
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
