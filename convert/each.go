package convert

import (
	"context"

	"landfall/internal/parallel"
)

// each does something for 0 to n-1, several at a time, and gives the error of the smallest of those that failed. After an
// error no more are begun.
func each(n int, do func(i int) error) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	errs := make([]error, n)
	_ = parallel.Each(ctx, n, 0, nil, func(i int) { // its own error only tells that one of these is there
		if errs[i] = do(i); errs[i] != nil {
			stop()
		}
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
