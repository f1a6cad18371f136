// Package cli is the command line of landfall: one file a command, exit codes in one place (exit.go), help
// topics (topics.go). Commands read flags, call the stages' packages and print; they decide nothing about
// Oracle or PostgreSQL.
//
// Input -> output: arguments, environment and streams in; text or JSON on stdout, talk on stderr and an exit
// code out. Run may be called concurrently with different streams.
package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// Main runs the program on the process's arguments and streams and returns its exit code. The first SIGINT or
// SIGTERM cancels the work, which then ends in order; the second ends the process at once.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop() // gives the signals their default effect back
	}()
	return Run(ctx, os.Args[1:], systemStreams())
}

// Run executes one command line.
func Run(ctx context.Context, args []string, io *IOStreams) int {
	printed := &output{to: io.Out}
	if !io.OutTTY { // the screens of a terminal need the terminal itself
		guarded := *io
		guarded.Out = printed
		io = &guarded
	}
	root := newRoot(io)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if failed := printed.failed(); failed != nil && !errors.Is(err, errors.Unwrap(failed)) { // the command may have seen it itself
		err = errors.Join(failed, err)
	}
	if err != nil {
		showError(io.Err, err, wantsJSON(args))
	}
	return exitCode(err)
}

// wantsJSON looks at the raw arguments, because the error may be that they could not be parsed.
func wantsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}
