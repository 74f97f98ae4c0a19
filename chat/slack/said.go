package slack

import "roundtable/chat"

// message takes an event "message" of any subtype.
func (s *shift) message(e incomingEvent) {
	switch e.Subtype {
	case "", "thread_broadcast", "file_share", "me_message":
		s.written(e)
	case "message_changed":
		s.changed(e)
	case "message_deleted":
		s.deleted(e)
	}
}

// byPerson says whether a person wrote the message, and not this bot, another or
// Slack.
func (e *event) byPerson(me identity) bool {
	return e != nil && e.BotID == "" && e.User != "" && e.User != me.user && e.User != "USLACKBOT"
}

// written takes a new message: in a direct conversation it is a command, in a
// thread a contribution, elsewhere nothing to the bot.
func (s *shift) written(e incomingEvent) {
	if !e.byPerson(e.me) || e.Text == "" {
		return
	}
	if isDirect(e.Channel) {
		w := place{channel: e.Channel, thread: e.threadOf(), direct: true, user: s.p.person(s.ctx, e.User, e.team()), root: e.TS}
		text := e.Text
		if command, is := addressed(text, e.me.user); is {
			text = command
		}
		s.typed(w, "e/"+e.id, plain(text, s.p.people.nameOf(s.ctx)), e.ack)
		return
	}
	if _, is := addressed(e.Text, e.me.user); is || e.threadOf() == "" {
		return // a mention comes as app_mention too
	}
	s.inOrder(e, e.Channel, func() {
		s.inThread(e, &e.event, chat.Said{Text: plain(e.Text, s.p.people.nameOf(s.ctx)), Post: s.p.post(e.Channel, e.TS)})
	})
}

// inThread hands over what became of a reply in a thread.
func (s *shift) inThread(e incomingEvent, of *event, what chat.What) {
	in := chat.Incoming{ID: e.idOf(of, what), Channel: s.p.channel(e.Channel), Thread: s.p.post(e.Channel, of.threadOf()), What: what}
	w := place{channel: e.Channel, thread: of.threadOf()}
	_, gone := what.(chat.Deleted)
	s.p.note(e.Channel, of, gone)
	if !gone {
		w.user = s.p.person(s.ctx, of.User, of.team())
		in.From = s.p.from(w.user)
	}
	if e.quiet {
		s.handled(in, e.ack)
		return
	}
	s.answerAside(w, in, e.ack)
}

// idOf is the same whether an event tells of it or the channel's history does.
func (e *incomingEvent) idOf(of *event, what chat.What) string {
	id := "m/" + e.Channel + "/" + of.TS
	switch what.(type) {
	case chat.Said:
		return id
	case chat.Deleted:
		return id + "/deleted"
	}
	if of.Edited == nil || of.Edited.TS == "" {
		return "e/" + e.id
	}
	return id + "/" + of.Edited.TS
}

// changed takes a message that was rewritten. Slack says so too when it unfolds
// a link, when a thread grows, and of the bot's own edits.
func (s *shift) changed(e incomingEvent) {
	now, was := e.Message, e.Previous
	if was == nil && now != nil && now.Edited != nil {
		was = &event{} // the writer did change it, who knows from what
	}
	switch {
	case now == nil || isDirect(e.Channel):
	case now.Subtype == "tombstone": // a root that was deleted, with replies
		s.gone(e, now)
	case was == nil, was.Text == now.Text && e.Previous != nil, !now.byPerson(e.me), now.threadOf() == "":
	default:
		if _, command := addressed(first(was.Text, now.Text), e.me.user); command {
			return
		}
		s.inOrder(e, e.Channel, func() {
			s.inThread(e, now, chat.Rewrote{Text: plain(now.Text, s.p.people.nameOf(s.ctx)), Post: s.p.post(e.Channel, now.TS)})
		})
	}
}

// deleted takes a message that is gone: a contribution, or a post of the bot's.
// Where Slack does not tell what it was, it may have been one.
func (s *shift) deleted(e incomingEvent) {
	was := e.Previous
	if was == nil {
		was = &event{}
	}
	if was.TS == "" {
		was.TS = e.DeletedTS
	}
	own := was.User == e.me.user || was.BotID != "" && was.BotID == e.me.bot
	if was.TS != "" && !isDirect(e.Channel) && (e.Previous == nil || own || was.threadOf() != "") {
		s.gone(e, was)
	}
}

func (s *shift) gone(e incomingEvent, was *event) {
	s.p.threads.forget(e.Channel + " " + was.TS)
	s.inOrder(e, e.Channel, func() { s.inThread(e, was, chat.Deleted{Post: s.p.post(e.Channel, was.TS)}) })
}
