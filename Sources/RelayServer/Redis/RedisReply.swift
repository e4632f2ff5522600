import CHiredis

/// What Redis answers to a command.
enum RedisReply: Hashable, Sendable {
  case text(String)
  case number(Int64)
  case list([RedisReply])
  case nothing
  /// The command was refused, in Redis's own words: `NOAUTH Authentication required.`
  case refusal(String)

  /// A copy of what hiredis has read.
  init(_ reply: redisReply) {
    switch reply.type {
    case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .text(Self.text(reply))
    case REDIS_REPLY_INTEGER: self = .number(reply.integer)
    case REDIS_REPLY_ARRAY:
      self = .list(
        (0..<reply.elements).map { reply.element[$0].map { RedisReply($0.pointee) } ?? .nothing })
    case REDIS_REPLY_ERROR: self = .refusal(Self.text(reply))
    default: self = .nothing
    }
  }

  /// The text; nil when the answer is none.
  var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The number; nil when the answer is none.
  var number: Int64? { if case .number(let number) = self { number } else { nil } }
  /// The list's elements; nil when the answer is none.
  var list: [RedisReply]? { if case .list(let list) = self { list } else { nil } }

  private static func text(_ reply: redisReply) -> String {
    String(
      decoding: UnsafeRawBufferPointer(start: reply.str, count: reply.len), as: UTF8.self)
  }
}
