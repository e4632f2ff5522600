public import Telephony

/// Dials by a command, or by a `tel:` or `callto:` URL for the desktop's opener (R32).
public struct ProgramDialler: Dialler {
  private let target: OpenTarget
  private let option: String
  private let station: String
  private let opener: RecordOpener

  /// A dialler.
  ///
  /// - Parameters:
  ///   - target: the URL or the command, in which `{number}`, `{e164}` and `{station}` stand for values.
  ///   - option: the configuration key that holds the target, for sentences.
  ///   - station: the operator's extension, empty when none is configured.
  public init(_ target: OpenTarget, option: String, station: String, opener: RecordOpener) {
    self.target = target
    self.option = option
    self.station = station
    self.opener = opener
  }

  /// Starts the program; it has nothing to answer.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    let values = RecordValues(dialled: number, station: station)
    if case .failed(let error) = await opener.open(target, values) {
      throw DialError(error.sentence(option: option))
    }
    return nil
  }
}
