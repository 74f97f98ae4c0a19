package benchmark

// BeginDuty is written before a duty is discharged. Beginning what is done
// already, or to pass on what has been taken back meanwhile, follows to nothing.
type BeginDuty struct{ Duty Duty }

func (b BeginDuty) decide(d *decision) error {
	if err := d.bot(); err != nil {
		return err
	}
	if number, is := relayOf(b.Duty.Key); is && !b.Duty.OnlyEdit {
		if c, _, _ := d.n.Contribution(number); c.Withdrawn {
			return nil
		}
	}
	if s := d.n.Discharged(b.Duty.Key); !s.over(b.Duty.Revision) && s.Begun < b.Duty.Revision {
		d.happens(DutyBegun{Key: b.Duty.Key, Revision: b.Duty.Revision})
	}
	return nil
}

// FinishDuty is written after it was discharged, with where the post stands.
type FinishDuty struct {
	Duty Duty
	// Post is not kept for private messages: where those stand says who
	// somebody is.
	Post Post
}

func (f FinishDuty) decide(d *decision) error {
	if err := d.bot(); err != nil {
		return err
	}
	if d.n.Discharged(f.Duty.Key).Done >= f.Duty.Revision {
		return nil
	}
	done := DutyDone{Key: f.Duty.Key, Revision: f.Duty.Revision}
	if f.Duty.Seat != "" {
		done.Post = f.Post
		if s, ok := d.n.Seat(f.Duty.Seat); ok && f.Post != (Post{}) {
			done.Post.Connection, done.Post.Channel = s.Connection, s.Channel // it may have moved meanwhile
		}
	}
	if f.Duty.Kind != RelayDuty {
		done.Topic, done.Seat = f.Duty.Topic, f.Duty.Seat
	}
	d.happens(done)
	return nil
}

// DropDuty gives a duty up: for good when the person or channel is gone, else as it
// is now; when it changes it is owed again.
type DropDuty struct {
	Duty Duty
	// Why in a word: "gone", "refused".
	Why string
}

func (x DropDuty) decide(d *decision) error {
	if err := d.bot(); err != nil {
		return err
	}
	if s := d.n.Discharged(x.Duty.Key); !s.over(x.Duty.Revision) {
		d.happens(DutyDropped{Key: x.Duty.Key, Revision: x.Duty.Revision, Why: x.Why})
	}
	return nil
}
