/// What of a screen's lines has not been said yet, for who reads one line after the other.
///
/// A line that is selected has `> ` in front of it. One that comes to be selected is said; one that was, says nothing
/// new. Of lines that are alike, as those of a caller who was missed twice within a minute, each one is said.
public struct SpokenLines {
  /// What begins the line that is selected.
  private static let mark = "> "

  /// How often the text of each line stood there the last time, selected or not, and which one was selected.
  private var stood: [Substring: Int] = [:]
  private var selected: Set<Substring> = []

  /// Nothing has been said.
  public init() {}

  /// Takes over the lines that stand there now; those that are to be said, in their order.
  public mutating func news(in lines: [String]) -> [String] {
    var (now, marked): ([Substring: Int], Set<Substring>) = ([:], [])
    let news = lines.filter { line in
      guard line.hasPrefix(Self.mark) else {
        now[line[...], default: 0] += 1
        let known = max(stood[line[...], default: 0], marked.contains(line[...]) ? 1 : 0)
        return now[line[...], default: 0] > known
      }
      let text = line.dropFirst(Self.mark.count).drop { $0 == " " }
      return marked.insert(text).inserted && !selected.contains(text)
    }
    for text in marked { now[text] = max(1, now[text, default: 0]) }
    (stood, selected) = (now, marked)
    return news
  }
}
