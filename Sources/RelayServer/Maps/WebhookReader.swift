import NIOHTTP1
import Telephony

/// Lets webhooks in, reads them by their maps, and counts what became of them.
struct WebhookReader: Sendable {
  let maps: [WebhookMap]
  let names: ParameterNames
  /// Nil: no token is asked for.
  let tokens: TokenGuard?
  let metrics: Metrics

  /// Lets in who has a token, as far as the head can say that; throws 401, 403 or 429.
  func check(
    _ index: Int, _ secret: [UInt8]?, from source: UInt128?, at now: Moment
  ) throws(Refusal) {
    let map = maps[index]
    // A signature is a code of the body, where a token may stand.
    guard map.signature == nil, secret != nil || map.fields[.token] == nil else { return }
    try check(secret, index, from: source, at: now)
  }

  /// The answer to a request by which a vendor only asks whether its webhooks are awaited; nil when it is none.
  func echo(_ index: Int, _ head: HTTPRequestHead) throws(Refusal) -> Reply? {
    guard let reply = try maps[index].answer.echo(head) else { return nil }
    count(index, .ignored(.echo))
    return reply
  }

  /// What a webhook reports; none when there is nothing in it for a window.
  ///
  /// Throws 400, and 401, 403 or 429 when signature or token are not right.
  ///
  /// - Parameter secret: The token of its head.
  func reports(
    _ index: Int, _ head: HTTPRequestHead, _ body: [UInt8], _ secret: [UInt8]?,
    from source: UInt128?, at now: Moment
  ) throws(Refusal) -> [CallReport] {
    let map = maps[index]
    if let signature = map.signature, !signature.isRight(head, body) {
      throw counted(
        index, .signature,
        Refusal(
          status: .unauthorized,
          sentence: "the header \(signature.header) does not hold this request's signature"))
    }
    let content = try attempt(index, .body) { () throws(Refusal) in
      try WebhookContent(head, body, for: map)
    }
    if map.signature == nil, secret == nil, map.fields[.token] != nil {
      try check(map.token(in: content), index, from: source, at: now)
    }
    let finding = try attempt(index, .field) { () throws(Refusal) in
      try map.reports(in: content, names)
    }
    switch finding {
    case .reports(let reports): return reports
    case .nothing(let reason):
      count(index, .ignored(reason))
      return []
    }
  }

  /// Counts one, and gives the refusal back.
  func counted(_ index: Int, _ reason: WebhookResult.Reason, _ refusal: Refusal) -> Refusal {
    count(index, .refused(reason))
    return refusal
  }

  /// Counts one.
  func count(_ index: Int, _ result: WebhookResult) {
    metrics.count(webhook: maps[index].path, result)
  }

  private func check(
    _ secret: [UInt8]?, _ index: Int, from source: UInt128?, at now: Moment
  ) throws(Refusal) {
    guard let tokens else { return }
    try attempt(index, .token) { () throws(Refusal) in
      try tokens.check(secret, for: .write, from: source, at: now)
    }
  }

  private func attempt<Value>(
    _ index: Int, _ reason: WebhookResult.Reason, _ work: () throws(Refusal) -> Value
  ) throws(Refusal) -> Value {
    do throws(Refusal) {
      return try work()
    } catch {
      throw counted(index, reason, error)
    }
  }
}
