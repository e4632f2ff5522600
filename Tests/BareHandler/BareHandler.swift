import Glibc
import Hummingbird
import Logging
import Synchronization

/// The least that a server with the relay's library can do: a route with a constant answer.
///
///     BareHandler PORT [calls]
///
/// What Tests/bench holds the relay against. With `calls`, thirty answers hold a call, and the next
/// thirty none.
@main
enum BareHandler {
  static func main() async throws {
    guard let port = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }) else { exit(64) }
    let hasCalls = CommandLine.arguments.dropFirst(2).first == "calls"
    let count = Atomic(0)
    let router = Router()
    for path in ["/", "/DhDivaltoServerCTI/api/cti/:question"] {
      router.get(RouterPath(path)) { _, _ in
        let rings = hasCalls && count.add(1, ordering: .relaxed).oldValue / 30 % 2 == 0
        let answer = rings ? #"{"tel":"0388202122","event":"ring"}"# : #"{"tel":"","event":""}"#
        return Response(
          status: .ok, headers: [.contentType: "application/json"],
          body: ResponseBody(byteBuffer: ByteBuffer(string: answer)))
      }
    }
    var logger = Logger(label: "bare")
    logger.logLevel = .error
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      logger: logger)
    try await application.runService()
  }
}
