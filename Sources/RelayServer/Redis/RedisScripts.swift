/// What Redis does in one piece, so that relays which report at once do not mix (EVAL; Redis 5 or later).
///
/// What a report does to a station's value is decided by ``StationFold`` and not here: a script writes the
/// outcome only when the value is still the one that was folded onto. All times are Redis's own, so that the
/// clocks of the relays need not agree.
enum RedisScripts {
  /// How many stations may have a call at once.
  static let mostCalls = 50_000
  /// How many events are kept for relays and windows that come back.
  static let mostEvents = 4_096

  /// The latest number and the time [ms] are what every script begins with.
  private static let beginning = """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local latest = tonumber(redis.call('GET', '\(RedisNames.sequence)') or 0)
    local function text(number) return string.format('%.0f', number) end
    local function advance(number)
      latest = math.max(latest, number)
      redis.call('SET', '\(RedisNames.sequence)', text(latest))
    end
    local function tell(sequence, age, settles, event)
      redis.call('XADD', '\(RedisNames.events)', 'MAXLEN', '~', \(mostEvents), text(latest) .. '-0',
        'sequence', sequence, 'age', age, 'settles', settles, 'event', event)
      redis.call('PEXPIRE', '\(RedisNames.events)', \(RelayedCall.longestLifetime))
    end
    local function write(name, sequence, age, lifetime, delivered, call)
      -- As long as an earlier value may come back from a relay, the number must be there to refuse it.
      local left = math.max(redis.call('PTTL', name), lifetime - age, \(RelayedCall.shortestLifetime))
      redis.call('HSET', name, 'sequence', sequence, 'at', text(now - age), 'delivered', delivered,
        'call', call)
      redis.call('PEXPIRE', name, left)
      if call ~= '' then redis.call('ZADD', '\(RedisNames.calls)', text(now - age + lifetime), name)
      else redis.call('ZREM', '\(RedisNames.calls)', name) end
    end

    """

  /// What is there of a station.
  ///
  /// Arguments: `1` when the value is handed out for good. Answer: number (0: nothing), age [ms], whether it
  /// was handed out before, the call (empty: none).
  static let read =
    beginning + """
      local value = redis.call('HMGET', KEYS[1], 'sequence', 'at', 'delivered', 'call')
      if not value[1] then return {'0', '0', '0', ''} end
      if ARGV[1] == '1' and (value[4] or '') ~= '' then redis.call('HSET', KEYS[1], 'delivered', '1') end
      return {value[1], text(math.max(0, now - value[2])), value[3] or '0', value[4] or ''}
      """

  /// Writes what a report has made of a value.
  ///
  /// Arguments: the number of the value that was folded onto; the least number that the report may have; the
  /// lifetime of the new value [ms], negative when the old one stays; the new value, empty when there is
  /// none; the event, empty when there is none. Answer: the report's number, 0 when the value is another one
  /// by now, -1 when there are too many calls.
  static let take =
    beginning + """
      if (redis.call('HGET', KEYS[1], 'sequence') or '0') ~= ARGV[1] then return '0' end
      redis.call('ZREMRANGEBYSCORE', '\(RedisNames.calls)', '-inf', text(now))
      if ARGV[4] ~= '' and redis.call('ZCARD', '\(RedisNames.calls)') >= \(mostCalls)
        and not redis.call('ZSCORE', '\(RedisNames.calls)', KEYS[1]) then return '-1' end
      advance(math.max(latest + 1, tonumber(ARGV[2])))
      local lifetime = tonumber(ARGV[3])
      if ARGV[5] ~= '' then tell(text(latest), '0', lifetime < 0 and '0' or '1', ARGV[5]) end
      if lifetime >= 0 then write(KEYS[1], text(latest), 0, lifetime, '0', ARGV[4]) end
      return text(latest)
      """

  /// Writes a value back that a relay has acknowledged.
  ///
  /// Arguments: its number, age [ms], lifetime [ms], whether it was handed out, the value. Answer: 0 when
  /// there is a later one, else 1.
  static let restore =
    beginning + """
      local there = tonumber(redis.call('HGET', KEYS[1], 'sequence') or 0)
      local mine = tonumber(ARGV[1])
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
      if #redis.call('XRANGE', '\(RedisNames.events)', own, own) > 0 then return 0 end
      advance(math.max(latest + 1, tonumber(ARGV[3])))
      tell(ARGV[1], ARGV[2], ARGV[4], ARGV[5])
      return 1
      """

  /// How many stations have a call.
  static let count =
    beginning + "return redis.call('ZCOUNT', '\(RedisNames.calls)', text(now), '+inf')"
}
