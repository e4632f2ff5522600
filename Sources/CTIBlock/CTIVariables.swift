/// What stands in an address or a body for something that differs from operator to operator:
/// `$ident$`, `$telorg$`, `$teldest$`.
public struct CTIVariables: Hashable, Sendable {
  /// The site or account (`$ident$`).
  public var ident: String
  /// The operator's extension (`$telorg$`).
  public var station: String
  /// The number to dial (`$teldest$`).
  public var dialled: String

  /// Values of one operator, and of one number when it is dialled.
  public init(ident: String, station: String, dialled: String = "") {
    self.ident = ident
    self.station = station
    self.dialled = dialled
  }

  /// The value of the variable of this name, in any case; nil when there is no such variable.
  subscript(name: some StringProtocol) -> String? {
    switch name.lowercased() {
    case "ident": ident
    case "telorg": station
    case "teldest": dialled
    default: nil
    }
  }
}

/// A text with variables, taken apart once.
struct CTITemplate: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(String)
    case variable(String)
  }

  private var pieces: [Piece] = []
  /// What looks like a variable (`$word$`) and is none.
  private(set) var unknown: [String] = []

  /// Takes the text apart; a `$` that opens no variable stands for itself.
  init(_ text: String) {
    let known = CTIVariables(ident: "", station: "")
    var literal = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      literal += rest[..<dollar]
      let behind = rest[rest.index(after: dollar)...]
      let name = behind.prefix { $0.isASCII && $0.isLetter }
      guard !name.isEmpty, name.endIndex < behind.endIndex, behind[name.endIndex] == "$" else {
        literal += "$"
        rest = behind
        continue
      }
      if known[name] == nil {
        unknown.append("$\(name)$")
        literal += "$\(name)$"
      } else {
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = ""
        pieces.append(.variable(String(name)))
      }
      rest = behind[behind.index(after: name.endIndex)...]
    }
    literal += rest
    if !literal.isEmpty { pieces.append(.text(literal)) }
  }

  /// Whether the variable of this name, in small letters, is in it.
  func holds(_ variable: String) -> Bool {
    pieces.contains {
      if case .variable(let name) = $0 { name.lowercased() == variable } else { false }
    }
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { pieces.isEmpty }

  /// The text with the values put in, each escaped on its own, and so what stands between them.
  func filled(
    _ values: CTIVariables, escaping: (String) -> String, text escapingText: (String) -> String
  ) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let literal): text += escapingText(literal)
      case .variable(let name): text += escaping(values[name] ?? "")
      }
    }
  }
}
