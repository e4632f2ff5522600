import NumberForms
import TextForms

/// What a request says, of its query and its body together.
struct RequestFields {
  /// One value as it came.
  enum Value {
    case encoded(FormText)
    case plain(String)
  }

  private let names: ParameterNames
  /// By `Parameter.rawValue`.
  private var values: [Value?]

  init(_ names: ParameterNames) {
    self.names = names
    values = Array(repeating: nil, count: Parameter.allCases.count)
  }

  /// Takes the fields of `key=value&key=value`.
  ///
  /// Throws 400 when a known field is said twice and differently: which one counts, nobody can know.
  mutating func read(form bytes: some Collection<UInt8>) throws(Refusal) {
    for field in FormField.all(in: bytes) {
      guard let parameter = names.parameter(named: field.name) else { continue }
      try set(.encoded(field.value), for: parameter)
    }
  }

  /// Takes the members of a JSON object.
  mutating func read(json: JSONObject) throws(Refusal) {
    for (name, text) in json.members {
      guard let parameter = names.parameter(named: name.utf8) else { continue }
      try set(.plain(text), for: parameter)
    }
  }

  /// Takes a text that was found elsewhere, in the place of what is there.
  mutating func put(_ text: String, for parameter: Parameter) {
    values[parameter.rawValue] = .plain(text)
  }

  private mutating func set(_ value: Value, for parameter: Parameter) throws(Refusal) {
    if let earlier = values[parameter.rawValue], !Self.text(earlier).isSame(as: Self.text(value)) {
      throw .badRequest("the parameter \(said(parameter)) is there twice and says two things")
    }
    values[parameter.rawValue] = value
  }

  /// A word that decides something: without control characters, in UTF-8, properly encoded; trimmed,
  /// nil when it is not there or empty.
  ///
  /// Throws 400 when it is none, or longer than `limit` bytes.
  func word(
    _ parameter: Parameter, _ plus: FormText.Plus = .blank, limit: Int = 128
  ) throws(Refusal) -> String? {
    guard let value = values[parameter.rawValue] else { return nil }
    let text: String
    switch value {
    case .plain(let plain): text = plain
    case .encoded(let form):
      let (bytes, isWellFormed) = form.decoded(plus)
      guard isWellFormed else {
        throw .badRequest("the parameter \(said(parameter)) has a % that begins no escape")
      }
      guard let decoded = String(validating: bytes, as: UTF8.self) else {
        throw .badRequest("the parameter \(said(parameter)) is not UTF-8")
      }
      text = decoded
    }
    let trimmed = text.trimmed
    guard !trimmed.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .badRequest("the parameter \(said(parameter)) holds control characters")
    }
    guard trimmed.utf8.count <= limit else {
      throw .badRequest("the parameter \(said(parameter)) is longer than \(limit) bytes")
    }
    return trimmed.isEmpty ? nil : trimmed
  }

  /// A text of a stranger, taken as it is: the call is worth more than the caller's name.
  func text(_ parameter: Parameter, _ plus: FormText.Plus = .blank) -> (
    text: String, isWellFormed: Bool
  )? {
    switch values[parameter.rawValue] {
    case nil: return nil
    case .plain(let plain): return (plain, true)
    case .encoded(let form):
      let (bytes, isWellFormed) = form.decoded(plus)
      return (PlainText.decoded(bytes), isWellFormed)
    }
  }

  /// Whether a telephone has passed a placeholder on instead of what it stands for: `$call_id`, `%name%`,
  /// `{cli}`, encoded or not.
  func isUnreplaced(_ parameter: Parameter) -> Bool {
    guard let raw = raw(parameter), raw.utf8.contains(where: { "$%{[".utf8.contains($0) }) else {
      return false
    }
    return [raw, text(parameter)?.text ?? ""].contains {
      if case .unreplaced = NumberForm($0).content { true } else { false }
    }
  }

  /// A secret, decoded byte for byte; nil when it is not there.
  func secret(_ parameter: Parameter) -> [UInt8]? {
    switch values[parameter.rawValue] {
    case nil: nil
    case .plain(let plain): Array(plain.utf8)
    case .encoded(let form): form.decoded(.literal).bytes
    }
  }

  /// The value before it is decoded.
  func raw(_ parameter: Parameter) -> String? {
    switch values[parameter.rawValue] {
    case nil: nil
    case .plain(let plain): plain
    case .encoded(let form): form.raw
    }
  }

  /// The name by which a parameter goes.
  func said(_ parameter: Parameter) -> String { String(decoding: names[parameter], as: UTF8.self) }

  private static func text(_ value: Value) -> String {
    switch value {
    case .plain(let plain): plain
    case .encoded(let form): String(decoding: form.decoded(.ofNumber).bytes, as: UTF8.self)
    }
  }
}

extension String {
  /// Whether the two are the same bytes; `==` takes two spellings of an accent for one.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Without the white space at both ends.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return "" }
    if first > 0x20, last > 0x20 { return self }
    let kept = utf8.drop { $0 <= 0x20 && $0 != 0 }
    let end = kept.lastIndex { $0 > 0x20 || $0 == 0 }
    return end.map { String(kept[...$0]) ?? "" } ?? ""
  }
}
