package import OperatorScreen
package import PhoneNumbers
package import Telephony
package import TrafficTrace

/// Has telephones answer, hang up and dial, on a thread of its own: Swift's pool, once used, wakes the process every
/// second.
package final class TelephoneOperator: Sendable {
  /// Under which name a trace tells what was dialled, through whatever dials.
  package static let traced: SourceID = "dial"

  private let telephones: [SourceID: any CallControl]
  private let dialler: (any Dialler)?
  private let plan: NumberPlan
  private let trace: Trace?
  private let post: @Sendable (Message) -> Void
  private let lane = Lane()

  /// The telephones among the sources, and what dials.
  package init(
    _ sources: [any CallSource], dialler: (any Dialler)?, plan: NumberPlan, trace: Trace?,
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    telephones = sources.reduce(into: [:]) { telephones, source in
      if let driver = source as? any TelephonyDriver & CallControl {
        telephones[driver.id] = driver
      }
    }
    self.dialler = dialler
    self.plan = plan
    self.trace = trace
    self.post = post
  }

  /// Starts on the order.
  package func perform(_ order: TelephoneOrder) {
    switch order {
    case .answer(let source, let callID):
      command(source) { telephone throws(DialError) in try await telephone.answer(callID: callID) }
    case .hangUp(let source, let callID):
      command(source) { telephone throws(DialError) in try await telephone.hangUp(callID: callID) }
    case .dial(let request): dial(request)
    }
  }

  private func command(
    _ source: SourceID,
    _ order: @escaping @Sendable (any CallControl) async throws(DialError) -> Void
  ) {
    guard let telephone = telephones[source] else { return }
    Task(executorPreference: lane) { [post] in
      do throws(DialError) {
        try await order(telephone)
      } catch {
        post(.failed(DirectoryError(error.sentence)))
      }
    }
  }

  private func dial(_ request: DialRequest) {
    guard let dialler, let number = plan.dialled(request.number) else {
      let sentence = "“\(request.text)” cannot be dialled: it is no number, or nothing dials here."
      return post(.dialled(request, .failure(DialError(sentence))))
    }
    note(.sent, number.text)
    Task(executorPreference: lane) { [post] in
      do throws(DialError) {
        let answer = try await dialler.dial(number)
        self.note(.received, answer ?? "")
        post(.dialled(request, .success(answer)))
      } catch {
        self.note(.event, "failed \(error.sentence)")
        post(.dialled(request, .failure(error)))
      }
    }
  }

  private func note(_ mark: Trace.Mark, _ words: String) {
    trace?.note(mark, Self.traced, Array(words.utf8), at: WindowClock.now())
  }
}
