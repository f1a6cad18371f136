package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// IOStreams is the only door to the terminal and the environment; tests open another one.
type IOStreams struct {
	In       io.Reader
	Out, Err io.Writer
	InTTY    bool // In is a terminal
	OutTTY   bool // Out is a terminal
	ErrTTY   bool
	Env      func(string) string
	// Password asks for a secret on the terminal, without showing it; nil where there is none to ask.
	Password func(prompt string) (string, error)
}

func systemStreams() *IOStreams {
	return &IOStreams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: isTerminal(os.Stdin), OutTTY: isTerminal(os.Stdout), ErrTTY: isTerminal(os.Stderr),
		Env: os.Getenv, Password: askPassword,
	}
}

// askPassword reads a line from the terminal that is not shown.
func askPassword(prompt string) (string, error) {
	if _, err := io.WriteString(os.Stderr, prompt); err != nil {
		return "", err
	}
	b, err := term.ReadPassword(int(os.Stdin.Fd()))
	if _, end := io.WriteString(os.Stderr, "\n"); err == nil {
		err = end
	}
	return string(b), err
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// live reports whether a progress bar may be drawn: a terminal that is one, and no CI log.
func (s *IOStreams) live() bool {
	return s.ErrTTY && s.Env("TERM") != "dumb" && s.Env("CI") == ""
}

// interactive reports whether somebody sits there: a screen can be drawn and keys come in.
func (s *IOStreams) interactive() bool {
	return s.InTTY && s.OutTTY && s.Env("TERM") != "dumb" && s.Env("CI") == ""
}

// errColor reports whether messages may be coloured (https://no-color.org).
func (s *IOStreams) errColor() bool {
	if s.Env("NO_COLOR") != "" {
		return false
	}
	if f := s.Env("CLICOLOR_FORCE"); f != "" && f != "0" {
		return true
	}
	return s.ErrTTY && s.Env("TERM") != "dumb"
}
