package livecheck

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"landfall/internal/oracle/connect"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// serve gives the sample by scripts, with the accounts CHECKER, who sees all, and SMALL, who sees tables only.
func serve(t *testing.T) (*tns.Server, func(user string) *connect.Source) {
	return serveIn(t, simtest.AL32UTF8)
}

func serveIn(t *testing.T, charset int) (*tns.Server, func(user string) *connect.Source) {
	t.Helper()
	db := simtest.New(charset, nil)
	if _, err := db.LoadScripts(context.Background(), "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	db.AddUser("CHECKER", "secret")
	if err := db.AddAccount(context.Background(), "SMALL", "secret", "CREATE SESSION", "SELECT ANY TABLE"); err != nil {
		t.Fatal(err)
	}
	server, port := simtest.Serve(t, db, tns.Options{})
	return server, func(user string) *connect.Source {
		src, err := connect.New(connect.Target{User: user, Host: "127.0.0.1", Port: port, Service: simtest.Service}, connect.Options{
			Password: func(context.Context) (string, error) { return "secret", nil }, Module: "landfall doctor", MaxSessions: 2, StatementTimeout: time.Minute,
		})
		if err != nil {
			t.Fatal(err)
		}
		return src
	}
}

// notInSim are the questions that the simulated database does not know: it says ORA-03001.
var notInSim = map[string]bool{
	"session: encrypted as V$SESSION_CONNECT_INFO says": true,
	"dictionary: redo_logs":                             true, "dictionary: redo_per_hour": true, "dictionary: log_switches": true, "dictionary: archive_destinations": true,
}

// TestCharsets asks databases in other character sets what they make of texts.
func TestCharsets(t *testing.T) {
	for id, name := range map[int]string{852: "ZHS16GBK", 854: "ZHS32GB18030", 871: "UTF8", 1: "US7ASCII", 31: "WE8ISO8859P1", 178: "WE8MSWIN1252"} {
		t.Run(name, func(t *testing.T) {
			_, source := serveIn(t, id)
			r, err := Run(context.Background(), source("checker"), Options{Schemas: []string{"INS_CORE"}, Rows: 100})
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range r.Checks {
				if k.Status == Differs || k.Status == Failed && !strings.Contains(k.Detail, "ORA-03001") {
					t.Errorf("%s: %s: %s: want %q, got %q, %s", k.Status, k.Group, k.Name, k.Want, k.Got, k.Detail)
				}
			}
			if r.Facts.Charset != name {
				t.Error(r.Facts.Charset)
			}
		})
	}
}

// TestSim: the simulated Oracle is as this program takes Oracle to be, in everything that it has.
func TestSim(t *testing.T) {
	_, source := serve(t)
	r, err := Run(context.Background(), source("checker"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, k := range r.Checks {
		seen[k.Group]++
		switch name := k.Group + ": " + k.Name; {
		case k.Status == OK:
		case k.Status == Skipped && strings.Contains(k.Detail, "only when it is asked for"):
		case k.Status == Failed && notInSim[name] && strings.Contains(k.Detail, "ORA-03001"):
			delete(notInSim, name)
		default:
			t.Errorf("%s: %s: want %q, got %q, %s", k.Status, name, k.Want, k.Got, k.Detail)
		}
	}
	for name := range notInSim {
		t.Errorf("%s is known by now", name)
	}
	for group, least := range map[string]int{"session": 14, "text": 23, "types": 35, "lobs": 14, "flashback": 3, "objects": 10, "dictionary": 90, "cancel": 1, "fetch": 5} {
		if seen[group] < least {
			t.Errorf("%d checks of %s", seen[group], group)
		}
	}
	if len(r.Rates) != 4 || r.Rates[0].Read == 0 || r.Verifier != 18453 || r.Fields != 8 || r.Facts.Charset != "AL32UTF8" || !r.Facts.Catalog || r.Driver != connect.Driver {
		t.Errorf("%+v %+v", r, r.Facts)
	}
	if strings.Contains(r.Target, "secret") {
		t.Error("the password shows")
	}
}

// TestFewRights: what may not be asked is denied with its number, and the rest goes on.
func TestFewRights(t *testing.T) {
	_, source := serve(t)
	r, err := Run(context.Background(), source("small"), Options{Schemas: []string{"INS_CLAIM"}, Rows: 50})
	if err != nil {
		t.Fatal(err)
	}
	if r.Facts.Catalog || r.Counts[Denied] < 20 || r.Counts[OK] < 80 || r.Counts[Differs] > 0 {
		t.Errorf("%v, catalog %v", r.Counts, r.Facts.Catalog)
	}
	for _, k := range r.Checks {
		if k.Status == Denied && !strings.Contains(k.Detail, "ORA-") {
			t.Errorf("%+v", k)
		}
	}
}

// TestFindsTrouble: a server that sends other bytes than it holds is found out, and one that falls over does not end the run.
func TestFindsTrouble(t *testing.T) {
	server, source := serve(t)
	for spec, want := range map[string]func(*Report) bool{
		"text@rows=1x0":     func(r *Report) bool { return r.Counts[Differs]+r.Counts[Failed] > 20 },
		"kill@calls=60":     func(r *Report) bool { return r.Counts[Failed] >= 1 && r.Counts[OK] > 100 },
		"error=600@calls=9": func(r *Report) bool { return r.Counts[Failed] >= 1 && r.Counts[OK] > 100 },
	} {
		f, err := tns.ParseFault(spec)
		if err != nil {
			t.Fatal(err)
		}
		src := source("checker")
		server.SetFaults(f)
		r, err := Run(context.Background(), src, Options{Schemas: []string{"INS_CLAIM"}, Rows: 10})
		server.SetFaults()
		if err != nil {
			t.Errorf("%s: %v", spec, err)
			continue
		}
		if !want(r) {
			t.Errorf("%s: %v", spec, r.Counts)
		}
	}
	src, err := connect.New(connect.Target{User: "checker", Host: "127.0.0.1", Port: 1, Service: "SIM"}, connect.Options{Password: func(context.Context) (string, error) { return "secret", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), src, Options{}); !errors.Is(err, connect.ErrLogin) {
		t.Errorf("%v", err)
	}
}
