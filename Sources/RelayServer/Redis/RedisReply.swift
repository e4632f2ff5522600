import CHiredis

/// What Redis answers to a command.
enum RedisReply: Hashable, Sendable {
  case text(String)
  case number(Int64)
  case list([RedisReply])
  case nothing
  /// Bytes that are no text: no relay has written them.
  case unreadable
  /// The command was refused, in Redis's own words: `NOAUTH Authentication required.`
  case refusal(String)

  /// A copy of what hiredis has read.
  init(_ reply: redisReply) {
    switch reply.type {
    case REDIS_REPLY_STRING, REDIS_REPLY_STATUS:
      self = String(validating: Self.bytes(reply), as: UTF8.self).map { .text($0) } ?? .unreadable
    case REDIS_REPLY_INTEGER: self = .number(reply.integer)
    case REDIS_REPLY_ARRAY:
      self = .list(
        (0..<reply.elements).map { reply.element[$0].map { RedisReply($0.pointee) } ?? .nothing })
    case REDIS_REPLY_ERROR: self = .refusal(String(decoding: Self.bytes(reply), as: UTF8.self))
    default: self = .nothing
    }
  }

  /// The text; nil when the answer is none.
  var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The number; nil when the answer is none.
  var number: Int64? { if case .number(let number) = self { number } else { nil } }
  /// The list's elements; nil when the answer is none.
  var list: [RedisReply]? { if case .list(let list) = self { list } else { nil } }

  private static func bytes(_ reply: redisReply) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: reply.str, count: reply.len)
  }
}
