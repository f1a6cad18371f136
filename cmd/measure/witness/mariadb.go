package witness

import (
	"regexp"
	"strings"
)

// MariaDB's suite: a .test file with statements between commands of mysqltest, and a .result file with every statement
// repeated, followed by what it gave: a line with the names of the columns, rows with tabs between cells, or an error.

var (
	testCommand  = regexp.MustCompile(`^(--|#)`)
	delimiter    = regexp.MustCompile(`(?i)^\s*(?:--)?\s*delimiter\s+(\S+?)\s*$`)
	testVerb     = regexp.MustCompile(`(?i)^(eval|let|source|connect|connection|disconnect|inc|dec|while|if|send|reap|exec|echo|error|sorted_result|replace_\w+|enable_\w+|disable_\w+|remove_file|write_file|die|query_vertical|vertical_results|horizontal_results|sleep|real_sleep|sync_\w+|save_master_pos|perl|end|}|\{|skip)\b`)
	mariaError   = regexp.MustCompile(`^ERROR (\w{5}): (.*)$`)
	warningLine  = regexp.MustCompile(`^(Note|Warning|Error)\t\d+\t`)
	mariaSetting = regexp.MustCompile(`(?i)^(set\b|show\b|explain\b|describe\b|desc\b|analyze\b|flush\b|use\b|prepare\b|execute\b|deallocate\b|handler\b|checksum\b|lock\b|unlock\b|optimize\b|help\b|delimiter\b|create\s+(database|user|schema)\b|drop\s+(database|user|schema)\b|grant\b|revoke\b|xa\b|signal\b|resignal\b|change\b|reset\b|start\b|kill\b)`)
	mariaForeign = regexp.MustCompile("(?i)`|@|\\binformation_schema\\b|\\bmysql\\.|\\bengine\\s*=|\\bauto_increment\\b|\\bnot\\s+exists\\b\\s+\\w+\\s+as\\b|\\bcharacter\\s+set\\b|\\bcollat|\\bcharset\\b|_(latin1|utf8\\w*|ucs2)\\b|\\bsql_mode\\b|\\bunsigned\\b|\\b(hex|version|user|database|coercibility|json_\\w+|group_concat|last_insert_id|sleep|concat_operator_oracle|\\w+_oracle)\\s*\\(")
)

func readMariaDB(script, result string) []*Statement {
	out := splitLines(result)
	var list []*Statement
	at, end := 0, ";" // place in the results; what ends a statement
	lines := splitLines(script)
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if m := delimiter.FindStringSubmatch(strings.TrimSuffix(line, end)); m != nil {
			end = m[1]
			continue
		}
		if line == "" || testCommand.MatchString(line) {
			continue
		}
		from := i
		for i < len(lines)-1 && !strings.HasSuffix(strings.TrimRight(lines[i], " \t"), end) {
			i++
		}
		raw := strings.Join(lines[from:i+1], "\n")
		text := strings.TrimSuffix(strings.TrimSpace(raw), end)
		if testVerb.MatchString(line) {
			continue
		}
		s := &Statement{Line: from + 1, Raw: raw, Text: strings.TrimSpace(text)}
		head := strings.TrimSpace(stripComments(s.Text))
		first, behind, found := findEcho(out, at, s.Text, end)
		switch {
		case head == "":
			continue
		case !found:
			s.Skip = "not in the results"
		case mariaSetting.MatchString(head):
			s.Skip = "a setting or statement of MariaDB's"
		case mariaForeign.MatchString(head):
			s.Skip = "MariaDB's language"
		}
		if found {
			at = behind
			s.echo, s.start = first, behind
		}
		list = append(list, s)
	}
	for i, s := range list { // what a statement gave reaches to the echo of the next one
		if s.start == 0 {
			continue
		}
		to := len(out)
		for _, next := range list[i+1:] {
			if next.start > 0 {
				to = next.echo
				break
			}
		}
		s.Want = mariaOutput(out[s.start:max(to, s.start)])
	}
	return list
}

// findEcho looks for the repetition of a statement, and gives its first line and the one behind it. Indentation is not
// repeated.
func findEcho(out []string, from int, text, end string) (first, behind int, found bool) {
	want := echoLines(text)
	for i := from; i+len(want) <= len(out); i++ {
		if sameEcho(out[i:i+len(want)], want, end) {
			behind = i + len(want)
			if behind < len(out) && strings.TrimSpace(out[behind]) == end {
				behind++
			}
			return i, behind, true
		}
	}
	return 0, 0, false
}

func echoLines(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "-- ") {
			list = append(list, line)
		}
	}
	return list
}

func sameEcho(out, want []string, end string) bool {
	for i := range want {
		line := strings.TrimSpace(out[i])
		if i == len(want)-1 {
			line = strings.TrimSpace(strings.TrimSuffix(line, end))
			if line == strings.TrimSpace(strings.TrimSuffix(want[i], end)) {
				continue
			}
		}
		if line != want[i] {
			return false
		}
	}
	return len(want) > 0
}

func mariaOutput(lines []string) (w Want) {
	for i := 0; i < len(lines); {
		switch m := mariaError.FindStringSubmatch(lines[i]); {
		case m != nil:
			w.Error = m[2]
			i++
		case lines[i] == "Warnings:":
			for i++; i < len(lines) && warningLine.MatchString(lines[i]); i++ {
			}
		case strings.HasPrefix(lines[i], "#") || lines[i] == "":
			i++
		default:
			head := lines[i]
			columns := strings.Count(head, "\t")
			rows := [][]string{}
			for i++; i < len(lines) && strings.Count(lines[i], "\t") == columns && lines[i] != "Warnings:" && !strings.HasPrefix(lines[i], "#") && !mariaError.MatchString(lines[i]); i++ {
				rows = append(rows, strings.Split(lines[i], "\t"))
			}
			if !strings.HasPrefix(head, "Catalog\tDatabase\tTable\t") { // what the columns are, where the test asks for it
				w.Tables = append(w.Tables, rows)
			}
		}
	}
	return w
}
