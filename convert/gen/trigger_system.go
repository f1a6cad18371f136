package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
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
	case x.When != nil:
		g.refuse(x.When, "system-trigger", "the condition of a trigger on DDL is not converted")
		return
	case x.Body == nil:
		g.refuse(x, "system-trigger", "a trigger on DDL that calls a routine is not converted")
		return
	}
	if x.Timing != token.AFTER {
		g.reportAs(x, "system-trigger", model.Medium, model.Review, "the event trigger fires behind the change, in its transaction: an error undoes it, but what is changed or dropped is seen as it is afterwards")
	}
	g.reportAs(x, "system-trigger", 2, 1, "an event trigger fires for the whole database and for every role, the creation of objects by deployment included")
	name := g.e.names.fold(g.f.Last(x.Name))
	schema := g.declaredSchema()
	var b, triggers strings.Builder // the functions come first: the first trigger would fire for the second function
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
		only := ""
		if event == "sql_drop" { // not for what goes along with it
			only = " WHERE original"
		}
		b.WriteString("BEGIN\nFOR lf_ddl IN SELECT * FROM " + source + "()" + only + " LOOP\n")
		if len(kinds) > 0 && event == "ddl_command_end" && !slices.Contains(kinds, "DDL") {
			var like []string
			for _, k := range kinds {
				like = append(like, "TG_TAG LIKE "+quote.Literal(k+" %"))
			}
			b.WriteString("CONTINUE WHEN NOT (" + strings.Join(like, " OR ") + ");\n")
		}
		b.WriteString(text + ";\nEND LOOP;\nEND;\n$trigger$;\n")
		triggers.WriteString("CREATE EVENT TRIGGER " + quote.Ident(short(name+suffix)) + " ON " + event + "\n    EXECUTE FUNCTION " + fn + "();\n")
	}
	point("", "ddl_command_end", "pg_event_trigger_ddl_commands", made)
	suffix := ""
	if len(made) > 0 {
		suffix = "_drop"
	}
	point(suffix, "sql_drop", "pg_event_trigger_dropped_objects", dropped)
	g.emitTrigger(x, b.String()+triggers.String())
}
