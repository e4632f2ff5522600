import HeaderForms
import RESTSupport
import Synchronization
import WebAccess

/// What a FRITZ!Box answers by TR-064, as AVM's "TR-064 First Steps" and "X_VoIP" have it.
final class DiallingBox: Sendable {
  /// How it is.
  struct State {
    var password = "geheim"
    /// Nil: the dialling help is off.
    var telephone: String? = "DECT: Empfang"
    var telephones = ["DECT: Empfang", "DECT: Büro & Lager", "FON1: Fax"]
    /// What an action is refused with, by its name.
    var faults: [String: Int] = [:]
    var dialled: [String] = []
    var hungUp = 0
    /// Nonces that were told, and the one that is valid.
    var nonces = 0
    /// So many uses makes a nonce old; 0: each is used as long as one likes.
    var usesOfNonce = 0
    var uses = 0
    var asked: [String] = []
    var demands = ["Digest realm=\"F!Box SOAP-Auth\", nonce=\"NONCE\", algorithm=MD5, qop=\"auth\""]
    var description = DiallingBox.description
  }

  /// What is asked of it.
  struct Question {
    var isPost: Bool
    var uri: String
    /// By their names in small letters.
    var headers: [String: String]
    var body: String
  }

  /// What it says.
  struct Reply {
    var status = 200
    var headers: [(String, String)] = [("Content-Type", "text/xml; charset=\"utf-8\"")]
    var body = ""
  }

  private let state: Mutex<State>

  /// A box that stands so.
  init(_ change: (inout State) -> Void = { _ in }) {
    var state = State()
    change(&state)
    self.state = Mutex(state)
  }

  /// How it is now.
  var now: State { state.withLock { $0 } }

  /// Changes it.
  func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  /// What it answers over the network.
  func answer(_ question: AnsweringServer.Question) -> AnsweringServer.Answer {
    let reply = reply(
      Question(
        isPost: question.method == "POST", uri: question.uri, headers: question.headers,
        body: question.body))
    return .whole(reply.status, reply.headers, reply.body)
  }

  /// What it answers without one.
  func answer(_ question: WebQuestion) -> WebAnswer {
    let uri = question.url.split(separator: "/").dropFirst(2).joined(separator: "/")
    let headers = question.headers.map { ($0.name.lowercased(), $0.value) }
    let reply = reply(
      Question(
        isPost: question.body != nil, uri: "/" + uri,
        headers: Dictionary(headers, uniquingKeysWith: { $1 }),
        body: String(decoding: question.body ?? [], as: UTF8.self)))
    return WebAnswer(
      status: reply.status, demands: reply.headers.filter { $0.0 == "WWW-Authenticate" }.map(\.1),
      body: Array(reply.body.utf8))
  }

  private func reply(_ question: Question) -> Reply {
    state.withLock { state in
      guard question.uri != "/tr64desc.xml" else {
        return state.description.isEmpty ? Reply(status: 404) : Reply(body: state.description)
      }
      let action = question.headers["soapaction"]?.split(separator: "#").last.map { String($0) }
      guard question.uri == "/upnp/control/x_voip", question.isPost, let action,
        question.headers["soapaction"] == "urn:dslforum-org:service:X_VoIP:1#\(action)",
        question.body.contains("<u:\(action) xmlns:u=\"urn:dslforum-org:service:X_VoIP:1\">")
      else { return Self.fault(401) }
      state.asked.append(String(action.dropFirst(action.hasPrefix("X_AVM-DE_") ? 9 : 0)))
      guard Self.isRight(question, &state) else { return demand(&state, isStale: false) }
      if state.usesOfNonce > 0, state.uses > state.usesOfNonce {
        return demand(&state, isStale: true)
      }
      if let code = state.faults[String(action.dropFirst(9))] { return Self.fault(code) }
      return Self.act(action, question.body, &state)
    }
  }

  private func demand(_ state: inout State, isStale: Bool) -> Reply {
    (state.nonces, state.uses) = (state.nonces + 1, 0)
    let nonce = "n\(state.nonces)"
    let demands = state.demands.map {
      ("WWW-Authenticate", $0.replacing("NONCE", with: nonce) + (isStale ? ", stale=true" : ""))
    }
    return Reply(
      status: 401, headers: demands, body: "<HTML>401 Unauthorized (ERR_NONE)</HTML>")
  }

  /// Whether the answer to the latest demand is that of somebody who knows the password.
  private static func isRight(_ question: Question, _ state: inout State) -> Bool {
    guard let given = question.headers["authorization"], given.hasPrefix("Digest ") else {
      return false
    }
    let values = HeaderSyntax.parameters(HeaderSyntax.split(given.dropFirst(7), at: ","))
    let demand = "Digest realm=\"F!Box SOAP-Auth\", nonce=\"n\(state.nonces)\", qop=\"auth\""
    state.uses += 1
    let right = DigestChallenge(demand + ", algorithm=\(values["algorithm"] ?? "")")?.answer(
      user: "operator", password: state.password, method: "POST", uri: question.uri,
      use: state.uses, clientNonce: values["cnonce"] ?? "")
    return right?.value == given
  }

  private static func act(
    _ action: String, _ body: String, _ state: inout State
  ) -> Reply {
    let argument = body.firstMatch(of: /<New[^>]*>([^<]*)</).map { String($0.output.1) } ?? ""
    let text = argument.replacing("&amp;", with: "&")
    switch action {
    case "X_AVM-DE_DialNumber":
      guard state.telephone != nil else { return fault(501) }
      state.dialled.append(text)
      return done(action)
    case "X_AVM-DE_DialHangup":
      state.hungUp += 1
      return done(action)
    case "X_AVM-DE_DialGetConfig": return done(action, state.telephone ?? "")
    case "X_AVM-DE_DialSetConfig":
      guard state.telephones.contains(text) else { return fault(402) }
      state.telephone = text
      return done(action)
    case "X_AVM-DE_GetPhonePort":
      let index = (Int(text) ?? 0) - 1
      return state.telephones.indices.contains(index)
        ? done(action, state.telephones[index]) : fault(713)
    default: return fault(401)
    }
  }

  private static func done(_ action: String, _ name: String? = nil) -> Reply {
    let escaped = name?.replacing("&", with: "&amp;")
    let inner = escaped.map { "<NewX_AVM-DE_PhoneName>\($0)</NewX_AVM-DE_PhoneName>" } ?? ""
    return Reply(
      body: """
        <?xml version="1.0"?>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
        s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>
        <u:\(action)Response xmlns:u="urn:dslforum-org:service:X_VoIP:1">\(inner)</u:\(action)Response>
        </s:Body></s:Envelope>
        """)
  }

  private static func fault(_ code: Int) -> Reply {
    let words = [401: "Invalid Action", 402: "Invalid Args", 501: "Action Failed"][code] ?? "Error"
    return Reply(
      status: 500,
      body: """
        <?xml version="1.0"?>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
        <faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>
        <UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>\(code)</errorCode>
        <errorDescription>\(words)</errorDescription></UPnPError></detail></s:Fault></s:Body>
        </s:Envelope>
        """)
  }

  /// A part of a box's description.
  static let description = """
    <?xml version="1.0"?>
    <root xmlns="urn:dslforum-org:device-1-0"><specVersion><major>1</major></specVersion>
    <device><deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType><serviceList>
    <service><serviceType>urn:dslforum-org:service:DeviceInfo:1</serviceType>
    <controlURL>/upnp/control/deviceinfo</controlURL></service>
    <service><serviceType>urn:dslforum-org:service:X_VoIP:1</serviceType>
    <serviceId>urn:X_VoIP-com:serviceId:X_VoIP1</serviceId>
    <controlURL>/upnp/control/x_voip</controlURL><eventSubURL>/upnp/control/x_voip</eventSubURL>
    <SCPDURL>/x_voipSCPD.xml</SCPDURL></service></serviceList></device></root>
    """
}
