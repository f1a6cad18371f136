package parallel_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"landfall/internal/parallel"
)

func TestEach(t *testing.T) {
	for _, jobs := range []int{-1, 1, 3, 50} {
		var times [20]atomic.Int32
		told := 0
		err := parallel.Each(context.Background(), len(times), jobs, func(done, total int) {
			if told++; done != told || total != len(times) {
				t.Errorf("told %d of %d at call %d", done, total, told)
			}
		}, func(i int) { times[i].Add(1) })
		if err != nil || told != len(times) {
			t.Errorf("%d jobs: error %v, told %d times", jobs, err, told)
		}
		for i := range times {
			if n := times[i].Load(); n != 1 {
				t.Errorf("%d jobs: place %d was done %d times", jobs, i, n)
			}
		}
	}
}

func TestEachEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var n atomic.Int32
	err := parallel.Each(ctx, 1000, 2, nil, func(int) {
		switch k := n.Add(1); {
		case k == 3:
			stop()
		case k > 3: // given out before the third one has come to its end
			<-ctx.Done()
		}
	})
	if !errors.Is(err, context.Canceled) || n.Load() == 1000 {
		t.Errorf("error %v after %d of 1000", err, n.Load())
	}
}
