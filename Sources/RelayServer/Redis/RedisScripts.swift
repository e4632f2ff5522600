/// What Redis does in one piece, so that relays which report at once do not mix (EVAL; Redis 5 or later).
///
/// What a report does to a station's value is decided by ``StationFold`` and not here: a script writes the
/// outcome only when the value is still the one that was folded onto. All times are Redis's own, so that the
/// clocks of the relays need not agree.
///
/// Anybody may have written into Redis. What lies under a name of the relays' and is of another kind is
/// removed, and a number that no relay can have given is none: otherwise one wrong value would refuse every
/// report from then on.
enum RedisScripts {
  private static let bounds = CallBounds()

  /// The first word of the refusal when Redis has lost what the relay has told it.
  static let lost = "LOST"

  /// How many events are kept for relays and windows that come back.
  static let mostEvents = 4_096

  /// How far ahead of Redis's clock an event's number may be [ms]: 100 years. Numbers are milliseconds since
  /// 1970, or one more than the last, and Lua counts whole up to 2^53.
  private static let margin = 3_155_760_000_000

  /// The latest number and the time [ms] are what every script begins with.
  private static let beginning = """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local ceiling = now + \(margin)
    local furthest = now + \(RelayedCall.longestLifetime)
    local function text(number) return string.format('%.0f', number) end
    local function number(value)
      local is = type(value) == 'string' and tonumber(value)
      if is and is >= 0 and is <= ceiling and is % 1 == 0 then return is end
      return 0
    end
    local function own(name, kind)
      local is = redis.call('TYPE', name).ok
      if is ~= kind and is ~= 'none' then redis.call('DEL', name) end
    end
    own('\(RedisNames.sequence)', 'string')
    own('\(RedisNames.calls)', 'zset')
    own('\(RedisNames.unasked)', 'zset')
    own('\(RedisNames.writers)', 'hash')
    if KEYS[1] then own(KEYS[1], 'hash') end
    local latest = number(redis.call('GET', '\(RedisNames.sequence)'))
    -- Somebody may empty Redis under open connections, or Redis may drop what it has no room for: then every relay
    -- tells again what it has acknowledged.
    local function isOther(epoch) return redis.call('ZSCORE', '\(RedisNames.calls)', epoch) ~= '0' end
    local other = redis.error_reply('\(lost) what it held')
    local function advance(number)
      latest = math.max(latest, number)
      redis.call('SET', '\(RedisNames.sequence)', text(latest))
    end
    -- The number of the latest event in the stream: it may lie there without having been told.
    local function top()
      own('\(RedisNames.events)', 'stream')
      local last = redis.call('XREVRANGE', '\(RedisNames.events)', '+', '-', 'COUNT', 1)[1]
      return last and number(string.match(last[1], '^(%d+)-')) or 0
    end
    local function tell(sequence, age, settles, event)
      local function add(call)
        return call('XADD', '\(RedisNames.events)', 'MAXLEN', '~', \(mostEvents), text(latest) .. '-0',
          'sequence', sequence, 'age', age, 'settles', settles, 'event', event)
      end
      local told = add(redis.pcall)
      if type(told) == 'table' and told.err then
        -- A number lies in it that no relay has given.
        redis.call('DEL', '\(RedisNames.events)')
        add(redis.call)
      end
      redis.call('PEXPIRE', '\(RedisNames.events)', \(RelayedCall.longestLifetime))
    end
    local function unasked(writer)
      local name = '\(RedisNames.unasked):' .. writer
      own(name, 'zset')
      return name
    end
    -- A window has asked, or the value has gone: it gives way to no other one any more.
    local function settle(name)
      local writer = redis.call('HGET', '\(RedisNames.writers)', name)
      if not writer then return end
      redis.call('HDEL', '\(RedisNames.writers)', name)
      redis.call('ZREM', '\(RedisNames.unasked)', name)
      redis.call('ZREM', unasked(writer), name)
    end
    local function write(name, sequence, age, lifetime, delivered, call, writer)
      -- As long as an earlier value may come back from a relay, the number must be there to refuse it.
      local left = math.max(redis.call('PTTL', name), lifetime - age, \(RelayedCall.shortestLifetime))
      redis.call('HSET', name, 'sequence', sequence, 'at', text(now - age), 'delivered', delivered,
        'call', call)
      redis.call('PEXPIRE', name, left)
      settle(name)
      if call == '' then
        redis.call('ZREM', '\(RedisNames.calls)', name)
        return
      end
      redis.call('ZADD', '\(RedisNames.calls)', text(now - age + lifetime), name)
      if writer then
        redis.call('HSET', '\(RedisNames.writers)', name, writer)
        redis.call('ZADD', '\(RedisNames.unasked)', text(now), name)
        redis.call('ZADD', unasked(writer), text(now), name)
        for _, held in ipairs({'\(RedisNames.writers)', '\(RedisNames.unasked)', unasked(writer)}) do
          redis.call('PEXPIRE', held, \(RelayedCall.longestLifetime))
        end
      end
    end

    """

  /// What is there of a station.
  ///
  /// Arguments: `1` when a window asks, `2` when the value is handed out for good; the epoch. Answer: number
  /// (0: nothing), age [ms], whether it was handed out before, the call (empty: none).
  static let read =
    beginning + """
      if isOther(ARGV[2]) then return other end
      local value = redis.call('HMGET', KEYS[1], 'sequence', 'at', 'delivered', 'call')
      local there = number(value[1])
      local till = redis.call('ZSCORE', '\(RedisNames.calls)', KEYS[1])
      if there == 0 and till and tonumber(till) > now then
        -- Said once: nobody may be left who has acknowledged it.
        redis.call('ZREM', '\(RedisNames.calls)', KEYS[1], ARGV[2])
        return other
      end
      local call = value[4] or ''
      if #call > \(CallRecord.longest) then call = '' end
      local delivered = value[3] == '1' and '1' or '0'
      if call ~= '' and ARGV[1] ~= '0' then settle(KEYS[1]) end
      if call ~= '' and ARGV[1] == '2' then redis.call('HSET', KEYS[1], 'delivered', '1') end
      return {text(there), text(math.max(0, now - number(value[2]))), delivered, call}
      """

  /// Writes what a report has made of a value.
  ///
  /// Arguments: the number of the value that was folded onto; the least number that the report may have; the
  /// lifetime of the new value [ms], negative when the old one stays; the new value, empty when there is
  /// none; the event, empty when there is none; who reports; the epoch. Answer: the report's number, 0 when the
  /// value is another one by now, -1 when there are too many calls for which windows have asked.
  static let take =
    beginning + """
      if isOther(ARGV[7]) then return other end
      local function giveWay(names)
        local name = redis.call('ZRANGE', names, 0, 0)[1]
        if not name then return false end
        settle(name)
        redis.call('ZREM', names, name)
        redis.call('ZREM', '\(RedisNames.calls)', name)
        if string.sub(name, 1, \(RedisNames.call.utf8.count)) == '\(RedisNames.call)' then
          redis.call('DEL', name)
        end
        return true
      end
      if text(number(redis.call('HGET', KEYS[1], 'sequence'))) ~= ARGV[1] then return '0' end
      -- First, because a Redis that is full refuses no write after another one.
      advance(math.max(latest + 1, top() + 1, number(ARGV[2])))
      if ARGV[4] ~= '' and not redis.call('ZSCORE', '\(RedisNames.calls)', KEYS[1]) then
        local gone = redis.call('ZRANGEBYSCORE', '\(RedisNames.calls)', '(0', text(now), 'LIMIT', 0, 100)
        for _, name in ipairs(gone) do
          settle(name)
          redis.call('ZREM', '\(RedisNames.calls)', name)
        end
        redis.call('ZREMRANGEBYSCORE', '\(RedisNames.calls)', '(' .. text(furthest), '+inf')
        local mine = unasked(ARGV[6])
        if redis.call('ZCARD', mine) >= \(bounds.ofOneWriter) then giveWay(mine) end
        -- One of them is the epoch.
        if redis.call('ZCARD', '\(RedisNames.calls)') > \(bounds.all)
          and not giveWay('\(RedisNames.unasked)') then return '-1' end
      end
      local lifetime = tonumber(ARGV[3])
      if ARGV[5] ~= '' then tell(text(latest), '0', lifetime < 0 and '0' or '1', ARGV[5]) end
      if lifetime >= 0 then write(KEYS[1], text(latest), 0, lifetime, '0', ARGV[4], ARGV[6]) end
      return text(latest)
      """

  /// Writes a value back that a relay has acknowledged.
  ///
  /// Arguments: its number, age [ms], lifetime [ms], whether it was handed out, the value. Answer: 0 when
  /// there is a later one, else 1.
  static let restore =
    beginning + """
      local there = number(redis.call('HGET', KEYS[1], 'sequence'))
      local mine = number(ARGV[1])
      if there > mine then return 0 end
      advance(mine)
      if there < mine then write(KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5])
      elseif ARGV[4] == '1' then redis.call('HSET', KEYS[1], 'delivered', '1') end
      return 1
      """

  /// Tells an event again that a relay has acknowledged, unless it is there.
  ///
  /// Arguments: its number, age [ms], the least number that the entry may have, whether it settles the
  /// station's value, the event.
  static let retell =
    beginning + """
      local own = ARGV[1] .. '-0'
      local top = top()
      local there = redis.call('XRANGE', '\(RedisNames.events)', own, own)[1]
      -- Two relays may give one number while each has a Redis of its own.
      if there and there[2][8] == ARGV[5] then return 0 end
      advance(math.max(latest + 1, top + 1, number(ARGV[3])))
      tell(ARGV[1], ARGV[2], ARGV[4], ARGV[5])
      return 1
      """

  /// Takes away what no relay has written and none could use, and shows whether Redis takes anything in:
  /// it does not when it is a replica, is full, or has lost its disk or its replicas.
  ///
  /// Answer: the highest number that an event can have now, and the epoch.
  static let mend =
    beginning + """
      top()
      redis.call('XTRIM', '\(RedisNames.events)', 'MAXLEN', \(mostEvents))
      for _, entry in ipairs(redis.call('XRANGE', '\(RedisNames.events)', '-', '+')) do
        local size = 0
        for _, word in ipairs(entry[2]) do size = size + #word end
        if size > \(2 * CallRecord.longest) or number(string.match(entry[1], '^(%d+)-')) == 0 then
          redis.call('XDEL', '\(RedisNames.events)', entry[1])
        end
      end
      redis.call('ZREMRANGEBYSCORE', '\(RedisNames.calls)', '(' .. text(furthest), '+inf')
      advance(latest)
      local epoch = redis.call('ZRANGEBYSCORE', '\(RedisNames.calls)', '-inf', 0)[1] or ''
      if #epoch > 40 or not string.match(epoch, '^%d+%.%d+$') or isOther(epoch) then
        epoch = text(now) .. '.' .. time[2]
        redis.call('ZREMRANGEBYSCORE', '\(RedisNames.calls)', '-inf', 0)
        redis.call('ZADD', '\(RedisNames.calls)', 0, epoch)
      end
      return {text(ceiling), epoch}
      """

  /// How many stations have a call; writes, as ``mend`` does, and for the same reason.
  static let count =
    beginning + """
      advance(latest)
      return redis.call('ZCOUNT', '\(RedisNames.calls)', text(now), '+inf')
      """
}
