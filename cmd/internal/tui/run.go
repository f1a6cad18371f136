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
	p := program(ctx, m, in, out)
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

// RunLoad shows a load on a terminal until the user quits. Its error is why its status could not be read at first, or that of the
// terminal. Ending ctx ends it with the error of ctx.
func RunLoad(ctx context.Context, m *LoadModel, in io.Reader, out io.Writer) error {
	defer m.cancel()
	_, err := program(ctx, m, in, out).Run()
	switch {
	case m.err != nil && errors.Is(m.err, context.Canceled) && ctx.Err() == nil:
		return nil // the user quit while it was being read
	case m.err != nil:
		return m.err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return err
}

func program(ctx context.Context, m tea.Model, in io.Reader, out io.Writer) *tea.Program {
	return tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler())
}
