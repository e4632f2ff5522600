import CTIBlock
import PhoneNumbers
import Telephony
package import TrafficTrace

extension RESTPollSource: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    PollPlayer(
      form: exchange.answer, words: words, plan: plan,
      calls: StandingCalls(source: id, station: values.station))
  }
}

/// Reads a server's answers in a trace: a line with status and content type and then the body, which counts once
/// `answered` stands behind it; and what a stream pushed.
///
///     < 200 application/json\n{"tel":"0388202122","event":"ring"}
///     ! answered
///     < push\n{"tel":"0388202122","event":"end"}
private struct PollPlayer: TracePlayer {
  let form: CTIAnswerForm?
  let words: EventWords
  let plan: NumberPlan
  var calls: StandingCalls
  private var answer: TraceLine?

  init(form: CTIAnswerForm?, words: EventWords, plan: NumberPlan, calls: StandingCalls) {
    self.form = form
    self.words = words
    self.plan = plan
    self.calls = calls
  }

  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    switch line.mark {
    case .sent: return []
    case .event:
      guard line.words == "answered" else { return [] }
      let call = answer.flatMap { read($0, now) } ?? nil
      answer = nil
      return calls.poll(call, now: now)
    case .received, .piece:
      guard line.bytes.starts(with: "push\n".utf8) else {
        answer = line
        return []
      }
      guard let read = read(line, now) else { return [] }
      return read.map { calls.push($0) } ?? calls.poll(nil, now: now)
    }
  }

  /// The call of a body; nil for none, and no value at all for one that cannot be read.
  private func read(_ line: TraceLine, _ now: Moment) -> ServerCall?? {
    let parts = line.bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(decoding: parts[0], as: UTF8.self).split(separator: " ", maxSplits: 1)
    let body = parts.count == 2 ? Array(parts[1]) : []
    guard head.first != "404" else { return .some(nil) }
    let type = head.first == "push" || head.count < 2 ? nil : ContentType(String(head[1]))
    guard let form else { return .some(nil) }
    do throws(PollError) {
      let answer = try PollAnswer.read(body, as: form, type: type).call
      return .some(answer.flatMap { ServerCall($0, words: words, plan: plan, now: now) })
    } catch {
      return nil
    }
  }
}
