public import Canvas

/// What a line that was typed means as keys.
public enum LineKeys {
  /// The words for keys that type no character; a point goes before them.
  public static let words: [(word: String, key: Key)] = [
    ("esc", .escape), ("tab", .tab), ("up", .up), ("down", .down), ("left", .left),
    ("right", .right), ("pageup", .pageUp), ("pagedown", .pageDown), ("home", .home),
    ("end", .end), ("delete", .backspace),
  ]

  /// The inputs of a line [bytes without the line's end]: none is Enter, one character is that key, `.esc` a key
  /// without a character, and anything else is typed and Enter follows it.
  public static func inputs(of line: [UInt8]) -> [Input] {
    var decoder = InputDecoder()
    let bytes = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
    let typed = decoder.decode(bytes) + decoder.settle()
    if typed.isEmpty { return [.key(.enter)] }
    if typed.count == 1 { return typed }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    if text.hasPrefix("."), let key = words.first(where: { $0.word == text.dropFirst() })?.key {
      return [.key(key)]
    }
    return typed + [.key(.enter)]
  }
}
