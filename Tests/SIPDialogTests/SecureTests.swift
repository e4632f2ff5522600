import LauncherSupport
import PhoneNumbers
import SIP
import Telephony
import TestSupport
import Testing

/// SIP over TLS.
@Suite(.timeLimit(.minutes(1)))
struct SecureTests {
  @Test func aCertificateOfTheFileIsTrusted() async throws {
    let registrar = try await SecureRegistrar()
    let heard = try Self.telephone(registrar, caFile: registrar.certificate)
    try await waitUntil("a call", instead: "\(heard.reports)") { heard.reports.events.count == 2 }
    #expect(heard.reports.healths == [.up])
    #expect(heard.reports.events.last?.words == "end elsewhere in 03 88 20 21 22")
    await heard.stop()
    try await registrar.stop()
  }

  @Test(arguments: [nil, "/nonexistent.pem"])
  func anotherIsRefusedInASentence(caFile: String?) async throws {
    let registrar = try await SecureRegistrar()
    let heard = try Self.telephone(registrar, caFile: caFile)
    try await waitUntil("a refusal", instead: "\(heard.reports)") { heard.reports.reason != nil }
    let reason = try #require(heard.reports.reason)
    #expect(reason.hasPrefix("127.0.0.1:\(registrar.port) (tls) could not be reached ("))
    #expect(
      reason.hasSuffix("check port and ca_file, and that server is the name in its certificate"))
    #expect(reason.contains(caFile == nil ? "certificate is not trusted" : "cannot be read"))
    await heard.stop()
    try await registrar.stop()
  }

  /// What is wrong with its dates is said, not only that it is not trusted.
  @Test(arguments: DatedCertificate.allCases)
  func aCertificateOfAnotherTime(dated: DatedCertificate) async throws {
    let registrar = try await SecureRegistrar(dated)
    let heard = try Self.telephone(registrar, caFile: registrar.certificate)
    try await waitUntil("a refusal", instead: "\(heard.reports)") { heard.reports.reason != nil }
    let reason = try #require(heard.reports.reason)
    let words =
      switch dated {
      case .past: "its certificate was valid until 2021-01-01, and it is 2"
      case .ahead: "its certificate is valid from 2090-01-01, and it is 2"
      }
    #expect(reason.contains(words), "\(reason)")
    await heard.stop()
    try await registrar.stop()
  }

  private static func telephone(
    _ registrar: SecureRegistrar, caFile: String?
  ) throws -> HeardSource {
    let account = try SIPAccount(
      server: "127.0.0.1", port: registrar.port, transport: .tls, watch: "1024", caFile: caFile)
    return HeardSource(
      SIPTelephone(account: account, station: "1024", plan: NumberPlan()) {
        Moment(milliseconds: 0)
      })
  }
}
