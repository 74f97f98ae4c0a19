-- Writes a batch and its mark, or nothing.
--
-- KEYS  log, data, erased, state, addresses, proofs
-- ARGV  1 after, 2 batch (a random name), 3 fence ('' without a mark),
--       4 due in ms ('' for none), 5 number of addresses ('' leaves them),
--       6 number of entries; then the addresses; then for each entry
--       seq, at, kind, version, what ('data', 'none' or 'erased'), content, proof
--
-- Numbers are compared as text, as Lua's are only exact to 2^53.
-- Answers {'written', last, addresses taken out ...}, {'moved', last} or
-- {'fence'}. Nothing is written before all has been compared, and the first
-- write is the one that Redis refuses when it has no room.
local log, data, erased, state, addresses, proofs = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local named, entries = tonumber(ARGV[5]), tonumber(ARGV[6])
local first = 7 + (named or 0)

local last = redis.call('HGET', state, 'last') or '0'
if last ~= ARGV[1] then
	-- This very batch may be there: the client sends it anew when the
	-- connection broke before the answer.
	if entries > 0 then
		local there = redis.call('XRANGE', log, ARGV[first] .. '-0', ARGV[first] .. '-0')
		if there[1] then
			local fields = there[1][2]
			for i = 1, #fields, 2 do
				if fields[i] == 'batch' and fields[i + 1] == ARGV[2] then
					return {'written', ARGV[first + (entries - 1) * 7]}
				end
			end
		end
	end
	return {'moved', last}
end
if ARGV[3] ~= '' and (redis.call('HGET', state, 'fence') or '0') ~= ARGV[3] then
	return {'fence'}
end

for i = 1, entries do
	local at = first + (i - 1) * 7
	local seq, what, content = ARGV[at], ARGV[at + 4], ARGV[at + 5]
	local add = {'XADD', log, seq .. '-0', 'at', ARGV[at + 1], 'kind', ARGV[at + 2], 'version', ARGV[at + 3]}
	if what == 'data' then
		add[#add + 1] = 'bytes'
		add[#add + 1] = tostring(#content)
	end
	if i == 1 then
		add[#add + 1] = 'batch'
		add[#add + 1] = ARGV[2]
	end
	redis.call(unpack(add))
	redis.call('HSET', proofs, seq, ARGV[at + 6])
	if what == 'data' then
		redis.call('HSET', data, seq, content)
	elseif what == 'erased' then
		redis.call('SADD', erased, seq)
	end
	last = seq
end
if entries > 0 then
	redis.call('HSET', state, 'last', last)
end

local answer = {'written', last}
if ARGV[3] ~= '' then
	redis.call('HINCRBY', state, 'fence', 1)
	if ARGV[4] == '' then
		redis.call('HDEL', state, 'due')
	else
		redis.call('HSET', state, 'due', ARGV[4])
	end
	if named then
		local had, wanted = redis.call('SMEMBERS', addresses), {}
		for i = 7, 6 + named do
			wanted[ARGV[i]] = true
			redis.call('SADD', addresses, ARGV[i])
		end
		for _, a in ipairs(had) do
			if not wanted[a] then
				redis.call('SREM', addresses, a)
				answer[#answer + 1] = a
			end
		end
	end
end
return answer
