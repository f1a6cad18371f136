package tui

// Sizes from which on things are shown.
const (
	leastW    = 20  // below, only a word
	leastH    = 5   //
	bothW     = 70  // tree and another pane side by side
	wideW     = 100 // tree and source side by side
	sidesW    = 50  // source and conversion side by side, within their pane
	previewH  = 16  // finding list with the text of the selected one below
	previewOf = 5   // the list gets at least this much
)

// layout is how the screen is cut. Rows: title, heads of the panes, body, note or prompt, keys.
type layout struct {
	small      bool
	treeW      int // 0: not shown
	rightW     int // 0: not shown
	body       int // rows of a pane
	listRows   int // of them, for the list of findings
	preview    int // and for the text of the selected one, 0: none
	sourceRows int // of the source; below it the findings of the line
}

func (m *Model) layout() layout {
	l := layout{body: m.h - 4}
	if m.h < 8 { // no heads, no keys
		l.body = m.h - 2
	}
	if m.w < leastW || m.h < leastH {
		l.small = true
		l.body = max(l.body, 1)
	}
	switch {
	case m.zoom && m.focus == paneTree:
		l.treeW = m.w
	case m.zoom, m.w < bothW && m.focus != paneTree, m.w < wideW && m.focus == paneSource:
		l.rightW = m.w
	case m.w < bothW:
		l.treeW = m.w
	default:
		l.treeW = max(26, min(m.w*30/100, 48))
		l.rightW = m.w - l.treeW - 1
	}
	l.listRows, l.sourceRows = l.body, l.body
	if l.body >= previewH {
		l.preview = max(9, l.body*2/5)
		l.listRows = l.body - l.preview
	} else if l.body >= 11 {
		l.preview = l.body - previewOf
		l.listRows = previewOf
	}
	if l.body >= 8 {
		l.sourceRows = l.body - 2
	}
	return l
}
