import AsyncHTTPClient
public import CTIBlock
import NIOCore
import NIOHTTP1
public import Telephony
import TextForms
import WebAccess

/// Calls numbers by a request to a CTI server, described by the fields of a `<cliktocall>` block (R32).
///
///     POST /call?from=1024 HTTP/1.1            →   200 OK
///     {"to":"00388202122"}                         queued as 17
///
/// Each call is one request, never repeated: a server that is asked twice calls twice.
public struct RESTDialler: Dialler {
  /// The most of an answer that is read for the operator [bytes].
  private static let longestAnswer = 4096

  private let exchange: CTIExchange
  private let ident: String
  private let station: String
  private let environment: [String: String]
  private var limits: PollLimits

  /// A dialler.
  ///
  /// - Parameters:
  ///   - exchange: The description, of which the purpose is dialling.
  ///   - ident: The site or account; may be empty.
  ///   - station: The operator's extension; empty when none is configured.
  ///   - environment: Where the variables for proxies are looked up.
  public init(
    exchange: CTIExchange, ident: String, station: String, environment: [String: String] = [:],
    limits: PollLimits = PollLimits(request: .seconds(10))
  ) {
    precondition(exchange.purpose == .dial, "the description is not one for dialling")
    self.exchange = exchange
    self.ident = ident
    self.station = station
    self.environment = environment
    self.limits = limits
    // A request that is sent on may have called already.
    self.limits.redirects = 0
  }

  /// Asks the server to call; a short text that it answers is handed on.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    guard !station.isEmpty || !exchange.tellsStation else {
      throw DialError(
        "no station is configured: the CTI server would not know which telephone is to call")
    }
    let request = exchange.request(
      CTIVariables(ident: ident, station: station, dialled: number.text))
    let proxy = ProxyChoice(url: request.url, environment: environment)
    if case .unsupported(let variable) = proxy {
      throw DialError("\(variable) names a proxy that is not http://: change it")
    }
    let client = RESTClient(proxy: proxy, limits: limits)
    let outcome: Result<String?, DialError>
    do throws(DialError) {
      outcome = .success(try await send(request, over: client))
    } catch {
      outcome = .failure(error)
    }
    await client.close()
    return try outcome.get()
  }

  private func send(
    _ request: CTIRequest, over client: RESTClient
  ) async throws(DialError) -> String? {
    let reply = await withCheckedContinuation { asked in
      client.ask(request, accept: "text/plain, application/json, */*;q=0.5") { reply in
        guard Self.isForPeople(reply), reply.body.readableBytes < Self.longestAnswer else {
          throw Enough()
        }
      } done: {
        asked.resume(returning: $0)
      }
    }
    // The call is made or refused by now, whatever becomes of the body.
    guard let head = reply.head else {
      let error = PollError(reply.failure ?? HTTPClientError.cancelled, limits: limits)
      throw DialError(error.sentence(server: request.server))
    }
    let words = Self.words(of: reply)
    let status = Int(clamping: head.status.code)
    guard (200...299).contains(status) else {
      let sentence = PollError.status(status).sentence(server: request.server)
      throw DialError(words.map { "\(sentence) (\($0))" } ?? sentence)
    }
    return words
  }

  /// Whether it may be shown: a text for people or JSON.
  private static func isForPeople(_ reply: RESTReply) -> Bool {
    let type = reply.head?.headers.first(name: "Content-Type").map { ContentType($0) }
    return type.map { $0.media == "text/plain" || $0.isJSON } ?? true
  }

  /// The beginning of what is for people, on one line; nil when there is none.
  private static func words(of reply: RESTReply) -> String? {
    guard isForPeople(reply) else { return nil }
    let bytes = reply.body.readableBytesView.prefix(longestAnswer)
    let text = PlainText.cleaned(String(decoding: bytes, as: UTF8.self), limit: 120)
    return text.isEmpty ? nil : text
  }
}

/// No more of an answer is wanted.
private struct Enough: Error {}
