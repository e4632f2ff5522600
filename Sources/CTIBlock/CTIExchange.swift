import TextForms

/// One block, checked: how to ask a CTI server, and how to read what it answers.
public struct CTIExchange: Hashable, Sendable {
  /// What the server is asked for.
  public let purpose: CTIPurpose
  /// Whether the server is to be polled (`with_event`).
  public let isPolled: Bool
  /// Where the answer holds number and event; nil when the description does not say.
  public let answer: CTIAnswerForm?

  /// The fields that say how an answer is read, as they were written.
  package let places: [CTIField: String]

  private let method: String
  private let url: CTITemplate
  private let headers: [CTIHeader]
  private let body: CTIBody

  /// Checks a block; throws everything that is wrong with it.
  ///
  /// A block for polling that is switched off needs no address and no places in the answer.
  public init(_ fields: CTIFields) throws(CTIBlockError) {
    var check = CTIFieldCheck(fields)
    purpose = fields.purpose
    isPolled = check.flag(.withEvent) && fields.purpose == .event
    places = CTIField.ofAnswers.reduce(into: [:]) { $0[$1] = fields[$1] }
    method = check.word(.method, among: ["GET", "POST", "PUT", "DELETE"]) ?? "GET"
    url = check.address(.url, isNeeded: isPolled || fields.purpose == .dial)
    headers = check.headers(.headers)
    body = CTIBody(
      template: check.template(.data),
      encoding: check.word(.dataEncoding, among: ["url", "base64"])
        .flatMap(CTIBody.Encoding.init) ?? .plain,
      contentType: check.line(.contentType))
    answer = check.answer(isNeeded: isPolled)
    try check.finish()
  }

  /// Whether the server is told the number to dial.
  public var tellsNumber: Bool { url.holds("teldest") || body.template.holds("teldest") }
  /// Whether the server is told the operator's extension.
  public var tellsStation: Bool { url.holds("telorg") || body.template.holds("telorg") }
  /// The values that may be secret: those of all headers of its own, and a user's credentials in the address.
  package var secrets: [String] {
    let request = request(CTIVariables(ident: "", station: ""))
    let values = request.headers.filter { $0.name.lowercased() != "content-type" }.map(\.value)
    return values + values.compactMap { $0.split(separator: " ").last.map { String($0) } }
  }

  /// Whether the description holds a password or the like: a user in the address, or what by the name of
  /// its header, or of its field in the query or the body, is one.
  public var holdsSecret: Bool {
    let request = request(CTIVariables(ident: "", station: ""))
    let query = request.url.prefix { $0 != "#" }.drop { $0 != "?" }.dropFirst()
    let names = query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
    let words = ["auth", "token", "key", "secret", "cookie", "passw"]
    return (request.headers.map(\.name) + names).contains { name in
      words.contains { name.lowercased().contains($0) }
    }
      || ["token", "secret", "passw"].contains { request.body?.lowercased().contains($0) == true }
  }

  /// The request with these values put in: percent-encoded in the address, and in the body as its
  /// content type asks for.
  public func request(_ values: CTIVariables) -> CTIRequest {
    let filled = Escaping.address(url.filled(values, escaping: { PercentCoding.encode($0) }) { $0 })
    let (url, authorization) = Self.withoutUser(filled)
    var headers = headers
    let isStated = { (name: String) in
      headers.contains { $0.name.lowercased() == name.lowercased() }
    }
    if let authorization, !isStated("Authorization") {
      headers.append(CTIHeader(name: "Authorization", value: authorization))
    }
    let text = body.text(values)
    if text != nil, !body.mediaType.isEmpty, !isStated("Content-Type") {
      headers.append(CTIHeader(name: "Content-Type", value: body.mediaType))
    }
    return CTIRequest(method: method, url: url, headers: headers, body: text)
  }

  /// The address without `user:password@`, and these as basic authorization (RFC 7617).
  private static func withoutUser(_ url: String) -> (url: String, authorization: String?) {
    guard let scheme = url.firstRange(of: "://") else { return (url, nil) }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return (url, nil) }
    let credentials = PercentCoding.decode(Array(authority[..<at].utf8)[...])
    let bare = url[..<scheme.upperBound] + url[url.index(after: at)...]
    return (String(bare), "Basic " + Escaping.base64(credentials))
  }
}
