import Testing

/// What a vendor sends for one call, as it is published, and what a window is told then.
///
/// The numbers are sample numbers, and stations those of the tests; everything else is as in the source.
struct MapExample: Sendable, CustomTestStringConvertible {
  /// One request, and what `getevent` says behind it.
  struct Step: Sendable {
    var query = ""
    var type = "application/json"
    var body: String
    var told: String
  }

  /// The map's path.
  var map: String
  /// Where the requests are published.
  var source: String
  /// The user's line below `[stations]`.
  var station = ""
  var steps: [Step]

  var testDescription: String { map }

  private static let none = #"{"tel":"","event":""}"#

  static let all = [
    aircall, ringover, ringoverOut, yeastar, yeastarOut, kazoo, kazooOut, wazo, creomate, k2m,
  ]

  // MARK: - 3CX

  private static let creomate = MapExample(
    map: "3cx", source: "creomate.com, 3CX CRM bundle",
    steps: [
      Step(
        body: creomate("ringing", #""usertype":"ext","#, id: 0),
        told: #"{"tel":"0199004567","event":"ring","id":"00000000-01dc-27f5-3c43-81de0000002d","#
          + #""age":0,"name":"Smith, John","direction":"in"}"#),
      Step(
        body: creomate("pickupincoming", #""trtype":"NotDef","#, id: 1),
        told: #"{"tel":"0199004567","event":"answer","id":"00000000-01dc-27f5-3c43-81de0000002d","#
          + #""age":0,"name":"Smith, John","direction":"in"}"#),
      Step(
        body: creomate("incoming", #""finishtype":"Ok","transfer":"False","#, id: 1), told: none),
    ])

  private static func creomate(_ event: String, _ more: String, id: Int) -> String {
    #"{"event":"\#(event)","callerid":"0199004567","user":"1024",\#(more)"did":"Support","#
      + #""id":"250917190514_45-\#(id)","chid":"00000000-01dc-27f5-3c43-81de0000002d","#
      + #""inbound_did":"0199004500","sip_displayname":"0199004567","phonebook":"Smith, John"}"#
  }

  private static let k2m = MapExample(
    map: "3cx", source: "webhooks.k2msoftware.com, 3CX Webhook Documentation",
    steps: [
      Step(
        body: k2m("ringing", #""Usertype":"ext","#, id: 0),
        told: #"{"tel":"0199004567","event":"ring","id":"N","age":0,"direction":"in"}"#),
      Step(
        body: k2m("incomingcall_started", #""Trtype":"NotDef","#, id: 1),
        told: #"{"tel":"0199004567","event":"answer","id":"N","age":0,"direction":"in"}"#),
      Step(
        body: k2m("incoming", #""Finishtype":"Ok","Duration":"00:06","#, id: 1), told: none),
    ])

  private static func k2m(_ event: String, _ more: String, id: Int) -> String {
    #"{"Event":"\#(event)","Callerid":"0199004567","User":"1024",\#(more)"Did":"","#
      + #""Id":"230307114903_10-\#(id)"}"#
  }

  // MARK: - Aircall

  private static let aircall = MapExample(
    map: "aircall",
    source: "developer.aircall.io, Webhooks overview: the sample of call.created",
    station: #""456" = "1024""#,
    steps: [
      Step(body: aircall("call.created", "initial", user: "{}"), told: none),
      Step(
        body: aircall("call.ringing_on_agent", "initial"),
        told: #"{"tel":"+33 1 99 00 45 67","event":"ring","id":"123","age":0,"direction":"in"}"#),
      Step(
        body: aircall("call.answered", "answered"),
        told: #"{"tel":"+33 1 99 00 45 67","event":"answer","id":"123","age":0,"direction":"in"}"#),
      Step(
        body: aircall("call.commented", "answered"),
        told: #"{"tel":"+33 1 99 00 45 67","event":"answer","id":"123","age":0,"direction":"in"}"#),
      Step(body: aircall("call.hungup", "done"), told: none),
    ])

  private static func aircall(
    _ event: String, _ status: String, user: String = #"{"id":456,"name":"John Doe"}"#
  ) -> String {
    """
    {"resource":"call","event":"\(event)","timestamp":1732622896,"token":"cebcaac65XXXXXXXXXx",\
    "data":{"id":123,"direct_link":"https://api.aircall.io/v1/calls/123","direction":"inbound",\
    "call_uuid":"CAed058bba60a84d62c77cee898a852b05","status":"\(status)",\
    "missed_call_reason":null,"started_at":1732622895,"answered_at":null,"ended_at":null,\
    "duration":0,"cost":"0","hangup_cause":null,"raw_digits":"+33 1 99 00 45 67",\
    "participants":[{"phone_number":"+33 1 99 00 45 67","type":"external"}],\
    "user":\(user),"contact":{},"number":{}}}
    """
  }

  // MARK: - Ringover

  private static let ringover = MapExample(
    map: "ringover",
    source: "github.com/bartick/ringover-webhooks, node/src/tests; ringover/ringover-webhooks-php",
    station: #"12854321 = 1024"#,
    steps: [
      Step(
        body: ringover("ringing", "inbound"),
        told: #"{"tel":"33199004567","event":"ring","id":"N","age":0,"direction":"in"}"#),
      Step(
        body: ringover("answered", "inbound"),
        told: #"{"tel":"33199004567","event":"answer","id":"N","age":0,"direction":"in"}"#),
      Step(body: ringover("hangup", "inbound"), told: none),
    ])

  private static let ringoverOut = MapExample(
    map: "ringover", source: ringover.source, station: #"12854321 = 1024"#,
    steps: [
      Step(
        body: ringover("ringing", "outbound"),
        told: #"{"tel":"33261911234","event":"ring","id":"N","age":0,"direction":"out"}"#),
      Step(body: ringover("missed", "outbound"), told: none),
    ])

  private static func ringover(_ event: String, _ direction: String) -> String {
    """
    {"event":"\(event)","resource":"call","timestamp":1554823493.762305,"data":{\
    "id":"57622f20-a020-4f9e-814c-62a6123412fa","call_id":1234567890987654400,\
    "channel_id":123456789,"start_time":1554823493.762305,"direction":"\(direction)",\
    "from_number":"33199004567","to_number":"33261911234","user_id":12854321,"is_internal":true,\
    "is_anonymous":false,"is_ivr":true,"ivr_data":{"number":"33261911234",\
    "scenario_name":"Opened","ivr_name":"myIVR"},"user":{"user_id":123456789,\
    "firstname":"Jean","lastname":"Dupont","email":"jean.dupont@ringover.com"},\
    "status":"\(event)"},"attempt":2}
    """
  }

  // MARK: - Yeastar

  private static let yeastar = MapExample(
    map: "yeastar",
    source: "help.yeastar.com, P-Series developer guide, (30011): its fields; (30008): the form",
    steps: [
      Step(
        body: yeastar(#"\"inbound\":{\"from\":\"0199004567\","#, "ALERT", "RING"),
        told: #"{"tel":"0199004567","event":"ring","id":"1648188361.42","age":0,"direction":"in"}"#),
      Step(
        body: yeastar(#"\"inbound\":{\"from\":\"0199004567\","#, "ANSWERED", "ANSWER"),
        told:
          #"{"tel":"0199004567","event":"answer","id":"1648188361.42","age":0,"direction":"in"}"#
      ),
      Step(
        body: yeastar(#"\"inbound\":{\"from\":\"0199004567\","#, "HOLD", "HOLD"),
        told:
          #"{"tel":"0199004567","event":"answer","id":"1648188361.42","age":0,"direction":"in"}"#
      ),
      Step(
        body:
          #"{"type":30008,"sn":"3631A2124XXX","msg":"{\"extension\":\"1024\",\"status\":\"Idle\"}"}"#,
        told:
          #"{"tel":"0199004567","event":"answer","id":"1648188361.42","age":0,"direction":"in"}"#
      ),
      Step(body: yeastar(#"\"inbound\":{\"from\":\"0199004567\","#, "BYE", "BYE"), told: none),
    ])

  private static let yeastarOut = MapExample(
    map: "yeastar", source: yeastar.source,
    steps: [
      Step(
        body: yeastar(#"\"outbound\":{\"to\":\"0199004567\","#, "RING", "ALERT"),
        told: #"{"tel":"0199004567","event":"ring","id":"1648188361.42","age":0,"direction":"out"}"#
      ),
      Step(body: yeastar(#"\"outbound\":{\"to\":\"0199004567\","#, "ANSWER", "BYE"), told: none),
    ])

  private static func yeastar(_ trunk: String, _ outside: String, _ station: String) -> String {
    #"{"type":30011,"sn":"3631A2124XXX","msg":"{\"call_id\":\"1648188361.42\",\"members\":[{"#
      + trunk + #"\"trunk_name\":\"6\",\"member_status\":\"\#(outside)\"}},{\"extension\":"#
      + #"{\"number\":\"1024\",\"member_status\":\"\#(station)\"}},{\"extension\":"#
      + #"{\"number\":\"1025\",\"member_status\":\"\#(station)\"}}]}"}"#
  }

  // MARK: - Kazoo

  private static let kazoo = MapExample(
    map: "kazoo",
    source: "github.com/2600hz/kazoo, applications/webhooks/doc/events/channels.md, as a form",
    station: #"d860229e722bf8f738737365b0b1e333 = "1024""#,
    steps: [
      Step(
        type: form, body: kazoo("channel_create", "outbound"),
        told:
          #"{"tel":"+33199004567","event":"ring","id":"\#(kazooID)","age":0,"name":"Test Man","direction":"in"}"#
      ),
      Step(
        type: form, body: kazoo("channel_answer", "outbound"),
        told:
          #"{"tel":"+33199004567","event":"answer","id":"\#(kazooID)","age":0,"name":"Test Man","direction":"in"}"#
      ),
      Step(
        type: form, body: kazoo("channel_destroy", "outbound") + "&hangup_cause=NORMAL_CLEARING",
        told: none),
    ])

  private static let kazooOut = MapExample(
    map: "kazoo", source: kazoo.source + ": the way of a user who dials",
    station: #"d860229e722bf8f738737365b0b1e333 = "1024""#,
    steps: [
      Step(
        body: #"""
          {"account_id":"91eb05e5c68d7ca05e7618b6821d2d16","authorizing_type":"device",\#
          "call_direction":"inbound","call_forwarded":false,"call_id":"\#(kazooID)",\#
          "callee_id_name":"Caller Test","callee_id_number":"+33199004567",\#
          "caller_id_name":"Test Man","caller_id_number":"1024","custom_channel_vars":{},\#
          "owner_id":"d860229e722bf8f738737365b0b1e333","timestamp":"63724349409",\#
          "to":"+33261911234@matrix.test.com","hook_event":"channel_create"}
          """#,
        told:
          #"{"tel":"+33261911234","event":"ring","id":"\#(kazooID)","age":0,"name":"Caller Test","direction":"out"}"#
      ),
      // The line to the outside has no owner.
      Step(
        type: form,
        body: kazoo("channel_destroy", "inbound").replacing(/&owner_id=\w+/, with: ""),
        told:
          #"{"tel":"+33261911234","event":"ring","id":"\#(kazooID)","age":0,"name":"Caller Test","direction":"out"}"#
      ),
    ])

  private static let form = "application/x-www-form-urlencoded"
  private static let kazooID = "NDlkNGI3OTZlMDgzNWQxNGYxNTA3NjQ4NDZjNDFkOTc"

  private static func kazoo(_ event: String, _ direction: String) -> String {
    "account_id=91eb05e5c68d7ca05e7618b6821d2d16&authorizing_type=device"
      + "&call_direction=\(direction)&call_forwarded=false&call_id=\(kazooID)"
      + "&callee_id_name=Caller+Test&callee_id_number=%2B33261911234&caller_id_name=Test+Man"
      + "&caller_id_number=%2B33199004567&is_internal_leg=false"
      + "&owner_id=d860229e722bf8f738737365b0b1e333&timestamp=63724349409"
      + "&to=%2B33261911234%40matrix.test.com&hook_event=\(event)"
  }

  // MARK: - Wazo

  private static let wazo = MapExample(
    map: "wazo",
    source: "wazo-platform.org, Bus events, call_created, and the fields of a call in wazo-calld",
    station: #"2e752722-0864-4665-887d-a78a024cf7c7 = "1024""#,
    steps: [
      Step(
        query: "?name=call_created", body: wazo("Ring"),
        told:
          #"{"tel":"0199004567","event":"ring","id":"1455123422.8","age":0,"name":"Denis","direction":"in"}"#
      ),
      Step(
        query: "?name=call_updated", body: wazo("Up"),
        told:
          #"{"tel":"0199004567","event":"ring","id":"1455123422.8","age":0,"name":"Denis","direction":"in"}"#
      ),
      Step(
        query: "?name=call_answered", body: wazo("Up"),
        told:
          #"{"tel":"0199004567","event":"answer","id":"1455123422.8","age":0,"name":"Denis","direction":"in"}"#
      ),
      Step(query: "?name=call_ended", body: wazo("Up"), told: none),
    ])

  private static func wazo(_ status: String) -> String {
    """
    {"bridges":[],"call_id":"1455123422.8","caller_id_name":"Weber","caller_id_number":"1024",\
    "peer_caller_id_name":"Denis","peer_caller_id_number":"0199004567","is_caller":false,\
    "creation_time":"2016-02-10T11:57:02.592-0500","status":"\(status)","talking_to":{},\
    "user_uuid":"2e752722-0864-4665-887d-a78a024cf7c7"}
    """
  }
}
