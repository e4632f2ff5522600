import CallWire
import Dispatch
import Foundation
import Glibc
import Synchronization
import ThirdPartyStore

/// Ten thousand messages over sixteen connections, each sent once the one before is answered: on the disk.
@MainActor
func measureFlood(_ site: Site) throws -> [Figure] {
  let (messages, connections) = (10_000, 16)
  try site.fill(parties: manyParties)
  let window = try OperatorWindow(site, parties: manyParties)
  let journal = try OperatorStore(path: site.data(parties: manyParties) + "/operator.sqlite")
  let before = try journal.journal().count
  let cpuBefore = try window.figures.processorTime()
  let runtime = RuntimeDirectory { site.environment(parties: manyParties)[$0] }
  let socket = runtime.socketPath(station: nil)

  let lost = Atomic(0)
  let start = ContinuousClock.now
  let asking = DispatchGroup()
  for connection in 0..<connections {
    asking.enter()
    let thread = Thread {
      defer { asking.leave() }
      guard let line = WindowConnection(socket) else {
        lost.add(messages / connections, ordering: .relaxed)
        return
      }
      for message in stride(from: connection, to: messages, by: connections) {
        let sent = try? CallMessage(
          event: "ring", tel: PartyFile.phone(message * 97), id: "flood-\(message)"
        ).encoded()
        if line.ask(sent ?? []) != "ok" { lost.add(1, ordering: .relaxed) }
      }
    }
    thread.start()
  }
  asking.wait()
  let handedOver = (ContinuousClock.now - start).seconds

  var (time, quiet) = (try window.figures.processorTime(), ContinuousClock.now)
  while ContinuousClock.now - quiet < .seconds(1) {
    usleep(20_000)
    let now = try window.figures.processorTime()
    // The calls still ring: the clocks in the corner go on, a little every second.
    if now - time > 0.02 { (time, quiet) = (now, ContinuousClock.now) }
  }
  let memory = try window.figures.memory()
  let written = try journal.journal().count - before
  let used = try window.figures.processorTime() - cpuBefore
  try window.close()
  return [
    Figure(
      name: "\(messages) messages, \(connections) connections: all answered after",
      value: handedOver, unit: "s", limit: 2),
    Figure(
      name: "  not taken by the window", value: Double(lost.load(ordering: .relaxed)), unit: "",
      limit: 0),
    Figure(name: "  not in the journal", value: Double(messages - written), unit: "", limit: 0),
    Figure(name: "  quiet again after", value: (quiet - start).seconds, unit: "s"),
    Figure(name: "  processor time of the window", value: used, unit: "s"),
    Figure(name: "  private memory afterwards (RssAnon)", value: memory.anonymous, unit: "MB"),
    Figure(name: "  most memory at once, mapped files included", value: memory.peak, unit: "MB"),
  ]
}
