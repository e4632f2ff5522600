import Curses
import Testing

/// What the line mode says of one screen after the other.
struct SpokenLinesTests {
  @Test(arguments: [
    ("a new line is said once", [["a"], ["a", "b"], ["a", "b"]], [["a"], ["b"], []]),
    ("what comes again is said again", [["a"], [], ["a"]], [["a"], [], ["a"]]),
    // A caller who was missed twice within a minute.
    ("lines that are alike", [["a"], ["a", "a"], ["a", "a"]], [["a"], ["a"], []]),
    (
      "a selected line", [["> a", "b"], ["a", "> b"], ["> a", "b"]],
      [["> a", "b"], ["> b"], ["> a"]]
    ),
    (
      "selected and in its list", [["a", "b"], ["> a", "a", "b"], ["> b", "a", "b"]],
      [["a", "b"], ["> a"], ["> b"]]
    ),
    ("a selected line that leaves", [["> a", "a"], ["a"]], [["> a"], []]),
    (
      "a mark before a sign", [[">  08:14 a", "08:15 b"], ["08:14 a", "> 08:15 b"]],
      [[">  08:14 a", "08:15 b"], ["> 08:15 b"]]
    ),
  ])
  func onlyWhatIsNewIsSaid(_ what: String, _ screens: [[String]], _ said: [[String]]) {
    var spoken = SpokenLines()
    for (screen, news) in zip(screens, said) {
      #expect(spoken.news(in: screen) == news, "\(what)")
    }
  }
}
