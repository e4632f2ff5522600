/// How requests and answers call what they say: `ident`, `telorg`, `tel`, `event` … unless configured.
///
/// The document that describes the original service has lost the address of the first call, so that an
/// installation may use other names than ours.
public struct ParameterNames: Sendable {
  /// By `Parameter.rawValue`.
  private var names: [[UInt8]]

  /// The usual names.
  public init() {
    names = Parameter.allCases.map { Array($0.usualName.utf8) }
  }

  /// Lets a parameter go by another name.
  ///
  /// - Parameter assignment: The usual name and the other one: `tel=caller`.
  /// - Throws: ``RelayError/badName(_:)`` when the first is not known, the second is empty, or another
  ///   parameter has it.
  public mutating func rename(_ assignment: String) throws(RelayError) {
    let sides = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[1].isEmpty,
      let parameter = Parameter.allCases.first(where: { $0.usualName == sides[0] })
    else { throw .badName(assignment) }
    let name = Array(sides[1].utf8)
    let owner = self.parameter(named: name)
    guard owner == nil || owner == parameter else { throw .badName(assignment) }
    names[parameter.rawValue] = name
  }

  /// The name of a parameter, UTF-8.
  subscript(parameter: Parameter) -> [UInt8] { names[parameter.rawValue] }

  /// The same as a string.
  func text(_ parameter: Parameter) -> String { String(decoding: self[parameter], as: UTF8.self) }

  /// The parameter that goes by this name.
  func parameter(named name: some Collection<UInt8>) -> Parameter? {
    names.firstIndex { $0.elementsEqual(name) }.flatMap { Parameter(rawValue: $0) }
  }
}
