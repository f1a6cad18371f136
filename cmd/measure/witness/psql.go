package witness

import (
	"regexp"
	"slices"
	"strings"
)

// What pg_regress keeps: psql echoes every line of the script that is not empty, and prints what a statement gives behind the line that
// ends it.

// printed tells for each line of a script what psql printed behind it.
func printed(lines, result []string) map[int]*Want {
	wants := map[int]*Want{}
	var script []string // without empty lines
	var numbers []int
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			script, numbers = append(script, line), append(numbers, i)
		}
	}
	j, quiet := 0, false
	for i, line := range script {
		if m := echoSetting.FindStringSubmatch(line); quiet || m != nil && j == 0 {
			// not echoed: a line like it further down would be taken for it. The setting that ends the silence is not echoed either
			if m != nil {
				quiet = strings.EqualFold(m[1], "none")
			}
			continue
		} else if m != nil {
			quiet = strings.EqualFold(m[1], "none")
		}
		k := j
		for k < len(result) && result[k] != line {
			k++
		}
		if k == len(result) || nextEcho(script[i+1:], result[j:k]) >= 0 { // psql does not echo it (after \set ECHO none): what follows is found again by itself
			continue
		}
		j = k + 1
		w := &Want{}
		for j < len(result) && !echoes(script[i+1:], result[j:]) {
			n := w.take(result[j:])
			if n == 0 {
				if next := nextEcho(script[i+1:], result[j:]); next == 0 || next < 0 {
					break
				}
				w.Other = append(w.Other, result[j])
				n = 1
			}
			j += n
		}
		if !w.Empty() {
			wants[numbers[i]] = w
		}
	}
	return wants
}

// echoes reports whether the next two lines of the script are next in the results. One alone may be a line of a table.
func echoes(script, result []string) bool {
	return len(script) > 1 && len(result) > 1 && script[0] == result[0] && script[1] == result[1]
}

// nextEcho is where the script goes on: at its next line, or at one of those behind it that is long enough to be no other; results
// may lack lines of the script. -1 is nowhere.
func nextEcho(script, result []string) int {
	at := -1
	for i, line := range script[:min(len(script), 20)] {
		if i > 0 && len(line) < 24 {
			continue
		}
		if k := slices.Index(result, line); k >= 0 && (at < 0 || k < at) {
			at = k
		}
	}
	return at
}

var (
	echoSetting = regexp.MustCompile(`(?i)^\\set\s+ECHO\s+(\w+)`)
	ruleLine    = regexp.MustCompile(`^-+(\+-+)*$`)
	countLine   = regexp.MustCompile(`^\((\d+) rows?\)$`)
	messageLine = regexp.MustCompile(`^(ERROR|FATAL|NOTICE|WARNING|INFO):  ?(.*)$`)
	moreLine    = regexp.MustCompile(`^(LINE \d+: |DETAIL:  |HINT:  |CONTEXT:  |QUERY:  | *\^$)`)
	contextMore = regexp.MustCompile(`^(PL/i?SQL|PL/pgSQL|SQL (statement|function)|COPY )`)
)

// take reads one table or message from the beginning of lines and says how many lines it has; 0 is neither.
func (w *Want) take(lines []string) int {
	if len(lines) > 1 && ruleLine.MatchString(lines[1]) && strings.HasPrefix(lines[0], " ") { // a comment may look like a rule
		return w.table(lines)
	}
	if len(lines) > 1 && lines[0] == "--" && countLine.MatchString(lines[1]) { // no columns
		w.Tables = append(w.Tables, nil)
		return skipBlank(lines, 2)
	}
	m := messageLine.FindStringSubmatch(lines[0])
	if m == nil {
		return 0
	}
	n := 1
	context := false
	for n < len(lines) {
		switch {
		case moreLine.MatchString(lines[n]):
			context = context || strings.HasPrefix(lines[n], "CONTEXT") || strings.HasPrefix(lines[n], "QUERY")
		case context && contextMore.MatchString(lines[n]):
		default:
			goto done
		}
		n++
	}
done:
	if m[1] == "ERROR" || m[1] == "FATAL" {
		w.Error = m[2]
	} else {
		w.Notices = append(w.Notices, m[2])
	}
	return n
}

// table reads a table of psql's aligned form: a head, a rule, rows, their number, a blank line.
func (w *Want) table(lines []string) int {
	end := 2
	for end < len(lines) && !countLine.MatchString(lines[end]) {
		end++
	}
	if end == len(lines) {
		return 0
	}
	var widths []int
	for part := range strings.SplitSeq(lines[1], "+") {
		widths = append(widths, len(part))
	}
	rows := [][]string{}
	open := false // the row before goes on, since a cell has another line
	for _, line := range lines[2:end] {
		cells, more := cut(line, widths)
		if open {
			last := rows[len(rows)-1]
			for c := range cells {
				if strings.TrimSpace(cells[c]) != "" || more {
					last[c] = strings.TrimRight(last[c], " ") + "\n" + strings.TrimPrefix(cells[c], " ")
				}
			}
		} else {
			rows = append(rows, cells)
		}
		open = more
	}
	for _, row := range rows {
		for c := range row {
			row[c] = strings.TrimRight(strings.TrimPrefix(row[c], " "), " \n")
		}
	}
	w.Tables = append(w.Tables, rows)
	return skipBlank(lines, end+1)
}

// cut takes a line apart by the widths of the columns, which count characters. A "+" at the end of a cell says that its
// text goes on in the next line.
func cut(line string, widths []int) (cells []string, more bool) {
	rest := []rune(line)
	for i, w := range widths {
		n := min(w, len(rest))
		cell := string(rest[:n])
		rest = rest[n:]
		if i == len(widths)-1 { // the last one is not padded
			cell += string(rest)
		} else if len(rest) > 0 {
			rest = rest[1:]
		}
		if len(cell) > 0 && strings.HasSuffix(cell, "+") && len([]rune(cell)) >= w {
			cell, more = strings.TrimSuffix(cell, "+"), true
		}
		cells = append(cells, cell)
	}
	return cells, more
}

func skipBlank(lines []string, n int) int {
	if n < len(lines) && lines[n] == "" {
		n++
	}
	return n
}
