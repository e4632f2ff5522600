package import OperatorConfiguration
import PhoneNumbers
package import Telephony
import ThirdPartyStore

extension Settings {
  /// What the company's own numbers are called, and the rules for their calls (R59).
  ///
  /// Throws when the file with the names cannot be used.
  package func ownNumbers() throws(ConfigurationError) -> OwnNumbers {
    var names: [String: String] = [:]
    if let labelsFile {
      do throws(StoreError) {
        names = try NumberNames.load(path: labelsFile)
      } catch {
        throw ConfigurationError("labels_file: \(error.sentence)")
      }
    }
    names.merge(labels) { _, configured in configured }
    let plan = plan
    return OwnNumbers(
      names: names, quiet: inhibitCalled, triggers: triggerCalled,
      key: { spelling in
        let read = plan.caller(spelling)
        return read.number?.key ?? read.account ?? ""
      },
      text: { key in
        key.hasPrefix("+") ? plan.display(PhoneNumber(.complete, key)) : key
      })
  }
}
