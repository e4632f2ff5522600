package import OperatorConfiguration
import PhoneNumbers
import RecordOpener
package import Telephony
import ThirdPartyStore

extension Settings {
  /// What the company's own numbers are called, and the rules for their calls (R59).
  ///
  /// Throws when the file with the names cannot be used. The demonstration (`demo`) has no ERP to open records in.
  package func ownNumbers(demo: Bool = false) throws(ConfigurationError) -> OwnNumbers {
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
    let openings = openCalled.sorted { $0.key < $1.key }.map { rule, place in
      OwnNumbers.Opening(rule: rule, isCard: place == .target(.card) || (place == .erp && demo))
    }
    return OwnNumbers(
      names: names, quiet: inhibitCalled, triggers: triggerCalled, openings: openings,
      key: { spelling in
        let read = plan.caller(spelling)
        return read.number?.key ?? read.account ?? ""
      },
      text: { key in
        key.hasPrefix("+") ? plan.display(PhoneNumber(.complete, key)) : key
      })
  }
}
