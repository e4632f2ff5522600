/// One entry of the stream of events.
///
///     1795004662001-0  sequence 1795004662001  age 0  settles 1  event {"ident":"","station":"1024",…}
///
/// An event that was told again has an entry of a later number than its own.
struct StreamEntry {
  /// Where to go on after it.
  var place: String
  /// The entry's own number.
  var number: UInt64
  /// What is told; nil when no relay has written it.
  var event: (sequence: UInt64, age: Int64, settles: Bool, text: String)?

  /// Reads an entry of XREAD or XREVRANGE; throws when it has no place that a relay can have given.
  ///
  /// - Parameter highest: The highest number that an event can have now.
  init(_ entry: RedisReply, highest: UInt64) throws(ForeignValue) {
    guard let parts = entry.list, parts.count == 2, let place = parts[0].text,
      let end = place.firstIndex(of: "-")
    else { throw ForeignValue() }
    number = try UInt64(event: String(place[..<end]))
    guard number <= highest else { throw ForeignValue() }
    self.place = place
    event = try? Self.event(parts[1].list ?? [], highest: number)
  }

  private static func event(
    _ words: [RedisReply], highest: UInt64
  ) throws(ForeignValue) -> (sequence: UInt64, age: Int64, settles: Bool, text: String) {
    var fields: [String: String] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      guard let name = words[index].text else { throw ForeignValue() }
      fields[name] = words[index + 1].text
    }
    let sequence = try UInt64(event: fields["sequence"])
    guard sequence <= highest, let text = fields["event"] else { throw ForeignValue() }
    return (sequence, try Int64(age: fields["age"]), fields["settles"] == "1", text)
  }
}
