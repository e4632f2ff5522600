package import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides its text: the connection that it came by.
package struct RelayContext: InitializableFromSource {
  let channel: any Channel

  /// The context of a request on a connection.
  package init(source: ApplicationRequestContextSource) { channel = source.channel }

  /// Where the request comes from; nil where there are no addresses, as in tests.
  var address: NetworkAddress? { NetworkAddress(channel.remoteAddress) }
}
