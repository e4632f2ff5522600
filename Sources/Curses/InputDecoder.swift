public import Canvas

/// Turns the bytes of a terminal into inputs: keys, characters, mouse reports, pasted text.
///
/// Pure: bytes in, inputs out, and what is still open in between. It reads the sequences of ECMA-48
/// terminals (xterm, tmux, screen, linux, rxvt, PuTTY) rather than those of one terminfo entry,
/// because the entries of tmux and screen know neither the SGR mouse reports that tmux sends (X10
/// reports end at column 223) nor all the keys:
///
///     ESC [ A              up              ESC O P             F1
///     ESC [ 5 ~            page up         ESC [ 1 ; 2 A       up, with a modifier
///     ESC [ < 0 ; 9 ; 4 M  click (8, 3)    ESC [ M SP ! !      click (0, 0), X10
///     ESC [ 200 ~ … ESC [ 201 ~            pasted text
///     ESC P > | kitty(0.26.5) ESC \        what the terminal calls itself, when it was asked
///     ESC ] 11 ; rgb:dddd/eeee/ffff BEL    what another program asked, and the terminal answers late: nothing
public struct InputDecoder: Sendable {
  /// Most bytes of one paste that are kept; the rest is dropped.
  public static let maxPaste = 65_536
  /// Longest escape sequence that is read; a longer one is nonsense, and dropped to its end.
  static let maxSequence = 64
  /// Most bytes of a terminal's answer that are kept; the rest is dropped.
  static let maxAnswer = 256
  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  /// What the bytes so far leave open, which silence would settle.
  public enum Waiting: Hashable, Sendable {
    /// Nothing.
    case no
    /// An escape: the key, or the start of a sequence.
    case sequence
    /// A paste, or an answer of the terminal, that has not ended.
    case paste
  }

  /// The start of a sequence or of a UTF-8 character; empty when nothing is open.
  private var open: [UInt8] = []
  /// The pasted bytes so far; nil outside a paste.
  private var paste: [UInt8]?
  private var name: String?

  /// A decoder with nothing open.
  public init() {}

  /// What silence would settle: call `settle` when none of it was completed in time.
  public var waiting: Waiting {
    // An answer comes in pieces over a slow line; keys it must not become.
    if paste != nil || isInAnswer { return .paste }
    return open.first == 0x1B ? .sequence : .no
  }

  /// Takes the next bytes and gives the inputs that they complete.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [Input] {
    var inputs: [Input] = []
    for byte in bytes { feed(byte, &inputs) }
    return inputs
  }

  /// Nothing more came: an open escape was the key, an open paste is over.
  public mutating func settle() -> [Input] {
    defer { open = [] }
    if let text = paste {
      paste = nil
      return text.isEmpty ? [] : [.paste(String(decoding: text, as: UTF8.self))]
    }
    switch open {
    case [0x1B]: return [.key(.escape)]
    case let keys where keys.count == 2 && keys[0] == 0x1B:
      return [.key(.escape), .character(Character(Unicode.Scalar(keys[1])))]
    default: return []
    }
  }

  /// What the terminal answered that it is, once; nil when nothing came since.
  public mutating func drainName() -> String? {
    defer { name = nil }
    return name
  }

  private mutating func feed(_ byte: UInt8, _ inputs: inout [Input]) {
    if paste != nil {
      feedPasted(byte, &inputs)
    } else if open.first == 0x1B {
      open.append(byte)
      readSequence(&inputs)
    } else if byte == 0x1B {
      open = [byte]
    } else if byte < 0x80 {
      open = []
      if let input = KeySequences.control(byte) {
        inputs.append(input)
      } else {
        inputs.append(.character(Character(Unicode.Scalar(byte))))
      }
    } else {
      feedUTF8(byte, &inputs)
    }
  }

  /// Collects a character of several bytes; what is not UTF-8 is dropped.
  private mutating func feedUTF8(_ byte: UInt8, _ inputs: inout [Input]) {
    if byte & 0xC0 == 0xC0 { open = [] }
    open.append(byte)
    let length =
      switch open[0] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard open.count >= length else { return }
    if let text = String(validating: open, as: UTF8.self), let scalar = text.unicodeScalars.first,
      scalar.value >= 0xA0
    {
      inputs.append(.character(Character(scalar)))
    }
    open = []
  }

  private mutating func feedPasted(_ byte: UInt8, _ inputs: inout [Input]) {
    open.append(byte)
    if open == InputDecoder.pasteEnd {
      open = []
      inputs.append(contentsOf: settle())
    } else if !InputDecoder.pasteEnd.starts(with: open) {
      let room = InputDecoder.maxPaste - (paste?.count ?? 0)
      // Only the last byte can start the end mark again.
      let restart = open.count > 1 && byte == 0x1B
      paste?.append(contentsOf: (restart ? open.dropLast() : open[...]).prefix(room))
      open = restart ? [byte] : []
    }
  }

  private mutating func readSequence(_ inputs: inout [Input]) {
    switch (open[1], open.count) {
    case (0x5B, 2), (0x4F, 2), (0x50, 2), (0x5D, 2), (0x5F, 2):
      return
    case (0x50, _), (0x5D, _), (0x5F, _):
      if isInAnswer {
        readAnswer(&inputs)
      } else {
        startOver(
          after: [.key(.escape), .character(Character(Unicode.Scalar(open[1])))], &inputs)
      }
    case (0x4F, _):
      // SS3 and one byte.
      if let key = KeySequences.applicationKey(open[2]) {
        open = []
        inputs.append(key)
      } else {
        startOver(after: [.key(.escape), .character("O")], &inputs)
      }
    case (0x5B, _):
      readControlSequence(&inputs)
    default:
      // The escape key, then something else.
      startOver(after: [.key(.escape)], &inputs)
    }
  }

  /// Gives `first`, and takes the last byte as the start of something new.
  private mutating func startOver(after first: [Input], _ inputs: inout [Input]) {
    let last = open[open.count - 1]
    open = []
    inputs.append(contentsOf: first)
    feed(last, &inputs)
  }

  /// Whether what is open is a string that a terminal answers with, told from Alt and a key by its third byte:
  /// ESC P > | name, ESC P ! |, ESC P 1 $ r, ESC P 0 + r; ESC ] and a number; ESC _ G.
  private var isInAnswer: Bool {
    guard open.count > 2, open[0] == 0x1B else { return false }
    return switch (open[1], open[2]) {
    case (0x50, UInt8(ascii: ">")), (0x50, UInt8(ascii: "!")): true
    case (0x50, UInt8(ascii: "0")...UInt8(ascii: "1")): true
    case (0x5D, UInt8(ascii: "0")...UInt8(ascii: "9")): true
    case (0x5F, UInt8(ascii: "G")): true
    default: false
    }
  }

  /// Collects an answer up to ESC \ or BEL; only what the terminal calls itself says something.
  private mutating func readAnswer(_ inputs: inout [Input]) {
    let last = open[open.count - 1]
    if open[open.count - 2] == 0x1B, last != 0x5C {
      // Broken off by the next sequence.
      open = [0x1B]
      feed(last, &inputs)
    } else if last == 0x07 || last == 0x5C && open[open.count - 2] == 0x1B {
      let text = open.dropFirst(3).prefix { $0 >= 0x20 }
      if open.starts(with: Array("\u{1B}P>|".utf8)), open.count <= InputDecoder.maxAnswer {
        name = String(decoding: text.dropFirst(), as: UTF8.self)
      }
      open = []
    } else if open.count > InputDecoder.maxAnswer + 2 {
      open.remove(at: InputDecoder.maxAnswer)
    }
  }

  private mutating func readControlSequence(_ inputs: inout [Input]) {
    let body = open[2...]
    let last = open[open.count - 1]
    if body.first == UInt8(ascii: "M") {
      // X10: three bytes, each 32 more than its value.
      guard body.count == 4 else { return }
      let values = body.dropFirst().map { Int($0) - 32 }
      open = []
      MouseReport(button: values[0], x: values[1], y: values[2]).map { inputs.append($0.input) }
    } else if body.first == UInt8(ascii: "[") {
      // The Linux console's F1 to F5: ESC [ [ A.
      guard body.count == 2 else { return }
      open = []
      if (0x41...0x45).contains(last) { inputs.append(.key(.function(Int(last) - 0x40))) }
    } else if last == 0x1B {
      // A sequence broken off by the next.
      open = [0x1B]
    } else if (0x40...0x7E).contains(last) {
      let parameters = Array(body.dropLast())
      open = []
      if parameters.count > InputDecoder.maxSequence {
        return
      } else if last == UInt8(ascii: "~"), parameters == Array("200".utf8) {
        paste = []
      } else if let input = KeySequences.controlSequence(parameters, final: last) {
        inputs.append(input)
      }
    } else if body.count > InputDecoder.maxSequence + 1 {
      open.removeLast()
    }
  }
}
