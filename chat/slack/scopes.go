package slack

// Features are what an app can go without.
type Features struct {
	// Threads: what is said in threads is heard, so that threads can be joined and
	// contributions kept.
	Threads bool
	// Reactions are seen, so that messages can be kept with one.
	Reactions bool
	// Home: everybody has a page of their own.
	Home bool
}

// AllFeatures has everything on.
var AllFeatures = Features{Threads: true, Reactions: true, Home: true}

// scope is a permission that the app asks for, and what goes wrong without it.
type scope struct {
	name    string
	without string
	needed  func(Features) bool
}

func always(Features) bool { return true }

// scopes are what the bot's token needs, in the order of Slack's page
// docs.slack.dev/reference/scopes.
var scopes = []scope{
	{"app_mentions:read", "people can't give commands by naming the bot, which is the only way for those of other workspaces and in threads", always},
	{"channels:history", "what is said in threads of public channels is not heard, nor looked up after the bot was away, and after a crash posts there can't be found again and wait", always},
	{"channels:read", "the bot can't see which public channels it is in, nor that one has changed its id", always},
	{"chat:write", "the bot can't say anything", always},
	{"commands", "the slash command does not work", always},
	{"files:write", "posts with pictures or files can't be sent", always},
	{"groups:history", "the same as channels:history, for private channels", always},
	{"groups:read", "the same as channels:read, for private channels", always},
	{"im:history", "commands in a direct message are not heard, and after a crash nudges can't be found again and wait", always},
	{"im:write", "direct conversations can't be opened to look for what was sent", always},
	{"reactions:read", "messages can't be kept by putting an emoji on them", func(f Features) bool { return f.Reactions }},
	{"users:read", "the bot does not know people's names, languages, time zones, or who administers the workspace", always},
}

// subscription is an event that the app asks for.
type subscription struct {
	name   string
	needed func(Features) bool
}

// subscriptions are Slack's events (docs.slack.dev/reference/events) that the
// bot does something about.
var subscriptions = []subscription{
	{"app_home_opened", func(f Features) bool { return f.Home }},
	{"app_mention", always},
	{"app_uninstalled", always},
	{"channel_id_changed", always},
	{"message.channels", func(f Features) bool { return f.Threads }},
	{"message.groups", func(f Features) bool { return f.Threads }},
	{"message.im", always},
	{"reaction_added", func(f Features) bool { return f.Reactions }},
	{"reaction_removed", func(f Features) bool { return f.Reactions }},
	{"tokens_revoked", always},
}
