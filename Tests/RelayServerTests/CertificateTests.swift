import Glibc
import Logging
import NIOSSL
import TestSupport
import Testing

@testable import RelayServer

/// Certificates that are renewed under a relay.
struct CertificateTests {
  @Test func aNewCertificateIsTakenOnceItFitsItsKey() async throws {
    let folder = try TemporaryFolder()
    let clock = ManualClock()
    let (certificate, key) = (folder.file("chain.pem"), folder.file("key.pem"))
    try await Self.make(certificate, key)
    let shown = try ServerCertificate(
      (certificate, key), now: { clock.now }, logger: Logger(label: "test"))
    let first = shown.context()
    #expect(shown.renew() == nil)
    #expect(shown.context() === first)

    let (next, nextKey) = (folder.file("chain.new"), folder.file("key.new"))
    try await Self.make(next, nextKey)
    try Self.replace(certificate, by: next)
    #expect(shown.renew()?.contains("\(key): it is not the key") == true)
    // Said once.
    #expect(shown.renew() == nil)
    #expect(shown.context() === first)
    try Self.replace(key, by: nextKey)
    // As a connection does it, not before its time.
    clock.advance(seconds: 59)
    #expect(shown.context() === first)
    clock.advance(seconds: 1)
    #expect(shown.context() === first)
    try await waitUntil("the new certificate to be shown") { shown.context() !== first }
  }

  private static func make(_ certificate: String, _ key: String) async throws {
    let made = try await run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate,
      ], environment: ["PATH": "/usr/bin:/bin"])
    try #require(made.status == 0, "\(made.output)")
  }

  private static func replace(_ path: String, by new: String) throws {
    try #require(rename(new, path) == 0)
  }
}
