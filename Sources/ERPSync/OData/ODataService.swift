import CTIBlock
internal import Foundation
import Glibc
import Telephony
import TextForms
import WebAccess

/// An OData service (OASIS OData 4.01), by the address of its root: `https://erp.example/odata/`.
struct ODataService: Hashable, Sendable {
  /// So large may a page be [bytes].
  private static let longestPage = 64 << 20
  /// How often a service that asks to be left alone is asked again, and the longest pause in between [s].
  private static let (mostTries, longestPause) = (5, 120)

  private let root: URL
  private let authorization: String?
  private let reader: WebReader
  /// Where it leads, without user and query.
  let place: String

  /// A service.
  ///
  /// - Parameters:
  ///   - address: with the user where there is one: `https://reader@erp.example/odata`.
  ///   - password: the user's; without a user a token, which its bearer shows.
  init(_ address: String, _ password: String?, trusted: String?) throws(ERPError) {
    guard var parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
    else {
      throw ERPError(
        .badProfile,
        "erp.connection must be the address of the OData service, such as https://erp.example/odata"
      )
    }
    let user = parts.user
    (parts.user, parts.password, parts.fragment) = (nil, nil, nil)
    if !parts.path.hasSuffix("/") { parts.path += "/" }
    guard let root = parts.url else {
      throw ERPError(.badProfile, "erp.connection is no address of a service")
    }
    if user != nil, password == nil {
      throw ERPError(
        .badProfile, "erp.connection has a user, whose password erp.password_file holds")
    }
    guard scheme == "https" || password == nil || ThisMachine.isNamed(by: host) else {
      throw ERPError(
        .badProfile,
        "erp.connection: by http: everybody on the way could read the password; use https:")
    }
    self.root = root
    authorization = password.map { password in
      user.map { "Basic " + Data("\($0):\(password)".utf8).base64EncodedString() }
        ?? "Bearer \(password)"
    }
    reader = WebReader(of: root.absoluteString, trusted: trusted, environment: Self.proxies)
    (parts.query, parts.scheme) = (nil, scheme)
    place = ODBC.line((parts.string ?? host).utf8)
  }

  /// What the environment says of proxies.
  private static var proxies: [String: String] {
    let names = ["http_proxy", "https_proxy", "no_proxy"]
    return (names + names.map { $0.uppercased() }).reduce(into: [:]) { values, name in
      values[name] = getenv(name).map { String(cString: $0) }
    }
  }

  /// Whether an address has a password in it.
  static func namesPassword(_ address: String) -> Bool {
    URLComponents(string: address)?.password != nil
  }

  /// Whether the service lets us in.
  func check(_ patience: ERPPatience) throws(ERPError) {
    do throws(ERPError) {
      _ = try page(root, "the service", patience)
    } catch {
      // That it shows no list of what it has is no harm.
      guard error.kind == .badAnswer else { throw error }
    }
  }

  /// The address of the first page of a set.
  func address(of set: String, _ options: [(name: String, value: String)]) throws(ERPError) -> URL {
    let path = set.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? set
    var plain = CharacterSet.alphanumerics
    plain.insert(charactersIn: "-._~")
    let query =
      [root.query].compactMap(\.self)
      + options.map { option in
        let value = option.value.addingPercentEncoding(
          withAllowedCharacters: plain.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7f}")))
        return "\(option.name)=\(value ?? "")"
      }
    var address = URLComponents(url: root, resolvingAgainstBaseURL: false)
    address?.percentEncodedPath += path
    address?.percentEncodedQuery = query.isEmpty ? nil : query.joined(separator: "&")
    guard let url = address?.url else {
      throw ERPError(.badProfile, "the set \(ODBC.line(set.utf8)) makes no address")
    }
    return url
  }

  /// The address of the next page, as the service gave it, relative to a page's or to its own; throws when that leads
  /// elsewhere.
  func address(_ link: String, after page: URL?) throws(ERPError) -> URL {
    guard let next = URL(string: link, relativeTo: page ?? root)?.absoluteURL,
      next.scheme?.lowercased() == root.scheme?.lowercased(),
      next.host?.lowercased() == root.host?.lowercased(), next.port == root.port,
      next.user == nil
    else {
      throw ERPError(
        .badAnswer,
        "asking \(place) failed: its next page is elsewhere (\(ODBC.line(link.utf8.prefix(120)))), where "
          + "no password is sent")
    }
    return next
  }

  /// Asks for a page; a service that asks to be left alone is asked again when it says.
  func page(_ url: URL, _ what: String, _ patience: ERPPatience) throws(ERPError) -> JSONValue {
    for attempt in 1... {
      let answer = try answer(url, patience)
      guard answer.status == 429 || answer.status == 503 else {
        return try document(answer, what)
      }
      let pause = RetryPause.seconds(answer.retryAfter) ?? min(30, 2 << attempt)
      guard attempt < Self.mostTries, pause <= min(Self.longestPause, patience.seconds / 2) else {
        throw ERPError(
          .failed,
          "asking \(place) failed: it asks to be left alone for \(pause) s (\(answer.status))"
            + Self.quoted(answer))
      }
      try sleep(pause, patience)
    }
    throw ERPError(.failed, "asking \(place) failed")
  }

  private func sleep(_ seconds: Int, _ patience: ERPPatience) throws(ERPError) {
    for _ in 0..<seconds {
      guard patience.isWanted() else { throw ERPError(.failed, "the copy was stopped") }
      Glibc.sleep(1)
    }
  }

  private func answer(_ url: URL, _ patience: ERPPatience) throws(ERPError) -> WebAnswer {
    var headers = [
      (name: "Accept", value: "application/json"), (name: "OData-MaxVersion", value: "4.01"),
      (name: "Prefer", value: "odata.maxpagesize=1000"),
    ]
    if let authorization { headers.append((name: "Authorization", value: authorization)) }
    let outcome = OneAnswer<Result<WebAnswer, WebFailure>>()
    let giveUp = reader.get(
      url.absoluteString, headers, seconds: patience.seconds, atMost: Self.longestPage
    ) { outcome.give($0) }
    while true {
      if let outcome = outcome.wait(seconds: 1) {
        switch outcome {
        case .success(let answer): return answer
        case .failure(let failure): throw error(failure, patience.seconds)
        }
      }
      guard patience.isWanted() else {
        giveUp()
        throw ERPError(.failed, "the copy was stopped")
      }
    }
  }

  private func error(_ failure: WebFailure, _ seconds: Int) -> ERPError {
    let words = "asking \(place) failed"
    return switch failure {
    case .unreachable(let detail): ERPError(.unreachable, "\(words): \(detail)")
    case .insecure(let detail):
      ERPError(
        .unreachable, "\(words): the connection is not secure (\(detail)): see erp.ca_file")
    case .slow: ERPError(.timedOut, "\(words): no answer within \(seconds) s")
    case .tooLarge(let limit):
      ERPError(.badAnswer, "\(words): it answers more than \(limit >> 20) MiB at once")
    case .refusedByProxy:
      ERPError(.unreachable, "\(words): the proxy refuses the user or the password")
    case .nonsense(let detail): ERPError(.badAnswer, "\(words): \(detail)")
    }
  }

  private func document(_ answer: WebAnswer, _ what: String) throws(ERPError) -> JSONValue {
    let words = "asking \(place) failed"
    let quoted = Self.quoted(answer)
    switch answer.status {
    case 200...299: break
    case 400:
      throw ERPError(
        .badAnswer, "\(words): the service does not take what the profile asks of \(what)\(quoted)")
    case 401:
      throw ERPError(
        .refused, "\(words): the service refuses the user, the password or the token\(quoted)")
    case 403: throw ERPError(.denied, "\(words): the user may not read \(what)\(quoted)")
    case 404: throw ERPError(.badAnswer, "\(words): there is no such thing as \(what)\(quoted)")
    case 300...399:
      let place = answer.location.map { ": \(ODBC.line($0.utf8.prefix(120)))" } ?? ""
      throw ERPError(
        .badProfile,
        "\(words): the service is elsewhere\(place); give erp.connection its own address")
    default: throw ERPError(.failed, "\(words): it answered \(answer.status)\(quoted)")
    }
    // What is not in UTF-8, which JSON should be, is in what old programs mean, as in what a command prints.
    let text =
      String(validating: answer.body, as: UTF8.self) ?? Windows1252.decode(answer.body[...])
    do throws(JSONFault) {
      return try JSONValue(Array(text.utf8))
    } catch {
      throw ERPError(
        .badAnswer,
        "\(words): what it answers for \(what) is no JSON, or not all of it: \(error.expected) is missing "
          + "at byte \(error.offset) of \(answer.body.count) (\(ODBC.line(answer.contentType.utf8)))"
      )
    }
  }

  /// What the service says of an error: `{"error": {"code": "…", "message": "…"}}`.
  private static func quoted(_ answer: WebAnswer) -> String {
    guard let document = try? JSONValue(answer.body),
      let text = JSONPath("error.message")?.value(in: document)?.text
        ?? JSONPath("error.message.value")?.value(in: document)?.text, !text.isEmpty
    else { return "" }
    return ": " + ODBC.line(text.utf8.prefix(300))
  }
}
