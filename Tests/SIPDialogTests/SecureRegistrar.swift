import NIOCore
import NIOPosix
import NIOSSL
import TestSupport

@testable import SIP

/// A registrar behind TLS, with a certificate of its own: takes every registration and rings each once.
final class SecureRegistrar: Sendable {
  let port: Int
  /// The file of its certificate.
  let certificate: String
  private let folder: TemporaryFolder
  private let server: any Channel

  /// A registrar with a certificate that was just made, or with another one.
  init(_ other: DatedCertificate? = nil) async throws {
    folder = try TemporaryFolder()
    certificate = folder.file("pbx.pem")
    if let other {
      for name in ["pbx.pem", "pbx.key"] { try folder.write(other.text, to: name) }
    } else {
      try await Self.make(certificate, folder)
    }
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
        privateKey: .privateKey(NIOSSLPrivateKey(file: folder.file("pbx.key"), format: .pem))))
    server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            NIOSSLServerHandler(context: context), RegistrarHandler())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = server.localAddress?.port ?? 0
  }

  private static func make(_ certificate: String, _ folder: TemporaryFolder) async throws {
    let made = try await run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.file("pbx.key"),
        "-out",
        certificate,
      ], environment: ["PATH": "/usr/bin:/bin"])
    guard made.status == 0 else { throw Refused(description: made.output) }
  }

  func stop() async throws { try await server.close() }

  /// No certificate was made.
  struct Refused: Error { let description: String }
}

/// Answers a REGISTER, then sends an INVITE and takes it back: another telephone took it.
private final class RegistrarHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var stream = SIPStream()

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let messages = (try? stream.feed(unwrapInboundIn(data).readableBytesView)) ?? []
    for message in messages where message.start == .request(method: "REGISTER") {
      let fields = ["Via", "From", "To", "Call-ID", "CSeq", "Contact", "Expires"].map {
        "\($0): \(message[$0.lowercased()] ?? "")"
      }
      send(["SIP/2.0 200 OK"] + fields + ["Content-Length: 0"], context)
      guard message["expires"] != "0",
        let contact = message.address("contact")?.user
      else { continue }
      var invite = CallRequest.invite()
      invite.callID = message["call-id"] ?? ""
      send(invite.lines(contact: contact), context)
      send(invite.cancel("SIP;cause=200").lines(contact: contact), context)
    }
  }

  private func send(_ lines: [String], _ context: ChannelHandlerContext) {
    let text = lines.joined(separator: "\r\n") + "\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }
}
