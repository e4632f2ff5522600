import Canvas
import OperatorScreen
import Telephony
import Testing

/// Answering and hanging up from the window, where a telephone obeys.
struct TelephoneTests {
  private func story(controls: Set<SourceID> = [.launcher]) -> Story {
    Story(desk: Story.desk(controls: controls))
  }

  @Test func theSelectedCallIsAnsweredByItsOwnName() {
    var story = story()
    story.ring(Sample.dupontCaller, id: "first")
    story.ring(Sample.garageCaller, id: "second")
    story.press("2")
    #expect(story.press("R") == [.telephone(.answer(.launcher, callID: "second"))])
    #expect(story.press("H") == [.telephone(.hangUp(.launcher, callID: "second"))])
  }

  @Test func aCallThatIsGoingOnIsOnlyEnded() {
    var story = story()
    story.ring(Sample.dupontCaller, id: "one")
    story.report(.answer, Sample.dupontCaller, id: "one")
    #expect(story.press("R").isEmpty)
    #expect(story.press("H") == [.telephone(.hangUp(.launcher, callID: "one"))])
  }

  @Test func withoutATelephoneTheWindowSaysSo() {
    var story = story(controls: ["softphone"])
    story.ring(Sample.dupontCaller)
    #expect(story.press("R").isEmpty)
    #expect(story.screen.contains("Aucun téléphone ne prend de commande pour cet appel."))
    #expect(story.press("H").isEmpty)
  }

  /// FreeSWITCH ends calls, and can pick no telephone up.
  @Test func aTelephoneThatOnlyHangsUpSaysSo() {
    var desk = Story.desk(controls: [.launcher])
    desk.answering = []
    var story = Story(desk: desk)
    story.ring(Sample.dupontCaller, id: "one")
    #expect(story.screen.contains("H refuser"))
    #expect(!story.screen.contains("R répondre"))
    #expect(story.press("R").isEmpty)
    #expect(story.screen.contains("Ce téléphone ne peut pas être décroché d'ici."))
    #expect(story.press("H") == [.telephone(.hangUp(.launcher, callID: "one"))])
  }

  /// A call that goes out never pops: it is ended from its line. A FRITZ!Box ends no others.
  @Test(arguments: [false, true])
  func aCallThatGoesOutIsEndedFromItsLine(isOnlyThat: Bool) {
    var desk = Story.desk(controls: isOnlyThat ? [] : [.launcher])
    desk.outgoingControls = [.launcher]
    var story = Story(desk: desk)
    story.report(.ring, Sample.dupontCaller, id: "out", direction: .outgoing)
    #expect(story.press(.key(.down), "H") == [.telephone(.hangUp(.launcher, callID: "out"))])
    story.report(.end(.normal), Sample.dupontCaller, id: "out", direction: .outgoing)
    #expect(story.press("H").isEmpty)
    story.ring(Sample.garageCaller, id: "in")
    let ended = story.press("1", "H")
    #expect(ended.isEmpty == isOnlyThat)
    #expect(story.screen.contains("H refuser") == !isOnlyThat)
  }

  @Test func withoutACallNothingHappens() {
    var story = story()
    #expect(story.press("R", "H").isEmpty)
    let call = story.ring(Sample.dupontCaller, id: "one")
    story.report(.end(.missed), Sample.dupontCaller, id: "one")
    #expect(story.press("R", "H").isEmpty)
    #expect(story.journal(call)?.outcome == .missed)
  }

  /// What is typed into a note rings no telephone.
  @Test func aFieldKeepsItsLetters() {
    var story = story()
    story.ring(Sample.dupontCaller, id: "one")
    story.press("n")
    #expect(story.type("RH").isEmpty)
    #expect(story.noteText == "RH")
  }
}
