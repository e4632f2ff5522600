import CallWire
import Curses
import OperatorConfiguration
import OperatorScreen

/// Does what the screen wants done, away from the screen; the result comes back as a message.
///
/// Each kind of work has its own thread, so that a slow write never delays a caller's name.
final class EffectPerformer: Sendable {
  private let parties: PartyReader
  private let ownData: OwnDataKeeper
  private let telephones: TelephoneOperator
  private let opener: PageOpener
  private let attention: AttentionCaller
  private let hooks: HookRunner
  private let choices: OperatorChoices
  private let runtime: RuntimeDirectory
  private let sign: @Sendable (TerminalSign) -> Void
  private let post: @Sendable (Message) -> Void

  init(
    parties: PartyReader, ownData: OwnDataKeeper, telephones: TelephoneOperator,
    opener: PageOpener, attention: AttentionCaller, hooks: HookRunner, choices: OperatorChoices,
    runtime: RuntimeDirectory, sign: @escaping @Sendable (TerminalSign) -> Void,
    post: @escaping @Sendable (Message) -> Void
  ) {
    self.parties = parties
    self.ownData = ownData
    self.telephones = telephones
    self.opener = opener
    self.attention = attention
    self.hooks = hooks
    self.choices = choices
    self.runtime = runtime
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
}
