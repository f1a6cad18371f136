package engine

import (
	"context"
	"fmt"
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// LoadReport says what a folder of scripts made.
type LoadReport struct {
	Executed int       // statements
	Kept     int       // PL/SQL units and other objects that are in the catalog and cannot be run
	Passed   int       // queries, and administration (roles, tablespaces, ALTER SYSTEM), which means nothing here
	Refused  []Refused // statements that could not be executed, in order
}

// Refused is a statement that was not executed, and why.
type Refused struct {
	Pos model.Pos
	Err error
}

// LoadScripts runs the scripts of a folder in their order, each statement in the schema that the scripts have chosen by
// then: DDL makes the catalog, INSERTs make rows, stored code is entered with its text. What fails is reported and left
// out; the error is for what kept the folder from being read at all. Accounts that the scripts name are made.
func (db *Database) LoadScripts(ctx context.Context, dir, schema string) (*LoadReport, error) {
	est, err := scripts.Load(ctx, dir, scripts.Options{DefaultSchema: schema})
	if err != nil {
		return nil, err
	}
	return db.LoadEstate(ctx, est, schema)
}

// LoadEstate is LoadScripts of scripts that were read already, such as those that a bundle stands for.
func (db *Database) LoadEstate(ctx context.Context, est *scripts.Estate, schema string) (*LoadReport, error) {
	rep := &LoadReport{}
	for _, p := range est.Problems {
		if !p.Note {
			rep.Refused = append(rep.Refused, Refused{p.Pos, fmt.Errorf("%s", p.Msg)})
		}
	}
	units := slices.Clone(est.Units)
	slices.SortStableFunc(units, scripts.InRunOrder)
	for _, u := range units {
		if u.Schema != "" {
			db.mu.Lock()
			db.addUser(u.Schema, "")
			db.mu.Unlock()
		}
	}
	in, err := db.Login(ctx, session.Login{User: "SYS", Mode: session.SYSDBA})
	if err != nil {
		return nil, err
	}
	s := in.(*Session)
	defer s.Close()
	s.loading, s.home = true, schema
	// views and constraints may come before what they are made of: what fails is tried again at the end
	var later []*scripts.Unit
	for _, u := range units {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.runUnit(ctx, u, rep); err != nil {
			later = append(later, u)
		}
	}
	for pass := 0; len(later) > 0; pass++ {
		var again []*scripts.Unit
		for _, u := range later {
			if err := s.runUnit(ctx, u, rep); err != nil {
				again = append(again, u)
			}
		}
		if len(again) == len(later) {
			break
		}
		later = again
	}
	for _, u := range later {
		rep.Refused = append(rep.Refused, Refused{u.Pos, s.runUnit(ctx, u, rep)})
	}
	rep.Kept += s.adopt(est.Catalog, func(o *model.Object) string {
		src := est.File(o.Pos.File)
		if src == nil || src.Parsed == nil {
			return ""
		}
		for _, u := range est.Units {
			if u.Source == src && u.Pos.Line <= o.Pos.Line && o.Pos.Line < u.Pos.Line+u.Lines {
				return u.Text()
			}
		}
		return ""
	})
	return rep, s.commit(ctx)
}

// runUnit executes one statement of the scripts, or enters what can only be kept.
func (s *Session) runUnit(ctx context.Context, u *scripts.Unit, rep *LoadReport) error {
	if u.Schema != "" {
		s.schema = u.Schema
	}
	if u.Schema == "" {
		s.schema = s.home
	}
	f := u.Source.Parsed
	c := &compiler{s: s, schema: s.schema, f: f}
	if o, replace, ifNotExists, n := c.kept(u.Stmt); o != nil {
		if err := s.keep(c, u.Stmt, o, replace, ifNotExists, n); err != nil {
			return err
		}
		rep.Kept++
		return nil
	}
	st := &Statement{s: s, f: u.Source.Parsed, stmt: u.Stmt, kind: kindOf(u.Stmt), bindOf: map[uint32]int{}}
	switch n := st.stmt.(type) {
	case *ast.EmptyStmt, *ast.PlusCommand:
		return nil
	case *ast.SelectStmt:
		rep.Passed++
		return nil
	case *ast.BadStmt:
		return ora.New(900)
	case *ast.CreateUser:
		s.describeUser(c, n)
		return nil
	case *ast.AdminStmt:
		if n.Verb != token.CREATE || n.Object != token.TABLESPACE {
			rep.Passed++
			return nil
		}
	}
	if u.Err != nil { // what is left of it would be another statement
		return ora.Unsupported(u.Err.Msg)
	}
	_, err := st.execute(ctx, &session.Call{Rows: [][][]byte{nil}})
	if err == nil {
		rep.Executed++
	}
	return err
}
