package commands

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
)

// privacyFile is everything that is kept about a person: JSON, as it can be read by
// people and by programs, and starts nothing when it is opened.
type privacyFile struct {
	About    string           `json:"about"`
	ReadMe   []string         `json:"read_me"`
	Made     time.Time        `json:"made"`
	Networks []privacyNetwork `json:"networks"`
}

// privacyNetwork is what one network keeps: first as people read it, then event by
// event as the journal holds it.
type privacyNetwork struct {
	Network  string            `json:"network"`
	You      []string          `json:"you"`
	Wrote    []wroteEntry      `json:"you_wrote"`
	Answered []json.RawMessage `json:"you_answered_for_your_organisation"`
	Guessed  []json.RawMessage `json:"you_guessed_for_your_organisation"`
	Log      []benchmark.Trace `json:"log"`
}

// wroteEntry is one text. As says what it is: "remark", "note" ...
type wroteEntry struct {
	At   time.Time `json:"at"`
	As   string    `json:"as"`
	Text string    `json:"text"`
}

// givePrivacyFile gives somebody all that every network keeps about them, in a file
// that they alone get.
func givePrivacyFile(ctx context.Context, r *request) chat.Reply {
	tables, damaged, err := r.knowingTables(ctx)
	if err != nil {
		return r.failed(err)
	}
	file := privacyFile{About: r.t("privacy-file.about"), Made: r.now().UTC()}
	coded := false
	for _, t := range tables {
		switch kept, err := r.privacyIn(ctx, t); {
		case errors.Is(err, bot.ErrStoreDamaged):
			damaged++
		case err != nil:
			return r.failed(err)
		case len(kept.Log) > 0:
			file.Networks = append(file.Networks, kept)
			t.Read(func(n *benchmark.Network) { coded = coded || hasCoded(n) })
		}
	}
	for line := range 5 {
		id := "privacy-file." + strconv.Itoa(line+1)
		if line == 3 && coded {
			id += "-coded"
		}
		file.ReadMe = append(file.ReadMe, r.t(id))
	}
	var missing []chat.Block
	if damaged > 0 {
		text := r.t("privacy.damaged", "Count", damaged)
		file.ReadMe = append(file.ReadMe, text)
		missing = append(missing, chat.Paragraph{Text: text})
	}
	if len(file.Networks) == 0 {
		if damaged > 0 {
			return r.failed(bot.ErrStoreDamaged)
		}
		return r.say(r.t("privacy.nothing-anywhere"))
	}
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(file); err != nil {
		return r.failed(err)
	}
	text := r.t("privacy.given", "Count", len(file.Networks))
	return chat.Reply{Message: &chat.Message{Text: text, Blocks: append([]chat.Block{
		chat.Paragraph{Text: text},
		chat.File{Name: "roundtable-" + string(dateOf(r.now().In(r.zone))) + ".json", MediaType: "application/json", Data: data.Bytes()},
	}, missing...)}}
}

// hasCoded says whether organisations stand under letters, or did in a round.
func hasCoded(n *benchmark.Network) bool {
	return n.Settings.Visibility == benchmark.Coded ||
		slices.ContainsFunc(n.Rounds, func(r *benchmark.Round) bool { return r.Visibility == benchmark.Coded })
}

// knowingTables are the networks that keep anything about who asks: those that the index
// finds, and that where they ask, whose index may be from before people who left were
// in it.
func (r *request) knowingTables(ctx context.Context) (all []*bot.Table, damaged int, err error) {
	tables, damaged, err := r.c.tables.Knowing(ctx, r.in.From.ID)
	if err != nil || r.table == nil {
		return tables, damaged, err
	}
	here := []*bot.Table{r.table}
	for _, t := range tables {
		if t.ID() != r.table.ID() {
			here = append(here, t)
		}
	}
	return here, damaged, nil
}

// privacyIn is what one network keeps about who asks.
func (r *request) privacyIn(ctx context.Context, t *bot.Table) (kept privacyNetwork, err error) {
	at := *r
	at.setTable(ctx, t)
	if kept.Log, err = t.Traces(ctx, r.in.From.ID); err != nil {
		return kept, err
	}
	t.Read(func(n *benchmark.Network) {
		kept.Network = oneLine(n.Name)
		for _, id := range n.Known(r.address()) {
			p, _ := n.Participant(id)
			kept.You = append(kept.You, at.personKept(n, p)...)
		}
	})
	for _, x := range kept.Log {
		switch {
		case x.As != "":
			var written struct {
				Body string `json:"body"`
			}
			if err := json.Unmarshal(x.Content, &written); err != nil {
				return kept, fmt.Errorf("read text %d: %w", x.Number, err)
			}
			kept.Wrote = append(kept.Wrote, wroteEntry{At: x.At, As: x.As, Text: written.Body})
		case x.Kind == "answer.given" && x.Mine && !x.Others:
			kept.Answered = append(kept.Answered, x.Content)
		case x.Kind == "prediction.made" && x.Mine:
			kept.Guessed = append(kept.Guessed, x.Content)
		}
	}
	return kept, nil
}
