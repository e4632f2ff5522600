package import OperatorConfiguration
import Synchronization

/// The settings as they are in force: what is configured, and what the operator has chosen on the screen since.
package final class OperatorChoices: Sendable {
  private let settings: Mutex<Settings>

  package init(_ settings: Settings) { self.settings = Mutex(settings) }

  /// The settings of this moment.
  package var current: Settings { settings.withLock { $0 } }

  /// Takes over what is chosen on the options screen; the settings from now on.
  package func choose(_ chosen: [String: String]) -> Settings {
    settings.withLock { settings in
      settings = settings.choosing(chosen)
      return settings
    }
  }
}
