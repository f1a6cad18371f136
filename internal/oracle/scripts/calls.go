package scripts

import (
	"fmt"
	"hash/fnv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// supplied are the calls of Oracle's packages that make objects: which argument names the object, by name and by
// place.
type supplied struct {
	kind model.ObjectKind
	arg  string
	at   int
}

var suppliedCalls = map[string]supplied{
	"DBMS_SCHEDULER.CREATE_JOB":                   {model.KindJob, "JOB_NAME", 0},
	"DBMS_SCHEDULER.CREATE_PROGRAM":               {model.KindProgram, "PROGRAM_NAME", 0},
	"DBMS_SCHEDULER.CREATE_SCHEDULE":              {model.KindSchedule, "SCHEDULE_NAME", 0},
	"DBMS_SCHEDULER.CREATE_EVENT_SCHEDULE":        {model.KindSchedule, "SCHEDULE_NAME", 0},
	"DBMS_SCHEDULER.CREATE_CHAIN":                 {model.KindChain, "CHAIN_NAME", 0},
	"DBMS_SCHEDULER.CREATE_WINDOW":                {model.KindWindow, "WINDOW_NAME", 0},
	"DBMS_SCHEDULER.CREATE_JOB_CLASS":             {model.KindJobClass, "JOB_CLASS_NAME", 0},
	"DBMS_JOB.SUBMIT":                             {model.KindJob, "", -1},
	"DBMS_JOB.ISUBMIT":                            {model.KindJob, "", -1},
	"DBMS_RLS.ADD_POLICY":                         {model.KindVPDPolicy, "POLICY_NAME", 2},
	"DBMS_RLS.ADD_GROUPED_POLICY":                 {model.KindVPDPolicy, "POLICY_NAME", 3},
	"DBMS_AQADM.CREATE_QUEUE_TABLE":               {model.KindTable, "QUEUE_TABLE", 0},
	"DBMS_AQADM.CREATE_SHARDED_QUEUE":             {model.KindQueue, "QUEUE_NAME", 0},
	"DBMS_AQADM.CREATE_TRANSACTIONAL_EVENT_QUEUE": {model.KindQueue, "QUEUE_NAME", 0},
	"DBMS_AQADM.CREATE_QUEUE":                     {model.KindQueue, "QUEUE_NAME", 0},
	"DBMS_XMLSCHEMA.REGISTERSCHEMA":               {model.KindXMLSchema, "SCHEMAURL", 0},
}

// block looks for such calls, and for dynamic DDL, in an anonymous block, EXECUTE or CALL.
func (x *extractor) block(n ast.Node) {
	x.u.Kind = model.KindAnonymousBlock
	x.calls(n, nil)
}

// calls walks down; in holds what the rows of the cursor loops around are.
func (x *extractor) calls(n ast.Node, in *loopRow) {
	switch n := n.(type) {
	case *ast.Call:
		if name, ok := n.Fn.(*ast.Name); ok {
			p := x.f.Parts(name)
			if len(p) > 2 && p[0] == "SYS" {
				p = p[1:]
			}
			if c, ok := suppliedCalls[strings.Join(p, ".")]; ok {
				x.suppliedCall(n, strings.Join(p, "."), c, in)
			}
		}
	case *ast.ExecImmediate:
		x.dynamic(n, in)
	case *ast.For:
		if rows := x.literalRows(n); rows != nil {
			for _, r := range rows {
				r.up = in
				for _, s := range n.Stmts {
					x.calls(s, r)
				}
			}
			return
		}
	}
	n.EachChild(func(c ast.Node) { x.calls(c, in) })
}

// arg finds an argument by its name or place.
func (x *extractor) arg(c *ast.Call, name string, at int) ast.Expr {
	for i, a := range c.Args {
		if a.Name == nil && i == at || a.Name != nil && x.f.Last(a.Name) == name {
			return a.X
		}
	}
	return nil
}

func (x *extractor) argText(c *ast.Call, name string, at int, in *loopRow) (string, bool) {
	e := x.arg(c, name, at)
	if e == nil {
		return "", true
	}
	return x.value(e, in)
}

func (x *extractor) suppliedCall(c *ast.Call, call string, what supplied, in *loopRow) {
	k := key{kind: what.kind, schema: x.schema}
	if what.at < 0 {
		text, _ := x.argText(c, "WHAT", 1, in)
		h := fnv.New32a()
		h.Write([]byte(text))
		k.name = fmt.Sprintf("DBMS_JOB$%08X", h.Sum32()) // the number is given at run time: named by its text
	} else {
		name, ok := x.argText(c, what.arg, what.at, in)
		if !ok || name == "" {
			x.fd.problem(Problem{
				Kind: ProblemDynamic, Pos: x.pos(c), Note: true, Msg: "what " + call + " creates here is named only when the block runs",
				Hint: "it is not in the catalog; see the block",
			})
			return
		}
		if k.kind == model.KindXMLSchema {
			k.name = name
		} else if p := splitName(name); len(p) > 1 {
			k.schema, k.name = p[0], p[1]
		} else if len(p) == 1 {
			k.name = p[0]
		}
	}
	var policy *model.Policy
	if k.kind == model.KindVPDPolicy {
		if policy = x.policy(c, call, in); policy == nil {
			return
		}
		// policies are named by table: two tables may have one of the same name
		k.schema, k.name = policy.TableSchema, policy.Table+"."+k.name
	}
	o := x.createAs(c, k, true, false).obj
	switch k.kind {
	case model.KindJob, model.KindProgram, model.KindSchedule:
		o.Job = x.job(c, call, in)
		o.Comment, _ = x.argText(c, "COMMENTS", -1, in)
	case model.KindVPDPolicy:
		o.Policy = policy
	case model.KindTable:
		payload, _ := x.argText(c, "QUEUE_PAYLOAD_TYPE", 1, in)
		o.Table = &model.Table{Queue: strings.ToUpper(payload)}
	}
}

func (x *extractor) job(c *ast.Call, call string, in *loopRow) *model.Job {
	get := func(name string, at int) string {
		e := x.arg(c, name, at)
		if e == nil {
			return ""
		}
		if s, ok := x.value(e, in); ok {
			return s
		}
		return x.text(e)
	}
	j := &model.Job{}
	switch call {
	case "DBMS_JOB.SUBMIT", "DBMS_JOB.ISUBMIT":
		j.Type, j.Action, j.Repeat = "DBMS_JOB", get("WHAT", 1), get("INTERVAL", 3)
	case "DBMS_SCHEDULER.CREATE_SCHEDULE":
		j.Repeat = get("REPEAT_INTERVAL", 2)
	case "DBMS_SCHEDULER.CREATE_PROGRAM":
		j.Type, j.Action = strings.ToUpper(get("PROGRAM_TYPE", 1)), get("PROGRAM_ACTION", 2)
	default:
		j.Type, j.Action, j.Program = strings.ToUpper(get("JOB_TYPE", -1)), get("JOB_ACTION", -1), strings.ToUpper(get("PROGRAM_NAME", -1))
		j.Schedule, j.Repeat = strings.ToUpper(get("SCHEDULE_NAME", -1)), get("REPEAT_INTERVAL", -1)
	}
	return j
}

func (x *extractor) policy(c *ast.Call, call string, in *loopRow) *model.Policy {
	p := &model.Policy{}
	schema, ok1 := x.argText(c, "OBJECT_SCHEMA", 0, in)
	table, ok2 := x.argText(c, "OBJECT_NAME", 1, in)
	shift := 0
	if call == "DBMS_RLS.ADD_GROUPED_POLICY" {
		shift = 1
	}
	owner, ok3 := x.argText(c, "FUNCTION_SCHEMA", 3+shift, in)
	fn, ok4 := x.argText(c, "POLICY_FUNCTION", 4+shift, in)
	kinds, _ := x.argText(c, "STATEMENT_TYPES", 5+shift, in)
	if !ok1 || !ok2 || table == "" {
		x.fd.problem(Problem{
			Kind: ProblemDynamic, Pos: x.pos(c), Note: true, Msg: "the table of this policy is known only when the block runs",
			Hint: "it is not in the catalog; see the block",
		})
		return nil
	}
	p.TableSchema, p.Table, p.Statements = fold1(schema), fold1(table), strings.ToUpper(kinds)
	if p.TableSchema == "" {
		p.TableSchema = x.schema
	}
	if ok3 && ok4 && fn != "" {
		p.Function = strings.Join(splitName(fn), ".")
		if owner != "" {
			p.Function = fold1(owner) + "." + p.Function
		}
	}
	return p
}
