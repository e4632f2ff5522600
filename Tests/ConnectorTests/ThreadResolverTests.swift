import Dispatch
import NIOCore
import Testing

@testable import Connector

/// Names, and servers of names that do not answer.
struct ThreadResolverTests {
  private static let runtime = ConnectorRuntime.shared

  @Test func aNameThatHangsHoldsUpNobodyElse() async throws {
    let silence = DispatchSemaphore(value: 0)
    let hanging = (0..<6).map { _ in
      ThreadResolver(Self.runtime) { _, _, _ in
        silence.wait()
        return []
      }
    }
    let questions = hanging.flatMap { names in
      [
        names.initiateAQuery(host: "pbx.example", port: 1),
        names.initiateAAAAQuery(host: "pbx.example", port: 1),
      ]
    }
    #expect(hanging.allSatisfy { $0.isWaiting })

    let address = try SocketAddress(ipAddress: "192.0.2.1", port: 1)
    let other = ThreadResolver(Self.runtime) { _, _, _ in [address] }
    #expect(
      try await other.initiateAQuery(host: "other.example", port: 1).get() == [address])
    #expect(!other.isWaiting)
    // An address needs nobody to tell it, and has one family.
    let numeric = ThreadResolver(Self.runtime) { _, _, _ in throw ThreadResolver.Failure.silence }
    #expect(try await numeric.initiateAQuery(host: "192.0.2.1", port: 1).get() == [address])
    #expect(try await numeric.initiateAAAAQuery(host: "192.0.2.1", port: 1).get().isEmpty)
    #expect(
      try await numeric.address(of: "192.0.2.1", port: 1, AddressTurn()).get() == address)

    for _ in questions { silence.signal() }
    for question in questions { #expect(try await question.get().isEmpty) }
    #expect(hanging.allSatisfy { !$0.isWaiting })
  }

  /// One family is told, the server of names does not know the other.
  @Test func whoIsFoundIsNotWaitedFor() async throws {
    let silence = DispatchSemaphore(value: 0)
    let address = try SocketAddress(ipAddress: "192.0.2.1", port: 1)
    let names = ThreadResolver(Self.runtime) { _, _, family in
      if family == address.protocol.rawValue { return [address] }
      silence.wait()
      return []
    }
    let late = names.initiateAAAAQuery(host: "pbx.example", port: 1)
    #expect(names.isWaiting)
    #expect(try await names.initiateAQuery(host: "pbx.example", port: 1).get() == [address])
    #expect(!names.isWaiting)
    silence.signal()
    _ = try await late.get()
  }
}
