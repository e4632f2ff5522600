import CTIBlock
package import OperatorConfiguration
import Synchronization
package import Telephony
import TextForms
package import TrafficTrace

/// What a window writes of itself: the trace of what passes, if one is wanted, and the log (R55).
///
/// Neither ever stops the window: what cannot be written is said, and that is all.
package final class WindowRecord: Sendable {
  private struct State {
    var healths: [SourceID: String] = [:]
    var troubles: [String] = []
    var tell: (@Sendable (String) -> Void)?
  }

  private final class Troubles: Sendable {
    let state = Mutex(State())

    func note(_ sentence: String) {
      let tell = state.withLock { state in
        if state.tell == nil { state.troubles.append(sentence) }
        return state.tell
      }
      tell?(sentence)
    }
  }

  /// What passes; nil: it is not recorded.
  package let trace: Trace?
  private let log: StateLog?
  private let troubles = Troubles()

  /// The record that the settings want; `showsNumbers`: with numbers as they are.
  package init(
    _ settings: Settings, _ directories: Directories, release: String, showsNumbers: Bool
  ) {
    let (troubles, secrets) = (troubles, settings.secrets)
    let file = directories.state + "/screenpop.log"
    if settings.retentionDays > 0 {
      let limit = WindowClock.wall() - Int64(clamping: settings.retentionDays) * WallTime.day
      for path in [file + ".1", file, settings.trace].compactMap({ $0 }) {
        OldRecord.remove(path, writtenBefore: limit.milliseconds / 1000)
      }
    }
    var log: StateLog?
    if settings.keepsLog {
      do throws(TraceError) {
        log = try StateLog(
          folder: directories.state, secrets: secrets, wall: WindowClock.wall,
          ended: { troubles.note($0) })
      } catch {
        troubles.note(error.description)
      }
    }
    self.log = log
    log?.note("ScreenPop \(release) starts, station \(settings.station ?? "none")")
    var trace: Trace?
    if let path = settings.trace {
      do throws(TraceError) {
        trace = try Trace(
          path, showsNumbers: showsNumbers, secrets: secrets, options: settings.recorded,
          release: release, at: WindowClock.now(), WindowClock.wall(),
          ended: { [log] sentence in
            log?.warn(sentence)
            troubles.note(sentence)
          })
      } catch {
        log?.warn(error.description)
        troubles.note(error.description)
      }
    }
    self.trace = trace
    if let trace = settings.trace, self.trace != nil { log?.note("a trace goes to \(trace)") }
    for option in settings.recorded { log?.note("configured: \(option)") }
  }

  /// Has `tell` told what cannot be written, and why.
  package func onTrouble(_ tell: @escaping @Sendable (String) -> Void) {
    let before = troubles.state.withLock { state in
      defer { (state.tell, state.troubles) = (tell, []) }
      return state.troubles
    }
    for sentence in before { tell(sentence) }
  }

  /// Notes how a source is.
  package func note(_ report: SourceReport) {
    guard case .health(let source, let health) = report else { return }
    trace?.note(source, health, at: WindowClock.now())
    guard let log else { return }
    let words =
      switch health {
      case .up: "is up"
      case .down(let reason, _, _): "is down: \(reason)"
      case .off(let reason): "is off: \(reason)"
      }
    let isNews = troubles.state.withLock { state in
      defer { state.healths[source] = words }
      return state.healths[source] != words
    }
    guard isNews else { return }
    if health == .up {
      log.note("\(source.name) \(words)")
    } else {
      log.warn("\(source.name) \(words)")
    }
  }

  /// Notes a trouble of the store, or of whatever else.
  package func warn(_ sentence: String) { log?.warn(sentence) }

  /// Notes that the window ends, and waits until everything is written.
  package func finish() async {
    log?.note("ScreenPop ends")
    await trace?.drain()
    await log?.drain()
  }
}

extension Settings {
  /// What must not stand in a trace: all secrets that can be read. Those that cannot are said where they are needed.
  fileprivate var secrets: [String] {
    let read = secretFiles.compactMap { key, path in try? SecretFile.line(of: path, key: key) }
    let values = [ctiServer, dialServer].compactMap { $0 }.flatMap(\.secrets)
    return read + values
  }
}
