/// The latest message ids, so that a message counts once even if it comes by the socket and by the
/// spool (R17).
struct SeenMessages {
  private let limit: Int
  private var known: Set<String> = []
  /// The ids in the order in which they came, as a ring once it is full.
  private var order: [String] = []
  private var oldest = 0

  /// Remembers at most so many ids; the oldest is forgotten first.
  init(limit: Int = 4096) {
    precondition(limit > 0, "a memory of no ids remembers nothing")
    self.limit = limit
  }

  /// Remembers the id; false when it was known. An empty id is never known.
  mutating func insert(_ id: String) -> Bool {
    guard !id.isEmpty else { return true }
    guard known.insert(id).inserted else { return false }
    if order.count < limit {
      order.append(id)
    } else {
      known.remove(order[oldest])
      order[oldest] = id
      oldest = (oldest + 1) % limit
    }
    return true
  }
}
