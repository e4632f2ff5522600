import CallWire
import Curses
import OperatorConfiguration
import OperatorScreen

/// Does what the screen wants done, away from the screen; the result comes back as a message.
///
/// Each kind of work has its own thread, so that a slow write never delays a caller's name.
final class EffectPerformer: Sendable {
  let parties: PartyReader
  let ownData: OwnDataKeeper
  private let directory: PublicDirectory?
  private let telephones: TelephoneOperator
  private let opener: PageOpener
  private let attention: AttentionCaller
  private let hooks: HookRunner
  private let choices: OperatorChoices
  private let runtime: RuntimeDirectory
  private let sign: @Sendable (TerminalSign) -> Void
  private let post: @Sendable (Message) -> Void

  /// What works with these parts; `sign` has the terminal do something, `post` takes the results.
  init(
    _ parts: WindowParts, sign: @escaping @Sendable (TerminalSign) -> Void,
    _ post: @escaping @Sendable (Message) -> Void
  ) {
    let (settings, environment, record) = (parts.settings, parts.environment, parts.record)
    choices = OperatorChoices(settings)
    directory = PublicDirectory(settings, environment: environment) { sentence in
      record.warn(sentence)
      post(.trouble(.directory, sentence: sentence))
    }
    parties = PartyReader(parts.store, parts.erp, directory: directory, post)
    ownData = OwnDataKeeper(parts.store, parts.inbox, choices, parties, post)
    telephones = TelephoneOperator(
      parts.sources, dialler: parts.dialler, plan: settings.plan, trace: record.trace, post)
    opener = PageOpener(choices, parts.erp, environment: environment, post)
    attention = AttentionCaller(settings, environment: environment, sign: sign, post)
    hooks = HookRunner(settings, environment: environment, post)
    runtime = parts.runtime
    self.sign = sign
    self.post = post
  }

  /// Starts on the effect; never blocks.
  func perform(_ effect: Effect) {
    switch effect {
    case .ask(let question): parties.perform(question)
    case .keep(let order): ownData.perform(order)
    case .telephone(let order): telephones.perform(order)
    case .open(let order): opener.perform(order)
    case .attend(let order): attention.perform(order)
    case .copy(let text): sign(.copy(text))
    case .tell(let news): hooks.perform(news)
    case .playSample: SampleCall.play(runtime, station: choices.current.station, post)
    case .quit: break
    }
  }

  /// Waits until what was asked is answered, and takes back what asks for attention; the operator's own data is flushed
  /// before.
  func finish() async {
    await parties.finish()
    await directory?.finish()
    await attention.finish()
    await hooks.finish()
  }
}
