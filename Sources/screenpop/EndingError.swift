import ArgumentParser
import CommandOutput
import Curses
import DesktopSetup
import ERPSync
import OperatorConfiguration
import Telephony
import ThirdPartyStore

/// An error that ends a command with a sentence and a code of sysexits.h: each layer has its own.
protocol EndingError: Error, CustomStringConvertible {
  /// The code.
  var exitStatus: Int32 { get }
}

extension EndingError {
  /// Says it on standard error, a line for each thing that is wrong; the code to end with.
  func told() -> ExitCode {
    for line in description.split(separator: "\n") { StandardError.say(String(line)) }
    return ExitCode(exitStatus)
  }
}

extension ConfigurationError: EndingError {}
extension DialError: EndingError {}
extension ERPError: EndingError {}
extension SetupError: EndingError {}
extension StoreError: EndingError {}
extension TerminalError: EndingError {}
