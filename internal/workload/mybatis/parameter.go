package mybatis

import (
	"strings"

	"landfall/internal/workload"
)

// item is the variable of a loop.
type item struct{ name, class string }

// parameter reads what stands in #{...}: an expression and settings behind commas; in iBATIS expression:TYPE:null value.
// typ is Oracle's name of what the driver sends.
func (b *builder) parameter(s string) (expr, typ string, out bool) {
	jdbc, class := "", ""
	expr, rest, _ := strings.Cut(s, ",")
	if b.legacy {
		parts := strings.SplitN(expr, ":", 3)
		if expr = parts[0]; len(parts) > 1 {
			jdbc = parts[1]
		}
	} else if e, t, ok := strings.Cut(expr, ":"); ok {
		expr, jdbc = e, t
	}
	expr = strings.TrimSpace(expr)
	for _, f := range strings.Split(rest, ",") {
		name, v, _ := strings.Cut(strings.TrimSpace(f), "=")
		switch v = strings.TrimSpace(v); strings.TrimSpace(name) {
		case "jdbcType":
			jdbc = v
		case "javaType":
			class = v
		case "mode":
			out = strings.EqualFold(v, "OUT") || strings.EqualFold(v, "INOUT")
		}
	}
	if class == "" {
		class = b.class(expr)
	}
	return expr, sent(class, jdbc), out
}

// sent is what the driver sends of a class of Java: its type handler is chosen by the class, and a jdbcType beside it only
// tells of dates whether their time goes along.
func sent(class, jdbc string) string {
	java, sql := workload.JavaType(class), workload.JDBCType(jdbc)
	switch {
	case java == "":
		return sql
	case java == "TIMESTAMP" && (sql == "DATE" || sql == "TIMESTAMP"):
		return sql
	}
	return java
}

// class is the class of an expression, "" where nothing tells it: the variable of a loop, a property of the argument, a
// parameter of the mapper's method.
func (b *builder) class(expr string) string {
	first, rest, more := strings.Cut(expr, ".")
	for i := len(b.items) - 1; i >= 0; i-- {
		if it := b.items[i]; it.name != "" && it.name == strings.TrimSuffix(first, "[0]") {
			if more {
				return b.field(it.class, rest)
			}
			return it.class
		}
	}
	argument := b.scan.alias(b.param)
	if workload.JavaType(argument) != "" && !more {
		return argument // a plain value, whatever it is called
	}
	if t := b.field(argument, expr); t != "" || b.scan.classes == nil {
		return t
	}
	return b.scan.classes.Argument(b.space, b.method, expr)
}

func (b *builder) field(class, path string) string {
	if class == "" || b.scan.classes == nil {
		return ""
	}
	return b.scan.classes.Field(class, path)
}

// alias is the class behind an alias.
func (s *scanner) alias(name string) string {
	if full := s.aliases[strings.ToLower(name)]; full != "" {
		return full
	}
	return name
}
