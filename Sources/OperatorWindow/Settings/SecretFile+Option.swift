package import OperatorConfiguration
package import TextForms

extension Settings {
  /// The secret in the file that the option `key` names; of a recorded configuration, none.
  package func secret(of path: String, key: String) throws(ConfigurationError) -> String {
    isRecorded ? "hidden" : try SecretFile.line(of: path, key: key)
  }
}

extension SecretFile {
  /// The secret in the first line of the file that the option `key` names.
  package static func line(of path: String, key: String) throws(ConfigurationError) -> String {
    do throws(Problem) {
      return try line(of: path)
    } catch {
      throw ConfigurationError("\(key): \(path): \(error.sentence)")
    }
  }
}
