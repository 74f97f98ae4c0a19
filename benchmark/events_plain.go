package benchmark

// What journals are full of, read from plain JSON. A key that isn't known here
// makes the lexer give up.

func (b *AnswerGiven) read(l *lexer) {
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "round":
			b.Round = RoundID(l.text())
		case "organisation":
			b.Organisation = OrganisationID(l.text())
		case "indicator":
			b.Indicator = IndicatorID(l.text())
		case "answer":
			b.Answer = answerOf(l.quoted())
		case "figure":
			b.Figure.read(l)
		case "note":
			b.Note = TextID(l.text())
		case "confirmed":
			b.Confirmed = l.truth()
		case "reason":
			b.Reason = TextID(l.text())
		default:
			l.lost = true
		}
	}
}

// answerOf spares a copy of the word that stands in every answer.
func answerOf(word []byte) Answer {
	if string(word) == string(Value) {
		return Value
	}
	return Answer(word)
}

func (f *Figure) read(l *lexer) {
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "numerator":
			f.Numerator = l.number()
		case "denominator":
			f.Denominator = l.number()
		case "value":
			f.Value = l.number()
		case "n":
			f.N = l.number()
		case "sd":
			sd := l.number()
			f.SD = &sd
		default:
			l.lost = true
		}
	}
}

func (b *DutyBegun) read(l *lexer) {
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "key":
			b.Key = l.text()
		case "revision":
			b.Revision = l.count()
		default:
			l.lost = true
		}
	}
}

func (b *DutyDone) read(l *lexer) {
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "key":
			b.Key = l.text()
		case "revision":
			b.Revision = l.count()
		case "post":
			b.Post.read(l)
		case "topic":
			b.Topic = TopicID(l.text())
		case "seat":
			b.Seat = SeatID(l.text())
		default:
			l.lost = true
		}
	}
}

func (p *Post) read(l *lexer) {
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "connection":
			p.Connection = l.text()
		case "channel":
			p.Channel = l.text()
		case "message":
			p.Message = l.text()
		default:
			l.lost = true
		}
	}
}
