import Canvas
import OperatorScreen
import Telephony
import Testing

/// Callers who are no numbers, the station itself, telephones that are gone, and a window that only watches.
struct AccountTests {
  /// Who is no number is shown and kept as text: no look-up, but a third party by hand.
  @Test func anAccountCanBeCreatedAndAttached() throws {
    var story = Story()
    let call = story.ring(Caller(identity: .text("alice"), text: "alice", name: "Alice Roy"))
    #expect(story.screen.contains("alice"))
    #expect(story.screen.contains("Alice Roy"))
    #expect(story.screen.contains("c créer  a rattacher"))
    #expect(story.journal(call)?.text == "alice")
    #expect(story.journal(call)?.isWithheld == false)
    story.wait(400)
    story.press(.key(.enter), "x")
    #expect(story.model.dialog == nil)
    let created = story.press("c", .key(.enter)).compactMap { effect in
      if case .keep(.create(let draft, let subject)) = effect { (draft, subject) } else { nil }
    }
    let (draft, subject) = try #require(created.first)
    #expect(draft.name == "Alice Roy")
    #expect(subject.number == nil && subject.text == "alice")
    story.send(.joined(subject, .success(Sample.dupont.party)))
    #expect(story.journal(call)?.code == "C00123")
    #expect(story.screen.contains("Dupont SA"))
    #expect(story.effects.lookedUp.isEmpty)
    // Whose record opens as any other.
    #expect(story.screen.contains("⏎ Fiche"))
    story.wait(400)
    #expect(story.press(.key(.enter)).loaded == ["C00123"])
  }

  /// With a line of somebody withheld nothing can be done but reading it.
  @Test func keysThatDoNothingAreNotShown() {
    var story = Story(phrases: .english)
    story.ring(Sample.withheldCaller, id: "1")
    story.report(.end(.missed), Sample.withheldCaller, id: "1")
    story.press(.key(.tab))
    #expect(story.screen.contains("⏎ story  Esc back") && !story.screen.contains("c create"))
    story.press(.key(.enter))
    #expect(!story.screen.contains("y copy"))
  }

  @Test func anAccountWithoutANameIsCreatedUnderItsOwn() {
    var story = Story()
    story.ring(Caller(identity: .text("alice"), text: "alice"))
    story.press("c")
    guard case .create(let form) = story.model.dialog else {
      Issue.record("no form")
      return
    }
    #expect(String(form.name.text) == "alice")
  }

  @Test func theStationIsNotItsOwnCaller() {
    for caller in [
      Caller(identity: .number(PhoneNumber(.extension, "1024")), text: "1024", name: "Accueil"),
      Caller(identity: .text("1024"), text: "1024"),
    ] {
      var story = Story()
      let call = story.ring(caller)
      #expect(story.screen.contains("Numéro masqué"))
      #expect(story.effects.lookedUp.isEmpty)
      #expect(story.journal(call)?.isWithheld == true)
    }
    var other = Story()
    other.ring(Sample.colleague)
    #expect(other.effects.lookedUp == ["1025"])
  }

  @Test func aCallIsLostWithItsTelephone() {
    var story = Story()
    let phone: SourceID = "softphone"
    let tell = { (story: inout Story, kind: CallEvent.Kind) -> Void in
      story.send(
        .report(
          .event(
            CallEvent(
              source: phone, kind: kind, at: story.now, callID: "a", caller: Sample.dupontCaller))))
    }
    tell(&story, .ring)
    tell(&story, .answer)
    let call = story.model.corner[0]
    story.send(
      .report(.health(phone, .down(reason: "gone", since: story.now, nextTry: story.now + 1_000))))
    story.wait(14_999)
    #expect(story.model.corner == [call])
    story.wait(1)
    #expect(story.model.corner.isEmpty)
    #expect(story.screen.contains("connexion perdue"))
    #expect(story.journal(call)?.reason == .connectionLost)
    // The softphone is there again, and so is the call.
    story.wait(20_000)
    story.send(.report(.health(phone, .up)))
    #expect(story.model.corner == [call])
    #expect(story.journal(call)?.reason == nil)
    tell(&story, .end(.lost))
    #expect(story.journal(call)?.outcome == .answered)
    #expect(story.journal(call)?.reason == .connectionLost)
    #expect(story.journal(call)?.duration == nil)
  }

  @Test func aSecondWindowSaysThatItOnlyWatches() {
    var story = Story()
    story.send(.rank(isFirst: false))
    #expect(story.screen.contains("ne fait que regarder"))
    story.send(.rank(isFirst: true))
    #expect(!story.screen.contains("ne fait que regarder"))
  }
}
