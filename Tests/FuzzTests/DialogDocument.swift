@testable import SIP

/// Documents of dialog state.
enum DialogDocument: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    guard let info = try? DialogInfoReader.read(bytes) else { return }
    precondition(info.version >= 0 && info.dialogs.allSatisfy { !$0.id.isEmpty })
  }
}
