package load

import (
	"context"
	"fmt"
	"strings"

	"landfall/load/plan"
	"landfall/load/target"
)

// unseen remarks on tables that may be in the source without the account's seeing them.
func (r *runner) unseen(ctx context.Context) error {
	if r.plan.Seen != plan.SeenAccount {
		return nil
	}
	list, err := target.Unfilled(ctx, r.pool, r.plan)
	if err != nil {
		return err
	}
	text := "the account sees only tables of the source that it may SELECT: whether there are others is not known; SELECT_CATALOG_ROLE, or --schema when it is planned, would tell"
	if len(list) > 0 {
		text += fmt.Sprintf("; %d tables of the target are in no load and stay as they are: %s", len(list), strings.Join(list[:min(10, len(list))], ", "))
		if len(list) > 10 {
			text += " ..."
		}
	}
	r.say(Event{Kind: "remark", Text: text})
	return nil
}
