import TextForms

/// A line of the call monitor of a FRITZ!Box. No line tells a name, nor which telephones ring.
///
///     28.11.26 15:17:43;RING;2;0388202122;4930123456;SIP0;     who calls; the box's own number; the line
///     28.11.26 15:17:51;CONNECT;2;10;0388202122;               the extension that took it; the other end
///     28.11.26 15:19:02;DISCONNECT;2;71;                       seconds; 0: nobody took it
///     28.11.26 15:20:10;CALL;1;10;4930123456;0199001111;SIP0;  extension; own number; what it dials
///
/// The third field groups the lines of one call; after its end another call has it. The date is the box's own, in
/// local time, which may be any after a restart: it tells lines apart, and is no time.
package struct FritzBoxLine: Hashable {
  /// What it tells.
  package enum News: Hashable {
    case ring(caller: String, called: String, line: String)
    case dial(extension: Int?, own: String, number: String, line: String)
    case connect(extension: Int?, number: String)
    case disconnect(seconds: Int)
  }

  /// When the box says that it was.
  package let date: String
  /// Which of the calls that go on.
  package let id: Int
  /// What it tells of the call.
  package let news: News

  /// The longest call that can be [s].
  private static let longestCall = 7 * 86_400

  /// Reads a line without its end; nil when it is damaged, or none of a call monitor.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= FritzBoxReader.longestLine else { return nil }
    let fields = Self.fields(bytes)
    guard fields.count >= 4, Self.isDate(fields[0]), let id = Self.number(fields[2], below: 1_000),
      !fields.dropFirst().contains(where: Self.endsInTime)
    else { return nil }
    switch (fields[1], fields.count) {
    case ("RING", 5...7):
      news = .ring(caller: fields[3], called: fields[4], line: fields.count > 5 ? fields[5] : "")
    case ("CALL", 6...8):
      guard let number = Self.extensionNumber(fields[3]) else { return nil }
      let line = fields.count > 6 ? fields[6] : ""
      news = .dial(extension: number, own: fields[4], number: fields[5], line: line)
    case ("CONNECT", 5...6):
      guard let number = Self.extensionNumber(fields[3]) else { return nil }
      news = .connect(extension: number, number: fields[4])
    case ("DISCONNECT", 4...5):
      guard let seconds = Self.number(fields[3], below: Self.longestCall) else { return nil }
      news = .disconnect(seconds: seconds)
    default: return nil
    }
    date = fields[0]
    self.id = id
  }

  /// Whether it is laid out as a line of a call monitor, however damaged: another program's greeting is not.
  static func isLikely(_ bytes: [UInt8]) -> Bool { fields(bytes).count >= 3 }

  private static func fields(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { PlainText.cleaned(PlainText.decoded($0)) }
  }

  /// `28.11.26 15:17:43`: two digits each.
  private static func isDate(_ text: String) -> Bool { fits(text.utf8[...], "00.00.00 00:00:00") }

  /// Whether the beginning of another line is in the field: where bytes are lost, two run into one.
  private static func endsInTime(_ field: String) -> Bool {
    fits(field.utf8.suffix(9), " 00:00:00")
  }

  /// Whether the text is the pattern, with any digit for a zero.
  private static func fits(_ text: Substring.UTF8View, _ pattern: String) -> Bool {
    text.count == pattern.utf8.count
      && zip(text, pattern.utf8).allSatisfy { byte, place in
        place == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == place
      }
  }

  /// The number of an extension, which may be none where the box itself passes a call on; nil: the field is damaged.
  private static func extensionNumber(_ text: String) -> Int?? {
    text.isEmpty ? .some(nil) : number(text, below: 1_000).map { .some($0) }
  }

  private static func number(_ text: String, below limit: Int) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      number < limit
    else { return nil }
    return number
  }
}
