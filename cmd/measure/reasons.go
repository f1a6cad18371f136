package main

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

var (
	refusal  = regexp.MustCompile(`LFREF`)
	codeText = regexp.MustCompile(`\b([A-Z]{2}\d{4})\b`)
)

// isStub reports whether a routine's text is the stub of a refused one.
func isStub(src string) bool { return refusal.MatchString(src) }

func stubCode(src string) string {
	if m := codeText.FindString(src); m != "" {
		return m
	}
	return "no code"
}

// Reason is why items of a kind are not there, with an example.
type Reason struct {
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Count   int    `json:"count"`
	Example string `json:"example"` // place in the input, name
	Detail  string `json:"detail,omitempty"`
}

var (
	quoted  = regexp.MustCompile(`"[^"]*"`)
	numbers = regexp.MustCompile(`\b\d+\b`)
	at      = regexp.MustCompile(` \[line \d+\]$| at character \d+$`)
)

// unknownForm is the part of our own message that names a kind of thing, without the text of the thing.
var unknownForm = regexp.MustCompile(`^no PostgreSQL form is known for (the function \S+|the \S+ \S+|\S+)`)

// general takes names and numbers out of a message, so that like errors add up.
func general(msg string) string {
	msg = at.ReplaceAllString(msg, "")
	if m := unknownForm.FindString(msg); m != "" {
		return m
	}
	if strings.HasPrefix(msg, "syntax error") {
		return msg // the word it stopped at tells most
	}
	msg = quoted.ReplaceAllString(msg, `"…"`)
	if m := regexp.MustCompile(`^(\S+ )?(function|procedure) ([\w$#."]+)\(`).FindStringSubmatch(msg); m != nil {
		return m[1] + m[2] + " " + m[3] + "(…)" + msg[strings.LastIndexByte(msg, ')')+1:]
	}
	return numbers.ReplaceAllString(msg, "N")
}

const missing = "missing in the output"

// reasons groups what was not accepted, and writes each one to list.
func reasons(list io.Writer, out []Outcome, errs []LoadError, said *Said) []Reason {
	byName := map[string][]LoadError{}
	for _, e := range errs {
		if !strings.HasPrefix(e.Head, "CREATE") && !strings.HasPrefix(e.Head, "ALTER") && !strings.HasPrefix(e.Head, "COMMENT") {
			continue // a query or block of a script, which makes nothing
		}
		byName[e.Name] = append(byName[e.Name], e)
	}
	var r ranking
	for _, o := range out {
		if o.Accepted || o.Lacks != "" {
			continue
		}
		text, detail := why(o, byName)
		if o.Refused != "" || text == missing {
			text, detail = said.about(o, text)
		}
		r.add(o.Kind, text, o.place(), detail)
		fmt.Fprintf(list, "%s\t%s\t%s\t%s\n", o.Kind, o.place(), text, detail)
	}
	return r.sorted()
}

type ranking struct {
	list  []*Reason
	index map[string]*Reason
}

func (r *ranking) add(kind, text, example, detail string) { r.addAll(kind, text, 1, example, detail) }

func (r *ranking) addAll(kind, text string, count int, example, detail string) {
	if r.index == nil {
		r.index = map[string]*Reason{}
	}
	have := r.index[kind+"\x00"+text]
	if have == nil {
		have = &Reason{Kind: kind, Text: text, Example: example, Detail: detail}
		r.index[kind+"\x00"+text] = have
		r.list = append(r.list, have)
	}
	have.Count += count
}

func (r *ranking) sorted() []Reason {
	slices.SortStableFunc(r.list, func(a, b *Reason) int { return cmp.Compare(b.Count, a.Count) })
	out := make([]Reason, len(r.list))
	for i, x := range r.list {
		out[i] = *x
	}
	return out
}

func (it Item) place() string {
	name := it.Name
	if it.Owner != "" {
		name = it.Owner + "." + name
	}
	if len(it.Cols) > 0 {
		name += "(" + strings.Join(it.Cols, ", ") + ")"
	}
	return fmt.Sprintf("%s:%d %s", it.Pos.File, it.Pos.Line, name)
}

// why says what kept an item out: the code of its refusal, the error of its statement, or that nothing came out.
func why(o Outcome, byName map[string][]LoadError) (text, detail string) {
	if o.Refused != "" {
		return "refused " + o.Refused, ""
	}
	name, owner := strings.ToLower(o.Name), strings.ToLower(o.Owner)
	var found []LoadError
	switch o.Kind {
	case "member", "method":
		for _, e := range byName[name] {
			if e.Schema == "" || strings.Contains(e.Schema, owner) || o.Kind == "method" {
				found = append(found, e)
			}
		}
		for _, sep := range []string{"_", "$"} {
			found = append(found, byName[owner+sep+name]...)
		}
	case "trigger":
		for key, list := range byName {
			for _, e := range list {
				if strings.Contains(key, name) && strings.HasSuffix(e.Head, "FUNCTION") {
					found = append(found, e)
				}
			}
		}
		found = append(found, byName[name]...)
	case "primary key", "unique", "foreign key", "check", "comment":
		for _, e := range byName[owner] {
			if (strings.HasPrefix(e.Head, "ALTER") || strings.HasPrefix(e.Head, "COMMENT")) == (strings.Contains(e.Text, name) || o.Kind == "comment") || strings.HasSuffix(e.Head, "TABLE") {
				found = append(found, e)
			}
		}
	default:
		found = byName[name]
	}
	found = slices.DeleteFunc(slices.Clone(found), func(e LoadError) bool {
		return slices.Contains([]string{"42P07", "42710", "42723", "42P06"}, e.State) // already there: the second pass
	})
	if len(found) == 0 {
		return missing, ""
	}
	e := found[len(found)-1]
	return e.State + " " + general(e.Msg), fmt.Sprintf("%s [%s:%d]", e.Msg, e.File, e.Line)
}

// unclean groups what plpgsql_check says.
func unclean(out []Outcome, bad map[Proc]Check) []Reason {
	var r ranking
	for _, o := range out {
		for _, p := range o.Procs {
			if c, ok := bad[p]; ok {
				r.add("check", general(c.First), o.place(), c.First)
				break
			}
		}
	}
	return r.sorted()
}

// writeReasons prints reasons for people, the commonest first.
func writeReasons(w io.Writer, title string, list []Reason, most int) {
	fmt.Fprintf(w, "## %s\n", title)
	for i, r := range list {
		if i == most {
			fmt.Fprintf(w, "... and %d further reasons\n", len(list)-most)
			break
		}
		fmt.Fprintf(w, "%5d  %-11s %s\n       e.g. %s\n", r.Count, r.Kind, r.Text, r.Example)
		if r.Detail != "" {
			fmt.Fprintf(w, "       %s\n", r.Detail)
		}
	}
	fmt.Fprintln(w)
}
