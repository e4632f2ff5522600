import PhoneNumbers
import Telephony

@testable import FritzBox

/// What the call monitor of a FRITZ!Box sends.
enum FritzBoxStream: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let lines = readAlike(bytes, { FritzBoxReader() }, { $0.read($1) })
    let monitor = FritzBoxMonitor(
      address: "", numbers: ["23125012"], extensions: ["10"], areaCode: "030")
    for monitor in [FritzBoxMonitor(address: ""), monitor] {
      var calls = FritzBoxCalls(
        source: "fritzbox", monitor: monitor, station: nil, plan: NumberPlan(region: "DE"))
      var ended: Set<String> = []
      for (index, line) in lines.enumerated() {
        let now = Moment(milliseconds: Int64(clamping: index) * 1_000)
        for event in FritzBoxLine(line).map({ calls.follow($0, at: now) }) ?? [] {
          expectPlain(event.caller.text)
          expectPlain(event.called)
          expectPlain(event.line)
          let name = event.callID ?? ""
          precondition(!ended.contains(name), "news of a call that has ended")
          if case .end = event.kind { ended.insert(name) }
        }
      }
      _ = calls.giveUp(at: Moment(milliseconds: 0))
    }
  }
}
