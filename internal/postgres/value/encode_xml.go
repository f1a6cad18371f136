package value

import "bytes"

// appendXML writes a document or a fragment as xml_send gives it back. The declaration says nothing that holds here: the
// text is in UTF-8 whatever encoding it names, and the server would take it at its word. Only a version other than 1.0 and
// standalone are kept, and newlines in front, which PostgreSQL never prints, are not.
func appendXML(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	d, n, ok := xmlDeclaration(text)
	if !ok {
		return dst, Malformed
	}
	text = text[n:]
	if d.standalone == nil && (d.version == nil || string(d.version) == "1.0") {
		return append(dst, bytes.TrimLeft(text, "\n")...), NoFault
	}
	dst = append(append(append(dst, `<?xml version="`...), d.version...), '"')
	if d.standalone != nil {
		dst = append(append(append(dst, ` standalone="`...), d.standalone...), '"')
	}
	return append(append(dst, "?>"...), text...), NoFault
}

type xmlDecl struct{ version, standalone []byte }

// xmlDeclaration reads the declaration in front of a document and its length; 0 where there is none. ok is false for one
// that is not in order.
func xmlDeclaration(text []byte) (d xmlDecl, length int, ok bool) {
	const open = "<?xml"
	if !bytes.HasPrefix(text, []byte(open)) || len(text) == len(open) || !xmlSpace(text[len(open)]) { // <?xml-stylesheet ...
		return d, 0, true
	}
	end := bytes.Index(text, []byte("?>"))
	if end < 0 {
		return d, 0, false
	}
	rest := text[len(open):end]
	for _, name := range []string{"version", "encoding", "standalone"} {
		trimmed := bytes.TrimLeft(rest, " \t\r\n")
		if !bytes.HasPrefix(trimmed, []byte(name)) {
			continue
		}
		after := bytes.TrimLeft(trimmed[len(name):], " \t\r\n")
		if len(trimmed) == len(rest) || len(after) < 3 || after[0] != '=' {
			return d, 0, false
		}
		after = bytes.TrimLeft(after[1:], " \t\r\n")
		if len(after) < 2 || after[0] != '"' && after[0] != '\'' {
			return d, 0, false
		}
		close := bytes.IndexByte(after[1:], after[0])
		if close < 0 {
			return d, 0, false
		}
		v := after[1 : close+1]
		rest = after[close+2:]
		switch name {
		case "version":
			if d.version = v; !xmlVersion(v) {
				return d, 0, false
			}
		case "standalone":
			if d.standalone = v; string(v) != "yes" && string(v) != "no" {
				return d, 0, false
			}
		}
	}
	if len(bytes.TrimLeft(rest, " \t\r\n")) > 0 || d.version == nil {
		return d, 0, false
	}
	return d, end + 2, true
}

func xmlSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

func xmlVersion(v []byte) bool {
	for _, b := range v {
		if !(b >= '0' && b <= '9' || b == '.') {
			return false
		}
	}
	return len(v) > 0
}
