// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// What a running window tells of itself when `screenpop doctor` asks (R45).
///
///     → ask=state
///     ← state source.launcher=up&source.baresip=down&reason.baresip=…&taken=12&refused=0
///
/// A window of a version that does not know the question refuses it, as it does any line that says no
/// version of the message.
public struct WindowState: Hashable, Sendable {
  /// The question, with its LF.
  public static let question = Array("ask=state\n".utf8)

  /// What it tells, by name.
  public var fields: [String: String]

  /// A state that tells this.
  public init(_ fields: [String: String]) { self.fields = fields }

  /// What the window that listens on `path` tells; nil when none answers within the limit [ms], or when
  /// it does not know the question.
  public static func ask(_ path: String, limit: Int64 = 500) -> WindowState? {
    guard
      case .answered(.state(let state)) = Delivery.exchange(question, with: [path], limit).first?
        .state
    else { return nil }
    return state
  }

  /// Reads what stands behind `state `.
  init(line bytes: ArraySlice<UInt8>) {
    fields = [:]
    for (key, value) in FormCoding.fields(bytes) where fields[key] == nil { fields[key] = value }
  }

  /// The fields in the order of their names, as many as a line holds.
  func encoded() -> [UInt8] {
    var line = Array("state ".utf8)
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      var field: [UInt8] = line.count > 6 ? [UInt8(ascii: "&")] : []
      FormCoding.append(key, to: &field)
      field.append(UInt8(ascii: "="))
      FormCoding.append(value, to: &field)
      if line.count + field.count < CallMessage.longestLine { line += field }
    }
    return line
  }
}
