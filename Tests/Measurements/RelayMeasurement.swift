import Glibc

/// How many requests a second the relay answers, beside a bare handler of its library (with a constant answer) and nginx.
@MainActor
func measureRelay(_ site: Site) throws -> [Figure] {
  let relay = try RunningServer.relay(site)
  let bare = try RunningServer.bare(site)
  let nginx = try startNginx(site)
  defer { for server in [relay, bare, nginx] { try? server.stop() } }
  let reports = "\(site.folder)/setevent.lua"
  try """
  local n = 0
  function request()
    n = n + 1
    return wrk.format("GET", string.format(
      "\(RunningServer.prefix)/setevent?ident=&telorg=%d&tel=019900%04d&event=ring&id=%d",
      1000 + n % 500, n % 10000, n))
  end
  """.write(toFile: reports)
  var figures: [Figure] = []
  for (name, script) in [("getevent", nil), ("setevent", reports)] {
    let path = "\(RunningServer.prefix)/\(name)?ident=&telorg=1024"
    var ratios: [Double] = []
    var nginxRatios: [Double] = []
    var (rates, slowest): ([Double], [Double]) = ([], [])
    for pair in 0..<5 {
      var rate: [UInt16: Double] = [:]
      let order = pair % 2 == 0 ? [relay, bare, nginx] : [nginx, bare, relay]
      for server in order {
        let result = try Wrk(server.url(path), seconds: 3, script: script, site: site)
        rate[server.port] = result.rate
        if server === relay { slowest.append(result.slowest) }
      }
      guard let own = rate[relay.port], let peer = rate[bare.port], let web = rate[nginx.port]
      else { preconditionFailure("each server was asked") }
      rates.append(own)
      ratios.append(peer / own)
      nginxRatios.append(web / own)
    }
    figures += [
      Figure(
        name: "  \(name): a bare handler's rate / the relay's, 5 pairs, median",
        value: Statistics(ratios).median, unit: "×"),
      Figure(
        name: "\(name): 99th percentile, 32 connections, median", value: Statistics(slowest).median,
        unit: "ms", limit: 5),
      Figure(
        name: "  \(name): nginx's rate with a static answer / the relay's",
        value: Statistics(nginxRatios).median, unit: "×", limit: 2),
      Figure(name: "  \(name): answers a second", value: Statistics(rates).median, unit: ""),
    ]
  }
  return figures
}

/// How long the relay takes from its start to its first answer.
@MainActor
func measureRelayStart(_ site: Site) throws -> [Figure] {
  var times: [Double] = []
  for _ in 0..<10 {
    let relay = try RunningServer.relay(site)
    times.append(relay.coldStart.milliseconds)
    try relay.stop()
  }
  return [
    Figure(
      name: "relay started → first answer, 10 starts, median", value: Statistics(times).median,
      unit: "ms", limit: 100)
  ]
}

/// nginx with one worker and a constant answer to everything.
@MainActor
private func startNginx(_ site: Site) throws -> RunningServer {
  let folder = "\(site.folder)/nginx"
  guard mkdir(folder, 0o700) == 0 else { throw Failure("make \(folder)") }
  return try RunningServer(
    "/usr/sbin/nginx", path: "/", environment: site.environment(parties: 0)
  ) { port in
    let configuration = """
      daemon off;
      worker_processes auto;
      pid \(folder)/pid;
      error_log /dev/null;
      events { worker_connections 1024; }
      http {
        access_log off;
        keepalive_requests 1000000;
        client_body_temp_path \(folder); proxy_temp_path \(folder); fastcgi_temp_path \(folder);
        uwsgi_temp_path \(folder); scgi_temp_path \(folder);
        server {
          listen 127.0.0.1:\(port);
          location / {
            default_type application/json;
            return 200 '{"tel":"","event":""}';
          }
        }
      }
      """
    try? configuration.write(toFile: "\(folder)/nginx.conf")
    return ["-c", "\(folder)/nginx.conf", "-e", "/dev/null"]
  }
}
