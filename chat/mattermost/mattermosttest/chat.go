package mattermosttest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/platformtest"
)

// Type implements platformtest.Chat.
func (t *Team) Type(ctx context.Context, who chat.PersonID, in chat.ChannelID, text string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	t.mu.Lock()
	command := t.trigger
	t.mu.Unlock()
	if command == "" {
		return errors.New("the team has no command: make one with Command")
	}
	if text != "" {
		command += " " + text
	}
	if err := p.awaitConnected(ctx); err != nil {
		return err
	}
	answer, _, err := p.client.ExecuteCommandWithTeam(ctx, in.Channel, t.ID, command)
	if err != nil {
		return fmt.Errorf("execute the command: %w", err)
	}
	p.acted(in.Channel, answer.TriggerId)
	return nil
}

// Tell implements platformtest.Chat.
func (t *Team) Tell(ctx context.Context, who chat.PersonID, text string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	channel, err := p.conversation(ctx)
	if err != nil {
		return err
	}
	_, err = p.write(ctx, &model.Post{ChannelId: channel, Message: text})
	return err
}

// Say implements platformtest.Chat.
func (t *Team) Say(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) error {
	_, err := t.Write(ctx, who, in, root, text)
	return err
}

// Write is Say, and returns the message.
func (t *Team) Write(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) (chat.PostID, error) {
	p, err := t.person(who)
	if err != nil {
		return chat.PostID{}, err
	}
	post, err := p.write(ctx, &model.Post{ChannelId: in.Channel, RootId: root.Message, Message: text})
	if err != nil {
		return chat.PostID{}, err
	}
	return t.id(post), nil
}

func (p *Person) write(ctx context.Context, post *model.Post) (*model.Post, error) {
	post, _, err := p.client.CreatePost(ctx, post)
	if err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return post, nil
}

// Rewrite changes a message of the person's own.
func (t *Team) Rewrite(ctx context.Context, who chat.PersonID, post chat.PostID, text string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	p.oneAtATime.Lock()
	defer p.oneAtATime.Unlock()
	_, _, err = p.client.PatchPost(ctx, post.Message, &model.PostPatch{Message: &text})
	return err
}

// Delete takes a message of the person's own away.
func (t *Team) Delete(ctx context.Context, who chat.PersonID, post chat.PostID) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	p.oneAtATime.Lock()
	defer p.oneAtATime.Unlock()
	_, err = p.client.DeletePost(ctx, post.Message)
	return err
}

// Press implements platformtest.Chat.
func (t *Team) Press(ctx context.Context, who chat.PersonID, on chat.PostID, label string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	post := p.shown(on.Message)
	if post == nil {
		if post, _, err = p.client.GetPost(ctx, on.Message, ""); err != nil {
			return fmt.Errorf("look at the post: %w", err)
		}
	}
	var labels []string
	for _, a := range post.Attachments() {
		for _, b := range a.Actions {
			if unescape(b.Name) == label {
				return p.press(ctx, post, b)
			}
			labels = append(labels, b.Name)
		}
	}
	return fmt.Errorf("the post has no button %q but %q", label, labels)
}

func (p *Person) press(ctx context.Context, post *model.Post, b *model.PostAction) error {
	if err := p.awaitConnected(ctx); err != nil {
		return err
	}
	r, err := p.client.DoAPIPostJSON(ctx, "/posts/"+post.Id+"/actions/"+b.Id, model.DoPostActionRequest{Cookie: b.Cookie})
	if err != nil {
		return fmt.Errorf("press: %w", err)
	}
	defer func() { _ = r.Body.Close() }()
	var answer model.PostActionAPIResponse
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		return fmt.Errorf("press: %w", err)
	}
	p.acted(post.ChannelId, answer.TriggerId)
	return nil
}

// React implements platformtest.Chat.
func (t *Team) React(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	_, _, err = p.client.SaveReaction(ctx, &model.Reaction{UserId: who.User, PostId: post.Message, EmojiName: emoji})
	return err
}

// Unreact takes an emoji of the person's own away again.
func (t *Team) Unreact(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	_, err = p.client.DeleteReaction(ctx, &model.Reaction{UserId: who.User, PostId: post.Message, EmojiName: emoji})
	return err
}

// Posts implements platformtest.Chat.
func (t *Team) Posts(ctx context.Context, in chat.ChannelID, root chat.PostID) ([]platformtest.Shown, error) {
	all, err := t.posts(ctx, t.server.admin, in.Channel)
	if err != nil {
		return nil, err
	}
	return t.shown(slices.DeleteFunc(all, func(p *model.Post) bool { return p.RootId != root.Message })), nil
}

// posts are all posts in a channel, oldest first, but for what the server says by
// itself ("anna was added to the channel by bo").
func (t *Team) posts(ctx context.Context, c *model.Client4, channel string) ([]*model.Post, error) {
	const page = 200
	var all []*model.Post
	for n := 0; ; n++ {
		list, _, err := c.GetPostsForChannel(ctx, channel, n, page, "", false, false)
		if err != nil {
			return nil, fmt.Errorf("read a channel: %w", err)
		}
		for _, id := range list.Order {
			if p := list.Posts[id]; !p.IsSystemMessage() {
				all = append(all, p)
			}
		}
		if len(list.Order) < page {
			slices.Reverse(all)
			return all, nil
		}
	}
}

// Props by which the bot marks direct messages that say what the server doesn't
// let it show otherwise: answers for one person, and buttons that open forms.
const propAnswer, propForm = "roundtable_to", "roundtable_form"

// Direct implements platformtest.Chat. Answers that the bot could not give where
// the person was are among what Private returns.
func (t *Team) Direct(ctx context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	p, err := t.person(who)
	if err != nil {
		return nil, err
	}
	all, err := p.direct(ctx)
	if err != nil {
		return nil, err
	}
	return t.shown(slices.DeleteFunc(all, func(post *model.Post) bool {
		return post.GetProp(propAnswer) != nil || post.GetProp(propForm) != nil
	})), nil
}

// Ephemeral is what only this person sees where they are, without what stands in
// for it in direct messages. It asks nobody.
func (p *Person) Ephemeral() []platformtest.Shown {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.team.shown(p.private)
}

// Private implements platformtest.Chat.
func (t *Team) Private(ctx context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	p, err := t.person(who)
	if err != nil {
		return nil, err
	}
	direct, err := p.direct(ctx)
	if err != nil {
		return nil, err
	}
	direct = slices.DeleteFunc(direct, func(post *model.Post) bool { return post.GetProp(propAnswer) == nil })
	p.mu.Lock()
	all := slices.Concat(p.private, direct)
	p.mu.Unlock()
	all = slices.DeleteFunc(all, func(post *model.Post) bool { return post.GetProp(propForm) != nil })
	slices.SortStableFunc(all, func(a, b *model.Post) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	return t.shown(all), nil
}

// direct are the posts in the person's direct conversation with the bot. Looking
// does not begin one: the server, asked by two at once, may tell the bot that it
// isn't in it yet.
func (p *Person) direct(ctx context.Context) ([]*model.Post, error) {
	p.mu.Lock()
	with := p.botChannel
	p.mu.Unlock()
	if with == "" {
		all, _, err := p.client.GetChannelsForTeamForUser(ctx, p.team.ID, p.ID.User, false, "")
		if err != nil {
			return nil, fmt.Errorf("look for a conversation: %w", err)
		}
		name := model.GetDMNameFromIds(p.ID.User, p.team.BotUser)
		i := slices.IndexFunc(all, func(c *model.Channel) bool { return c.Name == name })
		if i < 0 {
			return nil, nil
		}
		with = all[i].Id
	}
	posts, err := p.team.posts(ctx, p.client, with)
	if app, ok := errors.AsType[*model.AppError](err); ok && app.StatusCode == http.StatusForbidden {
		return nil, nil // it is only just being made: they see it in a moment
	}
	if err == nil {
		p.setConversation(with)
	}
	return posts, err
}

// conversation is the channel of the person's direct conversation with the bot; it
// begins one.
func (p *Person) conversation(ctx context.Context) (string, error) {
	c, _, err := p.client.CreateDirectChannel(ctx, p.ID.User, p.team.BotUser)
	if err != nil {
		return "", fmt.Errorf("talk to the bot: %w", err)
	}
	p.setConversation(c.Id)
	return c.Id, nil
}

func (p *Person) setConversation(channel string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.botChannel = channel
}

// id names a post as the bot does.
func (t *Team) id(p *model.Post) chat.PostID {
	return chat.PostID{Connection: t.Connection, Channel: p.ChannelId, Message: p.Id}
}

func (t *Team) shown(posts []*model.Post) []platformtest.Shown {
	var out []platformtest.Shown
	for _, p := range posts {
		out = append(out, platformtest.Shown{ID: t.id(p), Text: visibleText(p)})
	}
	return out
}

// visibleText is all that can be read in a post, a line each: its message, its
// attachments from top to bottom with the labels of their buttons, the names of
// its files.
func visibleText(p *model.Post) string {
	var lines []string
	add := func(texts ...string) {
		for _, s := range texts {
			if s = strings.TrimSpace(unescape(s)); s != "" {
				lines = append(lines, s)
			}
		}
	}
	add(p.Message)
	for _, a := range p.Attachments() {
		add(a.Pretext, a.AuthorName, a.Title, a.Text)
		for _, f := range a.Fields {
			add(f.Title, fmt.Sprint(f.Value))
		}
		add(a.Footer)
		for _, b := range a.Actions {
			add(b.Name)
		}
	}
	if p.Metadata != nil {
		for _, f := range p.Metadata.Files {
			add(f.Name)
		}
	}
	return strings.Join(lines, "\n")
}

// escapeSequence is a character that Markdown is told to leave alone.
var escapeSequence = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// unescape takes escapes and characters without width out of a text in Markdown.
// Other markup stays.
func unescape(markdown string) string {
	return html.UnescapeString(escapeSequence.ReplaceAllString(strings.ReplaceAll(markdown, "\u200b", ""), "$1"))
}
