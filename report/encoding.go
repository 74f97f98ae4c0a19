package report

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// toUTF8 returns a file's text in UTF-8, without the mark that it may begin with. It is
// read as UTF-16 where its mark says so, as Excel writes "Unicode text", and as
// Windows-1252 where it can be that and no UTF-8, as Excel writes "CSV" on a Swedish
// Windows. What can be neither is returned as it is. readable is false for UTF-16 without a mark
// or cut within a letter.
func toUTF8(data []byte) (text []byte, readable bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian)
	case bytes.IndexByte(data[:min(len(data), sniffBytes)], 0) >= 0:
		return nil, false
	case !utf8.Valid(data):
		return fromWindows(data), true
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), true
}

// fromUTF16 reads UTF-16 in the order of bytes.
func fromUTF16(data []byte, order binary.ByteOrder) (text []byte, readable bool) {
	if len(data)%2 != 0 {
		return nil, false
	}
	text = make([]byte, 0, len(data))
	for k := 0; k < len(data); k += 2 {
		r := rune(order.Uint16(data[k:]))
		if utf16.IsSurrogate(r) && k+2 < len(data) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data[k+2:]))); pair != utf8.RuneError {
				r, k = pair, k+2
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return text, true
}

// windowsMarks are the signs of Windows-1252 that Latin 1 hasn't and that a table of
// figures may have: quotation marks and dashes. Its other bytes from 0x80 to 0x9F are
// rather letters of an old Mac's.
var windowsMarks = map[byte]rune{0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x96: '–', 0x97: '—'}

// fromWindows reads Windows-1252, or returns the data as it is where it is none: also
// where a part of it is UTF-8, as in a file that was put together of two.
func fromWindows(data []byte) []byte {
	for k := 0; k < len(data); {
		r, n := utf8.DecodeRune(data[k:])
		if r != utf8.RuneError && n > 1 {
			return data
		}
		k += n
	}
	text := make([]byte, 0, len(data)+len(data)/8)
	for _, b := range data {
		mark, is := windowsMarks[b]
		switch {
		case is:
			text = utf8.AppendRune(text, mark)
		case b >= 0x80 && b < 0xa0:
			return data
		default:
			text = utf8.AppendRune(text, rune(b)) // as in Latin 1, whose numbers are Unicode's
		}
	}
	return text
}
