package mybatis

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/workload"
)

// node is one element, or a piece of text (name "").
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	pieces   []workload.Piece // of a text
	at       int              // byte at which it begins
}

func (n *node) attr(name string) string { return n.attrs[name] }

// entity is a declaration of one in a document type.
var entity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// maxDepth bounds how deep elements may be nested.
const maxDepth = 200

// parse reads a file into a tree; nil without an error when it is no mapper.
func parse(src *workload.Source, run *int) (*node, *workload.Problem) {
	if !bytes.Contains(src.Text, []byte("<mapper")) && !bytes.Contains(src.Text, []byte("<sqlMap")) {
		return nil, nil
	}
	return parseRoot(src, run, "mapper", "sqlMap")
}

// parseRoot reads a tree whose root is one of these elements; nil without an error when it is another.
func parseRoot(src *workload.Source, run *int, roots ...string) (*node, *workload.Problem) {
	d := xml.NewDecoder(bytes.NewReader(src.Text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	var (
		stack []*node
		root  *node
	)
	fail := func(off int, err error) *workload.Problem {
		var syntax *xml.SyntaxError
		msg := err.Error()
		if errors.As(err, &syntax) {
			msg = "broken XML: " + syntax.Msg
		}
		return &workload.Problem{Pos: src.Pos(off), Kind: workload.Unreadable, Reason: msg}
	}
	for {
		lo := int(d.InputOffset())
		tok, err := d.RawToken()
		hi := int(d.InputOffset())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fail(lo, err)
		}
		switch t := tok.(type) {
		case xml.Directive: // entities that the document type declares itself
			for _, m := range entity.FindAllSubmatch(t, -1) {
				if d.Entity == nil {
					d.Entity = map[string]string{}
				}
				d.Entity[string(m[1])] = string(m[2]) + string(m[3])
			}
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: map[string]string{}, at: lo}
			for _, a := range t.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			if len(stack) == 0 {
				if root != nil {
					return nil, fail(lo, errors.New("broken XML: a second root element"))
				}
				if !slices.Contains(roots, n.name) {
					return nil, nil // another file that mentions them
				}
				root = n
			} else {
				top := stack[len(stack)-1]
				top.children = append(top.children, n)
			}
			if stack = append(stack, n); len(stack) > maxDepth {
				return nil, fail(lo, errors.New("elements are nested too deeply"))
			}
		case xml.EndElement:
			if len(stack) == 0 || stack[len(stack)-1].name != t.Name.Local {
				return nil, fail(lo, errors.New("broken XML: </"+t.Name.Local+"> closes nothing"))
			}
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) == 0 {
				continue
			}
			*run++
			top := stack[len(stack)-1]
			top.children = append(top.children, &node{pieces: textPieces(src, lo, hi, *run, d.Entity), at: lo})
		}
	}
	if len(stack) > 0 {
		return nil, fail(stack[len(stack)-1].at, errors.New("broken XML: <"+stack[len(stack)-1].name+"> is not closed"))
	}
	return root, nil
}

// textPieces cuts character data into bytes that stand for themselves and references that stand for a character.
func textPieces(src *workload.Source, lo, hi, run int, entities map[string]string) []workload.Piece {
	raw := string(src.Text[lo:hi])
	seg := func(form workload.Form, text string, lo, hi int) workload.Piece {
		return workload.Piece{Text: text, Segment: workload.Segment{File: src.Name, Lo: lo, Hi: hi, Form: form, Run: run}}
	}
	if strings.HasPrefix(raw, "<![CDATA[") {
		end := len(raw)
		if strings.HasSuffix(raw, "]]>") {
			end -= len("]]>")
		}
		return []workload.Piece{seg(workload.FormCDATA, raw[len("<![CDATA["):end], lo+len("<![CDATA["), lo+end)}
	}
	var list []workload.Piece
	for at := 0; at < len(raw); {
		amp := strings.IndexByte(raw[at:], '&')
		if amp < 0 {
			list = append(list, seg(workload.FormXML, raw[at:], lo+at, hi))
			break
		}
		if amp > 0 {
			list = append(list, seg(workload.FormXML, raw[at:at+amp], lo+at, lo+at+amp))
			at += amp
		}
		end := strings.IndexByte(raw[at:], ';')
		if end < 0 {
			list = append(list, seg(workload.FormXML, raw[at:], lo+at, hi))
			break
		}
		value, declared := entities[raw[at+1:at+end]]
		if !declared {
			value = reference(raw[at : at+end+1])
		}
		list = append(list, seg(workload.FormXML, value, lo+at, lo+at+end+1))
		at += end + 1
	}
	return list
}

// reference is the character that &...; stands for.
func reference(s string) string {
	var v struct {
		Text string `xml:",chardata"`
	}
	if err := xml.Unmarshal([]byte("<a>"+s+"</a>"), &v); err != nil {
		return s
	}
	return v.Text
}
