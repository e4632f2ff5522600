/// Calls at an Asterisk 22.10.1 that is configured as offices have it: `Local/…` legs, queues, features by digits.
extension CaptureTests {
  static let pjsip = [
    // A leg by way of a `Local` channel is answered by the voice mail box: nobody has the caller.
    Story(capture: "voicemail-behind-local", station: "101", events: missing(dupont)),
    Story(capture: "voicemail-behind-local", station: "103", events: missing(dupont)),
    // A group of two, by `Local` channels that may be listed before anybody said who calls them.
    Story(
      capture: "group-by-local", station: "102",
      events: ["ring in \(dupont)", "end elsewhere in \(dupont)"]),
    // A queue rings twice; at the second time 102 takes the call.
    Story(
      capture: "queue-rounds", station: "101",
      events: missing(dupont) + [
        "ring in \(dupont)", "end elsewhere in \(dupont)", "end elsewhere in \(dupont)",
      ]),
    Story(capture: "queue-rounds", station: "102", events: missing(dupont) + whole(dupont)),
    // 102 asks 101 by a feature code, joins all three, and leaves.
    Story(
      capture: "three-way", station: "102",
      events: [
        "ring in \(dupont)", "answer in \(dupont)", "ring out 101", "answer out 101",
        "end normal out 101", "end normal in \(dupont)",
      ]),
    Story(
      capture: "three-way", station: "101",
      events: [
        "ring in 102 Compta", "answer in 102 Compta", "end normal in 102 Compta",
        "answer in \(dupont)", "end normal in \(dupont)",
      ]),
    // A program has the station call by the application Dial: no extension is named.
    Story(
      capture: "program-dials", station: "101",
      events: [
        "ring out withheld", "ring out 01 99 00 33 33", "answer out 01 99 00 33 33",
        "end normal out 01 99 00 33 33",
      ]),
    // A macro of the dialplan dials, at the extension s: what counts is the number before.
    Story(
      capture: "put-through-by-macro", station: "101",
      events: calling("102") + calling("103")),
    // 1024 asks 1025, who does not answer, and is back with the caller: nobody took what rang at 1025.
    Story(
      capture: "consulted-in-vain",
      events: [
        "ring in \(trunk)", "answer in \(trunk)", "ring out 1025", "end normal out 1025",
        "end normal in \(trunk)",
      ]),
    Story(capture: "consulted-in-vain", station: "1025", events: missing("1024 Anna")),
    // 1024 leaves while 1025 rings, who does not answer; 1024 is rung back for the caller.
    Story(
      capture: "rung-back",
      events: [
        "ring in \(trunk)", "answer in \(trunk)", "ring out 1025", "ring in \(trunk)",
        "answer in \(trunk)", "end normal in \(trunk)", "end normal out 1025",
        "end normal in \(trunk)",
      ]),
    Story(
      capture: "rung-back", station: "1025",
      events: [
        "ring in 1024 Anna", "ring in \(trunk)", "end missed in \(trunk)",
        "end elsewhere in \(trunk)",
      ]),
  ]

  /// A call that rings in vain.
  private static func missing(_ caller: String) -> [String] {
    ["ring in \(caller)", "end missed in \(caller)"]
  }
}
