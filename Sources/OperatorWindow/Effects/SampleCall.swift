import CallWire
import Dispatch
import OperatorScreen
import Telephony

/// A call of the demonstration: a sample number through the window's own socket, as the launcher
/// would send it, and its end some seconds later.
enum SampleCall {
  /// Found, several, unknown, an extension, withheld.
  private static let numbers = [
    "0388202122", "01 99 00 45 67", "01 99 00 99 99", "1025", "anonymous",
  ]
  /// How long a sample call rings [s].
  private static let ringing = 20
  private static let lane = Lane()

  /// Rings the window; what refuses that is posted.
  static func play(
    _ runtime: RuntimeDirectory, station: String?, _ post: @escaping @Sendable (Message) -> Void
  ) {
    let number = numbers.randomElement() ?? numbers[0]
    let id = newMessageID()
    send(runtime, station, "ring", number, id, post)
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(ringing)) { @Sendable in
      send(runtime, station, "end", number, id, post)
    }
  }

  private static func send(
    _ runtime: RuntimeDirectory, _ station: String?, _ event: String, _ number: String,
    _ id: String, _ post: @escaping @Sendable (Message) -> Void
  ) {
    lane.run {
      let message = CallMessage(event: event, tel: number, mid: newMessageID(), id: id)
      do throws(CallWireError) {
        let path = runtime.socketPath(station: station)
        let delivery = Delivery.offer(try message.encoded(), to: [path])
        if case .refused(let sentence) = delivery { post(.failed(DirectoryError(sentence))) }
      } catch {
        post(.failed(DirectoryError(error.sentence)))
      }
    }
  }
}
