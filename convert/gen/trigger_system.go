package gen

import (
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// systemTrigger converts a trigger on DDL to an event trigger; other events of the database have no counterpart.
func (g *gen) systemTrigger(x *ast.CreateTrigger) {
	var made, dropped []string
	for _, e := range x.Events {
		switch e.Kind {
		case token.CREATE, token.ALTER, token.COMMENT, token.GRANT, token.REVOKE:
			made = append(made, e.Kind.String())
		case token.DROP:
			dropped = append(dropped, "DROP")
		case token.DDL:
			made, dropped = append(made, "DDL"), append(dropped, "DROP")
		default:
			g.refuse(e, "system-trigger", "no event trigger of PostgreSQL stands for %s", g.source(e))
			return
		}
	}
	switch {
	case x.Timing != token.AFTER:
		g.refuse(x, "system-trigger", "a trigger BEFORE DDL: what is going to be changed is not known to an event trigger before it has happened")
		return
	case x.When != nil:
		g.refuse(x.When, "system-trigger", "the condition of a trigger on DDL is not converted")
		return
	case x.Body == nil:
		g.refuse(x, "system-trigger", "a trigger on DDL that calls a routine is not converted")
		return
	}
	g.reportAs(x, "system-trigger", 2, 1, "an event trigger fires for the whole database and for every role, the creation of objects by deployment included")
	name := g.e.names.fold(g.f.Last(x.Name))
	schema := g.declaredSchema()
	var b strings.Builder
	point := func(suffix, event, source string, kinds []string) {
		if len(kinds) == 0 {
			return
		}
		fn := quote.Qualified(schema, short(name+suffix+"_fn"))
		g.body = &routine{name: name, trigger: true, result: "", event: true}
		text := g.blockSQL(x.Body)
		b.WriteString("CREATE OR REPLACE FUNCTION " + fn + "() RETURNS event_trigger\nLANGUAGE plpgsql\nAS $trigger$\nDECLARE\n    lf_ddl record;\n")
		for _, d := range g.body.decls {
			b.WriteString("    " + d + ";\n")
		}
		g.body = nil
		b.WriteString("BEGIN\nFOR lf_ddl IN SELECT * FROM " + source + "() LOOP\n")
		if len(kinds) > 0 && event == "ddl_command_end" && !slices.Contains(kinds, "DDL") {
			var like []string
			for _, k := range kinds {
				like = append(like, "TG_TAG LIKE "+quote.Literal(k+" %"))
			}
			b.WriteString("CONTINUE WHEN NOT (" + strings.Join(like, " OR ") + ");\n")
		}
		b.WriteString(text + ";\nEND LOOP;\nEND;\n$trigger$;\n")
		b.WriteString("CREATE EVENT TRIGGER " + quote.Ident(short(name+suffix)) + " ON " + event + "\n    EXECUTE FUNCTION " + fn + "();\n")
	}
	point("", "ddl_command_end", "pg_event_trigger_ddl_commands", made)
	suffix := ""
	if len(made) > 0 {
		suffix = "_drop"
	}
	point(suffix, "sql_drop", "pg_event_trigger_dropped_objects", dropped)
	g.emitTrigger(x, b.String())
}
