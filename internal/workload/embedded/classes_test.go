package embedded

import (
	"testing"

	"landfall/internal/workload"
)

// TestClasses reads declarations as Java writes them, and tells nothing where two classes have a name.
func TestClasses(t *testing.T) {
	var c Classes
	for name, text := range map[string]string{
		"A.java": `package a; import java.sql.Date; import java.util.*;
@Data @Table(name = "t", indexes = {@Index(name = "x")})
public class A extends Base<Long> implements Comparable<A> {
  private static final Map<String, List<Integer>> ALL = new HashMap<>() {{ put("a", null); }};
  @Column(name = "d") private Date day, other; // Date third;
  private java.util.Date asked = new java.util.Date();
  private B b; private long[] ids = {1, 2}; List<B> list;
  static { int inStatic = 1; }
  public A() { int local = 1; }
  public <T extends Number> T get(T x) { String hidden = "private int no;"; return x; }
  static class Inner { int deep; }
  enum E { X { int no; }, Y }
  record R(long id, @Nonnull String name) {}
}`,
		"B.java":    `package a; class B { java.math.BigDecimal sum; }`,
		"Base.java": `package a; abstract class Base<T> { protected T any; String text; }`,
		"M.java":    `package a; interface M { A find(@Param("id") long id, @Param("a") final A a); void put(A a); int del(long x, String s); List<A> all(List<Long> ids); }`,
		"T1.java":   `package one; class Twice { int x; }`,
		"T2.java":   `package two; class Twice { String x; }`,
	} {
		c.Add(workload.NewSource(name, []byte(text)))
	}
	for _, k := range []struct{ got, want string }{
		{c.Field("a.A", "day"), "java.sql.Date"},
		{c.Field("A", "other"), "java.sql.Date"},
		{c.Field("a", "asked"), "java.util.Date"}, // an alias of a mapper
		{c.Field("A", "third"), ""},
		{c.Field("A", "inStatic"), ""},
		{c.Field("A", "local"), ""},
		{c.Field("A", "no"), ""},
		{c.Field("A", "b.sum"), "java.math.BigDecimal"},
		{c.Field("A", "ids"), "long[]"},
		{c.Field("A", "list"), "List<B>"},
		{c.Field("A", "text"), "String"},
		{c.Field("A", "deep"), ""},
		{c.Field("Inner", "deep"), "int"},
		{c.Field("R", "name"), "String"},
		{c.Field("Twice", "x"), ""},
		{c.Field("two.Twice", "x"), "String"},
		{c.Field("Nobody", "x"), ""},
		{c.Argument("a.M", "find", "id"), "long"},
		{c.Argument("a.M", "find", "a.day"), "java.sql.Date"},
		{c.Argument("a.M", "put", "day"), "java.sql.Date"},
		{c.Argument("a.M", "put", "x"), ""},
		{c.Argument("a.M", "del", "x"), "long"},
		{workload.Element(c.Argument("a.M", "all", "ids")), "Long"},
		{workload.JavaType(c.Field("A", "day")), "DATE"},
		{workload.JavaType(c.Field("A", "asked")), "TIMESTAMP"},
	} {
		if k.got != k.want {
			t.Errorf("got %q, want %q", k.got, k.want)
		}
	}
}

// FuzzClasses holds the reader of declarations to ending.
func FuzzClasses(f *testing.F) {
	f.Add([]byte("package a; class A<T extends B<T>> { @X(a = {1}) private int[] b = {1, 2}, c; <T> void f(@Param(\"x\") T... y) { } }"))
	f.Add([]byte("class { record interface class A ( @ < > ,"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<14 {
			return
		}
		var c Classes
		c.Add(workload.NewSource("F.java", text))
		for name := range c.byName {
			c.Field(name, "a.b")
			c.Argument(name, "f", "a.b")
		}
	})
}
