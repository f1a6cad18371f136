package tui

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"
)

// Run shows the model on a terminal until the user quits. Its error is why nothing could be shown: that of a loader, or of
// the terminal. Ending ctx ends it with the error of ctx.
func Run(ctx context.Context, m *Model, in io.Reader, out io.Writer) error {
	defer m.cancel()
	p := tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler())
	m.send = p.Send
	_, err := p.Run()
	switch {
	case m.err != nil && errors.Is(m.err, context.Canceled) && ctx.Err() == nil:
		return nil // the user quit while it was loading
	case m.err != nil:
		return m.err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return err
}
