package patch

import (
	"fmt"
	"strings"

	"landfall/internal/workload"
)

// written is a piece of converted SQL as the source has to hold it: host variables and holes as the program writes them,
// the rest with the escapes of its form.
func written(text string, form workload.Form, v *Variant, files map[string]*workload.Source) (string, error) {
	var b strings.Builder
	from := 0
	for _, w := range words(text, false) {
		s, ok := v.stands(w.text)
		if !ok {
			if strings.HasPrefix(w.text, ":") && len(w.text) > 1 && w.text != "::" && w.text != ":=" && !v.writes(w.text) || strings.HasPrefix(w.text, "$") && len(w.text) > 1 && w.text[1] >= '0' && w.text[1] <= '9' {
				return "", fmt.Errorf("the variable %s changes its place", w.text)
			}
			continue
		}
		e, err := escape(text[from:w.lo], form)
		if err != nil {
			return "", err
		}
		b.WriteString(e)
		src := files[s.File]
		if src == nil || s.Hi <= s.Lo || s.Hi > len(src.Text) {
			return "", fmt.Errorf("%s is not written in the source as it is", w.text)
		}
		b.Write(src.Text[s.Lo:s.Hi])
		from = w.hi
	}
	e, err := escape(text[from:], form)
	b.WriteString(e)
	return b.String(), err
}

// writes reports whether the source itself has the variable as SQL does: named parameters of Spring, JPA and Python.
func (v *Variant) writes(name string) bool {
	at := 0
	for _, s := range v.Segments {
		if s.Holds == workload.HoldsText {
			for _, w := range words(v.Text[at:at+s.Len], false) {
				if strings.EqualFold(w.text, name) {
					return true
				}
			}
		}
		at += s.Len
	}
	return false
}

// stands finds the variable or hole that a token of the statement stands for.
func (v *Variant) stands(token string) (workload.Segment, bool) {
	at := 0
	for _, s := range v.Segments {
		text := v.Text[at : at+s.Len]
		at += s.Len
		if s.Holds != workload.HoldsText && s.Holds != workload.HoldsGlue && s.Len > 0 && strings.EqualFold(text, token) {
			return s, true
		}
	}
	return workload.Segment{}, false
}

// escape writes text in a form. What the form cannot hold is an error.
func escape(text string, form workload.Form) (string, error) {
	refuse := func() (string, error) {
		return "", fmt.Errorf("%q cannot be written in a literal of this form", clip(text))
	}
	switch form {
	case workload.FormPlain:
		return text, nil
	case workload.FormXML:
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", "]]>", "]]&gt;").Replace(text), nil
	case workload.FormXMLAttr:
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "'", "&apos;", "\n", "&#10;").Replace(text), nil
	case workload.FormCDATA:
		if strings.Contains(text, "]]>") {
			return refuse()
		}
		return text, nil
	case workload.FormJava:
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text), nil
	case workload.FormJavaBlock:
		if strings.Contains(text, "\n") { // a line with less indentation would shift all others
			if strings.ContainsAny(text, "'\"") || strings.Contains(text, "--") {
				return refuse()
			}
			text = strings.Join(strings.Fields(text), " ")
		}
		return strings.NewReplacer(`\`, `\\`, `"""`, `\"""`).Replace(text), nil
	case workload.FormVerbatim:
		return strings.ReplaceAll(text, `"`, `""`), nil
	case workload.FormSingle:
		return strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`).Replace(text), nil
	case workload.FormDouble:
		if strings.ContainsAny(text, "${}") {
			return refuse()
		}
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text), nil
	case workload.FormTriple:
		if strings.Contains(text, `"""`) || strings.Contains(text, "'''") {
			return refuse()
		}
		return strings.ReplaceAll(text, `\`, `\\`), nil
	case workload.FormShell:
		return strings.NewReplacer(`\`, `\\`, "$", `\$`, "`", "\\`").Replace(text), nil
	case workload.FormProperty:
		return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text), nil
	}
	return refuse()
}
