import Asterisk
import NIOSSL
import Telephony
import TestSupport
import Testing

/// The manager over TLS.
struct SecurityTests {
  /// A certificate of this host's own, and another one.
  private struct Certificates {
    let folder: TemporaryFolder

    init() async throws {
      folder = try TemporaryFolder()
      for name in ["pbx", "other"] {
        let made = try await run(
          "openssl",
          [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
            folder.file("\(name).key"), "-out", folder.file("\(name).pem"),
          ], environment: ["PATH": "/usr/bin:/bin"])
        try #require(made.status == 0, "\(made.output)")
      }
    }

    var server: NIOSSLContext {
      get throws {
        try NIOSSLContext(
          configuration: .makeServerConfiguration(
            certificateChain: NIOSSLCertificate.fromPEMFile(folder.file("pbx.pem"))
              .map { .certificate($0) },
            privateKey: .privateKey(
              try NIOSSLPrivateKey(file: folder.file("pbx.key"), format: .pem))))
      }
    }
  }

  @Test(arguments: ["127.0.0.1", "localhost"])
  func aCertificateOfTheFileIsTrusted(address: String) async throws {
    let certificates = try await Certificates()
    let manager = StandInManager(security: try certificates.server)
    try await manager.start()
    let followed = FollowedStation(
      manager, security: .certificates(path: certificates.folder.file("pbx.pem")),
      address: address)
    try await followed.settled()
    #expect(try await followed.hear(Leg.station("1", in: "c").rings).count == 1)
    try await followed.stop()
  }

  @Test func anotherCertificateIsNot() async throws {
    let certificates = try await Certificates()
    let manager = StandInManager(security: try certificates.server)
    try await manager.start()
    let trusted: [AsteriskManager.Security] = [
      .system, .certificates(path: certificates.folder.file("other.pem")),
      .certificates(path: certificates.folder.file("none.pem")),
    ]
    for security in trusted {
      let followed = FollowedStation(manager, security: security)
      let reason = try await followed.down()
      #expect(reason.contains("gave no secure connection"), "\(security): \(reason)")
      #expect(manager.actions.isEmpty)
      await followed.leave()
    }
    try await manager.stop()
  }

  @Test func plainTextIsNotTakenForTLS() async throws {
    let manager = StandInManager()
    try await manager.start()
    let followed = FollowedStation(manager, security: .system)
    #expect(try await followed.down().contains("gave no secure connection"))
    #expect(manager.actions.isEmpty)
    try await followed.stop()
  }
}
