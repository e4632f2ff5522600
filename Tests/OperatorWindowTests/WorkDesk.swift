import LauncherSource
import OperatorConfiguration
import OperatorScreen
import OperatorWindow
import Synchronization
import TestSupport
import ThirdPartyStore

/// What a window's work is done on: the demonstration's store in a folder of its own, and what was posted.
final class WorkDesk: Sendable {
  let folder: TemporaryFolder
  let store: StoreAccess
  let choices: OperatorChoices
  let file: InboxFile
  let inbox: EventInbox
  private let messages = Mutex<[Message]>([])

  init() async throws {
    folder = try TemporaryFolder()
    let directories = Directories(environment: [
      "HOME": folder.path, "XDG_CONFIG_DIRS": folder.path, "XDG_RUNTIME_DIR": folder.path,
    ])
    let settings = try Settings.load(
      directories: directories, commandLine: ["station": "1024"])
    store = StoreAccess(directories, demo: true)
    store.adopt(settings)
    try await store.fillDemo()
    choices = OperatorChoices(settings)
    file = store.inbox(station: "1024")
    inbox = EventInbox(file)
  }

  /// Takes what is done as the window's queue does.
  func post(_ message: Message) { messages.withLock { $0.append(message) } }

  /// What was posted so far.
  var posted: [Message] { messages.withLock { $0 } }

  /// The first posted message that `wanted` takes something out of.
  func first<Value>(_ what: String, _ wanted: (Message) -> Value?) async throws -> Value {
    try await waitFor(what, instead: "\(posted)") { posted.lazy.compactMap(wanted).first }
  }
}
