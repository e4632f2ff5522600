import OperatorScreen
import Telephony
import Testing

/// Days as they are written where the operator is: 28 November, this year and another.
struct DateTests {
  @Test(arguments: [
    ("fr_FR.UTF-8", "28/11", "28/11/2025"), ("en_US.UTF-8", "Nov 28", "Nov 28, 2025"),
    ("en_GB", "28/11", "28/11/2025"), ("de_DE.UTF-8@euro", "28.11.", "28.11.2025"),
    ("de_CH", "28.11.", "28.11.2025"), ("fr_CA.UTF-8", "11-28", "2025-11-28"),
    ("en_DK.UTF-8", "28.11.", "28.11.2025"), ("nl_NL", "28-11", "28-11-2025"),
    ("en", "Nov 28", "Nov 28, 2025"), ("fr", "28/11", "28/11/2025"),
    ("C.UTF-8", "11-28", "2025-11-28"), ("POSIX", "11-28", "2025-11-28"),
    ("", "11-28", "2025-11-28"),
    ("xx_YY", "11-28", "2025-11-28"), (".@_", "11-28", "2025-11-28"),
  ])
  func daysFollowTheLocale(_ locale: String, _ short: String, _ long: String) {
    var story = Story(phrases: .english.withDates(of: locale))
    let past = [
      WallTime(milliseconds: 1_764_338_400_000), WallTime(milliseconds: 1_795_874_400_000),
    ]
    let lines = past.enumerated().map { index, at in
      JournalEntry(key: "\(index)", at: at, number: "1025", text: "1025", outcome: .missed)
    }
    story.send(.tick(story.now, WallTime(milliseconds: 1_796_500_000_000)))
    story.send(.journal(lines))
    #expect(story.screen.contains(" \(long)\n") || story.screen.contains(" \(long) "))
    var record = ThirdPartyRecord(summary: Sample.dupont.party)
    record.calls = lines
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.deliverRecord(record)
    #expect(story.screen.contains("\(short) "), "\(story.screen)")
  }
}
