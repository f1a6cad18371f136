package cli

// Exit codes, the same for every command (docs/exit-codes.md). Where several hold, 1 wins, then 5, 4, 3.
const (
	ExitOK          = 0
	ExitFailed      = 1
	ExitUsage       = 2
	ExitPartly      = 3
	ExitDifferences = 4
	ExitGate        = 5
	ExitNoProject   = 10
	ExitLocked      = 11
	ExitLogin       = 12
	ExitCancelled   = 130
)

// exitCodes is the one list that help, the exit-codes topic and the docs are checked against.
var exitCodes = []struct {
	code int
	text string
}{
	{ExitOK, "done"},
	{ExitFailed, "failed"},
	{ExitUsage, "wrong usage: unknown command, flag or argument"},
	{ExitPartly, "done, but partly: something was unread, refused or rejected"},
	{ExitDifferences, "differences found"},
	{ExitGate, "a gate failed"},
	{ExitNoProject, "no project here"},
	{ExitLocked, "the project, or the folder of results, is locked by another run"},
	{ExitLogin, "login or connection failed"},
	{ExitCancelled, "cancelled"},
}

func exitText(code int) string {
	for _, e := range exitCodes {
		if e.code == code {
			return e.text
		}
	}
	return "failed"
}
