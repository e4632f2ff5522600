/// A value of the D-Bus: what is wrapped in a variant is the value itself.
package indirect enum DBusValue: Hashable, Sendable {
  /// A number of any size, or a truth; of doubles nothing is needed.
  case number(Int64)
  /// A text, the path of an object, or a signature.
  case text(String)
  /// An array, or a structure.
  case list([DBusValue])
  /// A dictionary whose keys are texts.
  case dictionary([String: DBusValue])

  /// The text, when it is one.
  var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The number, when it is one.
  var number: Int64? { if case .number(let number) = self { number } else { nil } }
  /// The values, when they are several.
  var list: [DBusValue] { if case .list(let values) = self { values } else { [] } }
  /// The entries of a dictionary.
  var entries: [String: DBusValue] {
    if case .dictionary(let entries) = self { entries } else { [:] }
  }
}
