package parser

import (
	"sort"
	"strings"

	"landfall/internal/oracle/syntax/token"
)

// conditional evaluates conditional compilation ($IF, $ELSIF, $ELSE, $END, $ERROR) while tokens are filled:
// directives and branches that are not selected get token.FlagInactive and the parser never sees them.
// PL/SQL Language Reference, "Conditional Compilation".
type conditional struct {
	flags            map[string]string
	version, release int

	frames  []condFrame
	pending bool   // between $IF or $ELSIF and its $THEN
	start   uint32 // first token of that condition
	inError bool   // between $ERROR and its $END
	seen    int    // how many errors pardonInactive has looked at
}

// condFrame is one open $IF.
type condFrame struct {
	tok    uint32 // the $IF
	outer  bool   // the text around it is active
	taken  bool   // a branch has been selected
	active bool   // the branch at hand is selected
	last   bool   // $ELSE was seen
}

func (c *conditional) setup(opt Options) {
	c.version, c.release = opt.Version, opt.Release
	if c.version == 0 {
		c.version = 19
	}
	if len(opt.CCFlags) > 0 {
		c.flags = make(map[string]string, len(opt.CCFlags))
		for k, v := range opt.CCFlags {
			c.flags[strings.ToUpper(k)] = v
		}
	}
}

func (c *conditional) reset() {
	c.frames, c.pending, c.inError = c.frames[:0], false, false
}

func (c *conditional) active() bool {
	return len(c.frames) == 0 || c.frames[len(c.frames)-1].active
}

// condEnd reports an $IF that is still open where its unit ends.
func (p *parser) condEnd() {
	if len(p.cond.frames) > 0 {
		p.record(p.cond.frames[0].tok, "$IF is not closed", nil, "add $END")
	} else if p.cond.inError {
		p.record(p.cond.start, "$ERROR is not closed", nil, "add $END")
	}
	p.cond.reset()
}

// evalDirectives flags the tokens from index n on and reports whether an $IF is left open.
func (p *parser) evalDirectives(n int) (open bool) {
	c := &p.cond
	for i := uint32(n); int(i) < len(p.f.Tokens); i++ {
		t := &p.f.Tokens[i]
		if t.Kind != token.Directive {
			switch {
			case t.Kind == token.TermSlash:
				p.condEnd()
			case c.pending && t.Kind == token.Semi && c.frames[len(c.frames)-1].outer:
				p.record(c.start, "the condition of $IF has no $THEN", nil, "")
				c.pending = false
				c.frames[len(c.frames)-1].active = true
			case c.pending, c.inError, !c.active():
				t.Flags |= token.FlagInactive
			}
			continue
		}
		switch t.Kw {
		case token.IF:
			t.Flags |= token.FlagInactive
			c.frames = append(c.frames, condFrame{tok: i, outer: c.active()})
			c.frames[len(c.frames)-1].active = false
			c.pending, c.start = true, i+1
		case token.ELSIF, token.ELSE:
			t.Flags |= token.FlagInactive
			if len(c.frames) == 0 {
				p.record(i, p.f.Text(i)+" without $IF", nil, "")
				continue
			}
			f := &c.frames[len(c.frames)-1]
			if f.last {
				p.record(i, p.f.Text(i)+" behind $ELSE", nil, "")
			}
			if t.Kw == token.ELSE {
				f.active, f.taken, f.last = f.outer && !f.taken, true, true
			} else {
				f.active = false
				c.pending, c.start = true, i+1
			}
		case token.THEN:
			t.Flags |= token.FlagInactive
			if !c.pending {
				p.record(i, "$THEN without $IF", nil, "")
				continue
			}
			c.pending = false
			f := &c.frames[len(c.frames)-1]
			if f.outer && !f.taken {
				f.active = p.evalCondition(c.start, i)
				f.taken = f.active
			}
		case token.ERROR:
			if c.active() && !c.inError {
				p.noteAt(int(t.Off), "an $ERROR directive is active: Oracle would refuse this unit", "")
			}
			t.Flags |= token.FlagInactive
			c.inError = true
			if !c.pending {
				c.start = i
			}
		case token.END:
			t.Flags |= token.FlagInactive
			switch {
			case c.inError:
				c.inError = false
			case len(c.frames) == 0:
				p.record(i, "$END without $IF", nil, "")
			default:
				c.frames = c.frames[:len(c.frames)-1]
				c.pending = false
			}
		default:
			if c.pending || c.inError || !c.active() {
				t.Flags |= token.FlagInactive
			}
		}
	}
	p.pardonInactive()
	return len(c.frames) > 0 || c.inError
}

// pardonInactive withdraws what the lexer said of characters in branches that are not selected: Oracle takes
// any text there, and documentation and templates are kept in such branches.
func (p *parser) pardonInactive() {
	c := &p.cond
	for _, e := range p.f.Errors[min(c.seen, len(p.f.Errors)):] {
		if !e.Lexical || e.Msg == "" {
			continue
		}
		i := sort.Search(len(p.f.Tokens), func(i int) bool { return p.f.Tokens[i].Off >= e.Off })
		if i < len(p.f.Tokens) && p.f.Tokens[i].Kind == token.Illegal && p.f.Tokens[i].Flags&token.FlagInactive != 0 {
			e.Msg = "" // sortErrors takes it out
		}
	}
	c.seen = len(p.f.Errors)
}
