/// Messages of calls that can be played again, as a text: one line each, and before it the time since the
/// start [s], if it does not follow at once.
///
///     # two calls
///     0    v=1&event=ring&tel=0388202122&id=1
///     4.5  v=1&event=answer&tel=0388202122&id=1
///     v=1&event=ring&tel=0199004567&id=2
///
/// Files of the spool are recordings too. Empty lines and those that begin with `#` say nothing.
public struct Recording: Hashable, Sendable {
  /// One message, and when it is due.
  public struct Step: Hashable, Sendable {
    /// Since the start [ms]; never less than the step's before.
    public let time: Int64
    /// What is said then.
    public let message: CallMessage
  }

  /// A line that is no step.
  public struct Unreadable: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let sentence: String
  }

  /// The messages in their order.
  public let steps: [Step]

  /// The longest time since the start [s]: a day.
  public static let longest = 86_400.0

  /// Reads a recording; throws ``Unreadable`` for the first line that is no step.
  public init(_ text: [UInt8]) throws(Unreadable) {
    var steps: [Step] = []
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
      let earliest = steps.last?.time ?? 0
      let time = words.count == 2 ? Self.time(first) : earliest
      guard let time, let message = words.last, words.count <= 2 else {
        throw Unreadable(
          line: index + 1, sentence: "a line is a message, or the time in seconds and a message")
      }
      do throws(CallWireError) {
        steps.append(
          Step(time: max(earliest, time), message: try CallMessage(line: Array(message))))
      } catch {
        throw Unreadable(line: index + 1, sentence: error.sentence)
      }
    }
    self.steps = steps
  }

  private static func time(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let seconds = Double(String(decoding: text, as: UTF8.self)), (0...longest) ~= seconds
    else { return nil }
    return Int64(exactly: (seconds * 1000).rounded(.down))
  }
}
