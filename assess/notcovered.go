package assess

import (
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/workload"
)

// notCovered lists every piece of the source that the figures do not stand on.
func notCovered(estate *scripts.Estate, looked []look, words phrase.Table) []NotCovered {
	say := words.Say
	var list []NotCovered
	for _, p := range estate.Problems {
		list = append(list, NotCovered{File: p.Pos.File, Line: p.Pos.Line, Kind: problemKind(p), Reason: p.Msg, Hint: p.Hint})
	}
	for _, s := range estate.Files {
		if s.Parsed == nil {
			continue
		}
		for _, e := range s.Parsed.Errors {
			pos := s.Parsed.OffsetPos(e.Off)
			list = append(list, NotCovered{
				File: s.Name, Line: pos.Line, Kind: NotParsed, Reason: say("column %d: %s", pos.Col, syntaxMessage(e)),
				Hint: e.Hint, Head: lineFrom(s.Parsed.Src, int(e.Off)),
			})
		}
	}
	for _, o := range estate.Catalog.Objects {
		if !o.Implied {
			continue
		}
		pos := o.Pos
		if !pos.IsValid() && len(o.Also) > 0 {
			pos = o.Also[0]
		}
		list = append(list, NotCovered{
			File: pos.File, Line: pos.Line, Object: o.ID(), Kind: NotCollected,
			Reason: say("%s %s is altered, commented or granted on here, but nothing in the source creates it", strings.ToLower(string(o.Kind)), o.ID().Name()),
			Hint:   say("add its script, or leave it out of the move on purpose"),
		})
	}
	for i, u := range estate.Units {
		n := NotCovered{File: u.Source.Name, Line: u.Pos.Line, Lines: u.Lines, Object: looked[i].object}
		f := u.Source.Parsed
		n.Head = headOf(f, u.Stmt)
		switch s := u.Stmt.(type) {
		case *ast.WrappedUnit:
			n.Kind, n.Reason = NotAssessed, say("wrapped: the source text of this unit is obfuscated")
			n.Hint = say("ask the vendor or your archive for the plain source")
		case *ast.ForeignUnit:
			n.Kind, n.Reason = NotAssessed, say("source in another language, kept whole")
		case *ast.AdminStmt:
			n.Kind, n.Reason = NotAssessed, say("administrative statement, recognised and kept whole: %s", strings.TrimSpace(s.Verb.String()+" "+s.Object.String()))
		case *ast.SubstStmt:
			n.Kind, n.Reason = NotParsed, say("the whole statement is a substitution variable")
			n.Hint = say("run the script with its variables set and assess the result")
		default:
			if looked[i].misprint == nil {
				continue
			}
			n.Kind, n.Reason = NotParsed, say("does not print back as it was read: %s", looked[i].misprint)
		}
		list = append(list, n)
	}
	return list
}

// problemKind tells what a problem of the estate means for the figures: a file that was not read leaves a hole, a
// change of something that is not there means that the source is not all, the rest are assumptions made.
func problemKind(p scripts.Problem) string {
	switch p.Kind {
	case scripts.ProblemFile, scripts.ProblemInclude:
		if !p.Note {
			return NotRead
		}
	case scripts.ProblemChange:
		return NotCollected
	}
	return NotAssessed
}

func syntaxMessage(e *ast.Error) string {
	if len(e.Expected) == 0 {
		return e.Msg
	}
	return e.Msg + ", expected " + strings.Join(e.Expected, ", ")
}

const maxHead = 120

// head is how a text begins, on one line.
func head(text string) string { return workload.Head(text, maxHead) }

// headOf is head of a statement's source, most of which it does not copy.
func headOf(f *ast.File, s ast.Stmt) string {
	r := s.Range()
	if r.Empty() {
		return ""
	}
	text := f.Src[f.Tokens[r.Lo].Off:f.Tokens[r.Hi-1].End()]
	return head(string(text[:min(len(text), 4*maxHead+1)]))
}

func lineFrom(src []byte, off int) string {
	from, to := min(off, len(src)), min(off, len(src))
	for from > 0 && src[from-1] != '\n' && to-from < 2*maxHead {
		from--
	}
	for to < len(src) && src[to] != '\n' && to-off < 2*maxHead {
		to++
	}
	return head(strings.ToValidUTF8(string(src[from:to]), ""))
}
