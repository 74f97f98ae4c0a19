package playground

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrDamaged is returned by [Open] for a file that is no chat's, that another
// version wrote, or that was damaged elsewhere than at its end.
var ErrDamaged = errors.New("playground: not a whole chat's file")

// The file is text. Its first line is fileHeader and the chat's name. Every
// other line holds the changes that were made together: the CRC-32C of the
// JSON in hexadecimal, a space, the JSON. Pictures are in the JSON as base64.
const fileHeader = "roundtable-playground-1 "

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Open returns the chat that is kept in a file, which only its owner can read;
// without a file, an empty chat. Changes are on disk before the call that makes
// them returns. A process may die at any moment: what it had not finished
// writing is dropped by the next Open, all else is there. While a chat is open
// another Open of the file fails, where the system can lock files.
func Open(path string, clock func() time.Time, options ...Option) (*Chat, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("playground: %w", err)
	}
	c, err := loadFile(file, New(clock, options...))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("playground: open %s: %w", path, err), file.Close())
	}
	return c, nil
}

func loadFile(file *os.File, c *Chat) (*Chat, error) {
	if err := lock(file); err != nil {
		return nil, err
	}
	if err := file.Chmod(0o600); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	r, err := parseFile(data)
	if err != nil {
		return nil, err
	}
	store := &fileStore{path: file.Name(), file: file, size: int64(r.wholeBytes)}
	if r.wholeBytes < len(data) {
		if err := file.Truncate(store.size); err != nil {
			return nil, err
		}
	}
	if r.name == "" {
		if err := store.begin(c.idPrefix); err != nil {
			return nil, err
		}
	} else {
		c.idPrefix = r.name
	}
	c.store, c.state, c.log = store, r.state, r.log
	if some, _ := forgets(r.log); some { // a process may have died before it could
		c.forget()
	}
	return c, nil
}

// fileContent is what a file says.
type fileContent struct {
	name       string // empty: the file has no whole first line
	state      *state
	log        []Change
	wholeBytes int // how many bytes are whole lines
}

// parseFile reads a file. A last line that is not whole is left out; a mistake
// anywhere else is ErrDamaged.
func parseFile(data []byte) (fileContent, error) {
	r := fileContent{state: newState()}
	first, rest, whole := bytes.Cut(data, []byte("\n"))
	name, known := strings.CutPrefix(string(first), fileHeader)
	isName := strings.Trim(name, "-0123456789abcdefghijklmnopqrstuvwxyz") == ""
	switch {
	case !whole && (strings.HasPrefix(fileHeader, string(first)) || known && isName):
		return r, nil // died while it made the file
	case !whole || !known || !isName || name == "":
		return r, fmt.Errorf("its first line does not begin with %q: %w", fileHeader, ErrDamaged)
	}
	r.name, r.wholeBytes = name, len(first)+1
	for n := 2; len(rest) > 0; n++ {
		var text []byte
		text, rest, whole = bytes.Cut(rest, []byte("\n"))
		body, ok := verifyChecksum(text)
		if !whole || !ok && len(rest) == 0 {
			return r, nil // died while it wrote the line
		}
		if !ok {
			return r, fmt.Errorf("line %d: the checksum is wrong: %w", n, ErrDamaged)
		}
		var changes []Change
		if err := json.Unmarshal(body, &changes); err != nil {
			return r, fmt.Errorf("line %d: %w: %w", n, err, ErrDamaged)
		}
		for _, c := range changes {
			if err := r.state.apply(c); err != nil {
				return r, fmt.Errorf("line %d: %w: %w", n, err, ErrDamaged)
			}
		}
		r.log = append(r.log, changes...)
		r.wholeBytes += len(text) + 1
	}
	return r, nil
}

// verifyChecksum takes the checksum off a line.
func verifyChecksum(text []byte) (body []byte, ok bool) {
	var sum [crc32.Size]byte
	const digits = 2 * crc32.Size
	if len(text) <= digits || text[digits] != ' ' {
		return nil, false
	}
	if _, err := hex.Decode(sum[:], text[:digits]); err != nil {
		return nil, false
	}
	body = text[digits+1:]
	want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
	return body, crc32.Checksum(body, castagnoli) == want
}

// fileStore appends to a file. Only one goroutine at a time uses it.
type fileStore struct {
	path   string
	file   *os.File
	size   int64
	broken error
}

// begin writes the first line of a new file, and its name to the folder.
func (f *fileStore) begin(name string) error {
	if err := f.write([]byte(fileHeader + name + "\n")); err != nil {
		return err
	}
	return syncFolderOf(f.path)
}

// syncFolderOf makes the name of a file durable.
func syncFolderOf(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func (f *fileStore) append(changes []Change) error {
	line, err := recordOf(changes)
	if err != nil {
		return err
	}
	return f.write(line)
}

// recordOf returns changes that were made together as a line of the file.
func recordOf(changes []Change) ([]byte, error) {
	body, err := json.Marshal(changes)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum(body, castagnoli), body), nil
}

// write appends and waits for the disk. After an error nobody knows what is on
// the disk, so nothing is written any more; a new Open finds out.
func (f *fileStore) write(data []byte) error {
	if f.broken != nil {
		return fmt.Errorf("the file has to be opened again after: %w", f.broken)
	}
	_, err := f.file.WriteAt(data, f.size)
	if err == nil {
		err = f.file.Sync()
	}
	if err != nil {
		f.broken = err
		return err
	}
	f.size += int64(len(data))
	return nil
}

func (f *fileStore) close() error { return f.file.Close() }
