package import LauncherSource
package import ThirdPartyStore

extension EventInbox {
  /// The inbox that keeps events in this file.
  package convenience init(_ file: InboxFile) {
    self.init(keep: { try file.keep($0, settling: $1) }, flush: { try file.flush() })
  }
}
