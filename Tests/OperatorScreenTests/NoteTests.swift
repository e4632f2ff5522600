import Canvas
import OperatorScreen
import Telephony
import Testing

/// Notes: on whom they are written, and where they are seen again (R12).
struct NoteTests {
  private static let number = Sample.unknownCaller.number
  private static let read = Effect.keep(.readNotes(nil, number: number))
  private static let earlier = [
    Note(at: Story.wall + -86_400_000, text: "Rappeler pour le devis"),
    Note(at: Story.wall + -400 * 86_400_000, text: "Ne parle pas français"),
  ]

  @Test func aNoteIsOnTheThirdPartyElseOnTheNumber() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(
      story.press("n") == [
        .keep(.readNotes(PartyReference(code: "C00123"), number: Sample.dupontNumber))
      ])
    story.type("Devis 2211")
    #expect(
      story.press(.key(.enter))
        == [
          .keep(
            .saveNote("Devis 2211", PartyReference(code: "C00123"), number: Sample.dupontNumber))
        ])

    var unknown = Story()
    unknown.ring(Sample.unknownCaller, found: [])
    #expect(unknown.press("n") == [Self.read])
    unknown.type("Rappeler")
    #expect(
      unknown.press(.key(.enter))
        == [.keep(.saveNote("Rappeler", nil, number: Self.number))])
    #expect(
      unknown.send(.noteSaved(nil, number: Self.number, failure: nil)) == [Self.read])
    #expect(unknown.model.dialog == nil)
    #expect(unknown.screen.contains("Note enregistrée."))
  }

  @Test func whatWasTypedStaysUntilTheStoreHasIt() {
    var story = Story()
    story.ring(Sample.unknownCaller, found: [])
    story.press("n")
    story.type("Long récit")
    story.press(.key(.enter))
    #expect(story.press(.key(.enter)).isEmpty)
    let error = DirectoryError("The disk is full.")
    story.send(.noteSaved(nil, number: Self.number, failure: error))
    #expect(story.screen.contains("The disk is full."))
    #expect(story.noteText == "Long récit")
    #expect(
      story.press(.key(.enter))
        == [.keep(.saveNote("Long récit", nil, number: Self.number))])
    // What became of another note closes nothing.
    story.send(.noteSaved(PartyReference(code: "C00123"), number: nil, failure: nil))
    #expect(story.noteText == "Long récit")
  }

  @Test func anEmptyNoteIsNone() {
    var story = Story()
    story.ring(Sample.unknownCaller, found: [])
    story.press("n")
    story.type("  ")
    #expect(story.press(.key(.enter)).isEmpty)
    #expect(story.model.dialog == nil)
  }

  @Test func whatWasNotedOnANumberComesUpWithItsNextCall() {
    var story = Story()
    let call = story.ring(Sample.unknownCaller)
    #expect(story.send(.found(call, .success([]))).contains(Self.read))
    story.send(.notes(nil, number: Self.number, Self.earlier))
    #expect(story.screen.contains("« Rappeler pour le devis »"))
    // Somebody else's call says nothing of it.
    story.ring(Sample.caller(1), found: [])
    story.press("2")
    #expect(!story.screen.contains("Rappeler"))
  }

  @Test func earlierNotesStandBelowTheNewOne() {
    var story = Story()
    story.ring(Sample.unknownCaller, found: [])
    story.press("n")
    story.type("Bonne nouvelle")
    story.send(.notes(nil, number: Self.number, Self.earlier))
    #expect(story.noteText == "Bonne nouvelle")
    #expect(story.screen.contains("« Rappeler pour le devis » 21/11"))
    #expect(story.screen.contains("« Ne parle pas français » 18/10/2025"))
    // Those of another subject are not for this form.
    story.send(.notes(PartyReference(code: "C00123"), number: Self.number, []))
    #expect(story.screen.contains("« Ne parle pas français »"))
  }

  @Test func theOpenRecordShowsANoteAtOnce() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.deliverRecord(Sample.dupontRecord)
    story.press("n", "x", .key(.enter))
    #expect(
      story.send(.noteSaved(PartyReference(code: "C00123"), number: nil, failure: nil))
        == [.ask(.loadRecord(PartyReference(code: "C00123"), ticket: 2))])
    #expect(story.screen.contains("compta@dupont.example"))
    var record = Sample.dupontRecord
    record.notes.insert(Note(at: Story.wall, text: "Vu ce matin"), at: 0)
    story.send(.record(ticket: 2, .success(record)))
    #expect(story.screen.contains("« Vu ce matin » 22/11"))
  }

  @Test func aLongWordIsBrokenNotCut() {
    var story = Story(size: Size(width: 60, height: 24))
    var record = Sample.dupontRecord
    record.remarks = String(repeating: "0123456789", count: 8) + "fin"
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.deliverRecord(record)
    #expect(story.screen.contains("fin"))
  }
}
