// Package phrase holds the sentences that an assessment puts together, and says them in the language of the reports.
//
// Input -> output: a format in English and its arguments in, a Text out, which becomes words when the language is known. The
// English format itself is the key of the translation, so that code reads as what it says; tables of other languages are YAML
// files beside the code that says it, lists of pairs. A format without a translation stays English: a test of each package that
// says something holds that there is none (phrasetest). The package knows no rule, check or report.
//
// Texts and tables are immutable; any number of goroutines may use them.
package phrase

import (
	"embed"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"
)

// Text is a sentence, or a part of one, that is not in any language yet. The zero Text is empty.
type Text struct {
	format string
	args   []any
}

// Say makes a Text. Arguments that are Texts themselves are said in the same language. A format without arguments is taken as
// it is.
func Say(format string, args ...any) Text { return Text{format, args} }

// Plain is a text that is the same in every language: a name, a value.
func Plain(s string) Text { return Text{"%s", []any{s}} }

// String is the Text in English.
func (t Text) String() string { return Table(nil).In(t) }

// Table has the formats of another language by the English ones. The nil Table is English.
type Table map[string]string

// pair is an entry of a file.
type pair struct {
	En string `yaml:"en"`
	To string `yaml:"to"`
}

// In gives the table of a language: of Chinese the one in the files of a package, read when it is first asked for, of all others none,
// which is English.
func In(files embed.FS, name string) func(lang string) Table {
	chinese := sync.OnceValue(func() Table { return Read(files, name) })
	return func(lang string) Table {
		if lang == "zh" {
			return chinese()
		}
		return nil
	}
}

// Read reads a table from the files of a package. They are part of the program, so that one that is missing, or says a thing
// twice, is a panic.
func Read(files embed.FS, name string) Table {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("phrases: %s is not in the program: %v", name, err))
	}
	var list []pair
	if err := yaml.Unmarshal(b, &list); err != nil {
		panic(fmt.Sprintf("phrases: %s: %v", name, err))
	}
	t := make(Table, len(list))
	for _, p := range list {
		if _, twice := t[p.En]; twice {
			panic(fmt.Sprintf("phrases: %s has %q twice", name, p.En))
		}
		t[p.En] = p.To
	}
	return t
}

// In is the Text in the language of the table.
func (t Table) In(x Text) string {
	format, ok := t[x.format]
	if !ok {
		format = x.format
	}
	if len(x.args) == 0 {
		return format
	}
	args := make([]any, len(x.args))
	for i, a := range x.args {
		if inner, ok := a.(Text); ok {
			a = t.In(inner)
		}
		args[i] = a
	}
	return fmt.Sprintf(format, args...)
}

// Say is the Text in the language of the table at once.
func (t Table) Say(format string, args ...any) string { return t.In(Say(format, args...)) }
