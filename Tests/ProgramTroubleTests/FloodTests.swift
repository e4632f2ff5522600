import CallWire
import TestSupport
import Testing

import class LauncherSupport.RawClient

/// More messages than anybody can read.
@Suite(.timeLimit(.minutes(3)))
struct FloodTests {
  @Test func everyCallOfAFloodHasItsLine() async throws {
    let workplace = try await Workplace()
    let window = try await workplace.openWindow()
    let runtime = RuntimeDirectory(path: workplace.folder.file("runtime/screenpop"))
    let numbers = (0..<10_000).map { "019900" + String(10_000 + $0).dropFirst() }

    let flood = Task {
      for part in 0..<4 {
        let client = try #require(RawClient(runtime, station: "1024"))
        let lines = try numbers[(part * 2500)..<(part * 2500 + 2500)].map { number in
          try CallMessage(event: "ring", tel: number, mid: newMessageID()).encoded()
        }
        // All at once; the answers are short enough to wait in the socket.
        #expect(client.say(Array(lines.joined())))
        for _ in lines { #expect(client.line() == "ok") }
      }
    }
    // Meanwhile the window answers the operator.
    try await window.press("?")
    try await window.wait(for: "Everywhere")
    try await flood.value
    try await window.press("Escape")
    try await window.wait(until: "no help") { !$0.contains("Everywhere") }
    // Printing ten thousand lines takes its time, too.
    let calls = try await workplace.journal(until: "all calls", deadline: .seconds(90)) {
      $0.count >= 10_000
    }
    #expect(calls.count == 10_000)
    #expect(Set(calls.compactMap(\.number)).count == 10_000)
    try await window.press("?")
    try await window.wait(for: "Everywhere")
  }
}
