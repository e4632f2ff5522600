import HeaderForms
import WebAccess

/// A conversation with a box by TR-064: its description, then one action after the other (Broadband Forum, TR-064; HTTP
/// digest: RFC 7616).
///
///     → GET /tr64desc.xml                      ← where X_VoIP is controlled
///     → POST /upnp/control/x_voip              ← 401, WWW-Authenticate: Digest …
///       SOAPAction: urn:dslforum-org:service:X_VoIP:1#X_AVM-DE_DialNumber
///     → the same with Authorization: Digest …  ← 200, or 500 with a UPnPError
///
/// The password itself is never sent, and nothing is sent to another place. An action is repeated only where the box
/// says that it wants to know first who asks.
struct TR064Conversation {
  /// Asks the box one question.
  typealias Way = @Sendable (WebQuestion) async -> Result<WebAnswer, WebFailure>

  /// More demands than this for one action are a loop.
  private static let mostDemands = 3
  /// How long an answer may take [s], and how long it may be [bytes].
  private static let (patience, longestAnswer) = (10, 256 << 10)

  private let control: FritzBoxControl
  private let way: Way
  private var service: TR064Service?
  /// The latest demand for the password, and how often it was met.
  private var challenge: DigestChallenge?
  private var uses = 0

  /// A conversation that has not begun.
  init(_ control: FritzBoxControl, _ way: @escaping Way) {
    self.control = control
    self.way = way
  }

  /// The way over the network. No proxy leads to a box.
  static func network(_ control: FritzBoxControl) -> Way {
    let reader = WebReader(of: control.url, trusted: control.caFile, environment: [:])
    return { question in
      await withCheckedContinuation { continuation in
        reader.ask(question, seconds: patience, atMost: longestAnswer) {
          continuation.resume(returning: $0)
        }
      }
    }
  }

  /// Has the box do something; what it answered.
  mutating func perform(_ action: TR064Action) async throws(TR064Fault) -> [String: String] {
    let service = try await found()
    var demands = 0
    while true {
      let answer = try await ask(question(action, service), isAsked: true)
      guard answer.status == 401 else { return try action.answer(answer.body).get() }
      guard let demand = answer.demands.lazy.compactMap({ DigestChallenge($0) }).first else {
        throw answer.demands.isEmpty ? .wrongPassword : .unknownDemand
      }
      demands += 1
      // The first may be due to an old nonce of another action, whether the box says so or not.
      guard demands == 1 || demand.isStale, demands <= Self.mostDemands else {
        throw .wrongPassword
      }
      (challenge, uses) = (demand, 0)
    }
  }

  /// The telephones that the box can have ring.
  mutating func telephones() async throws(TR064Fault) -> [String] {
    var names: [String] = []
    for number in 1...32 {
      do throws(TR064Fault) {
        let name = try await perform(.telephone(number))[TR064Action.telephoneName] ?? ""
        if !name.isEmpty { names.append(name) }
      } catch .refused(code: TR064Fault.noSuchIndex, _) {
        break
      }
    }
    return names
  }

  private mutating func found() async throws(TR064Fault) -> TR064Service {
    if let service { return service }
    let url = control.url + TR064Service.description
    let answer = try await ask(WebQuestion(url: url), isAsked: false)
    guard answer.status == 200 else { throw .noInterface(status: answer.status) }
    guard let service = TR064Service(answer.body) else { throw .noTelephony }
    self.service = service
    return service
  }

  private func ask(
    _ question: WebQuestion, isAsked: Bool
  ) async throws(TR064Fault) -> WebAnswer {
    switch await way(question) {
    case .success(let answer): return answer
    case .failure(let failure): throw .web(failure, isAsked: isAsked)
    }
  }

  private mutating func question(_ action: TR064Action, _ service: TR064Service) -> WebQuestion {
    var headers = [
      (name: "Content-Type", value: "text/xml; charset=\"utf-8\""),
      (name: "SOAPAction", value: "\(service.type)#\(action.name)"),
    ]
    if let challenge {
      uses += 1
      let answer = challenge.answer(
        user: control.user, password: control.password, method: "POST", uri: service.path,
        use: uses, clientNonce: String(UInt64.random(in: .min ... .max), radix: 16))
      headers.append((name: answer.field, value: answer.value))
    }
    return WebQuestion(
      url: control.url + service.path, headers: headers,
      body: Array(action.message(to: service).utf8))
  }
}
