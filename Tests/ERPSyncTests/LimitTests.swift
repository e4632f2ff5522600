import Connector
import ERPSync
import Synchronization
import TestSupport
import Testing

/// Servers that do not answer, or in another language than the driver's, cost a limited time, and give a sentence.
struct LimitTests {
  private static let drivers = ["PostgreSQL Unicode", "MariaDB Unicode", "FreeTDS"]

  /// What becomes of asking at a port, as far as anything does.
  private final class Attempt: Sendable {
    private let outcome = Mutex<Result<Void, ERPError>?>(nil)

    init(_ driver: String, _ port: UInt16) {
      let access = ERPAccess(
        connection: "Driver={\(driver)};Server=127.0.0.1;Port=\(port);Database=erp;Uid=erp_ro",
        password: "hidden-word")
      OwnThread.start { [self] in
        let result = Result { () throws(ERPError) in try access.check() }
        outcome.withLock { $0 = result }
      }
    }

    func failure() async throws -> ERPError {
      let result = try await waitFor("the end of an attempt to connect") {
        outcome.withLock { $0 }
      }
      return try #require(throws: ERPError.self) { try result.get() }
    }
  }

  @Test(arguments: drivers) func aPortThatSaysNothing(driver: String) async throws {
    let server = try StrangeServer(saying: "")
    defer { withExtendedLifetime(server) {} }
    let error = try await Attempt(driver, server.port).failure()
    #expect(error.kind == .timedOut)
    let words = "connecting to \(driver), 127.0.0.1, database erp failed: "
    #expect(error.sentence == words + "the server did not answer in time")
  }

  @Test(arguments: drivers) func aPortThatSpeaksAnotherLanguage(driver: String) async throws {
    let server = try StrangeServer(saying: "HTTP/1.1 400 Bad Request\r\n\r\n")
    defer { withExtendedLifetime(server) {} }
    let error = try await Attempt(driver, server.port).failure()
    #expect([.timedOut, .unreachable].contains(error.kind))
    #expect(error.sentence.hasPrefix("connecting to \(driver), 127.0.0.1, database erp failed: "))
    #expect(!error.sentence.contains("hidden-word"))
  }

  @Test(arguments: drivers) func aPortWhereNobodyIs(driver: String) async throws {
    let error = try await Attempt(driver, LoopbackPort.free()).failure()
    #expect(error.kind == .unreachable)
  }
}
