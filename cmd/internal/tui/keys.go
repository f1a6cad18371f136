package tui

import "slices"

// action is what a key does.
type action int

const (
	actNone action = iota
	actQuit
	actHelp
	actBack
	actNextPane
	actLastPane
	actFindings
	actSource
	actSheet
	actZoom
	actDown
	actUp
	actPageDown
	actPageUp
	actTop
	actBottom
	actOpen
	actLeft
	actRight
	actToggle
	actCloseAll
	actOpenAll
	actSearch
	actNext
	actPrev
	actNextMark
	actPrevMark
	actFilter
	actClear
	actSeverity
	actRefused
	actOneSide
	actCopy
	actSuspend
	actPause
	actResume
	actThrottle
	actSessions
	actOrder
)

// scope is where a key works.
type scope int

const (
	everywhere scope = iota
	inTree
	inFindings
	inSource
	inSheet
	inStart
	inLoad
)

var scopeNames = map[scope]string{everywhere: "Everywhere", inTree: "Objects", inFindings: "Findings", inSource: "Source", inSheet: "Evidence", inStart: "Start", inLoad: "Load"}

// binding is one row of the table of keys.
type binding struct {
	keys []string // as bubbletea names them; the first is what the bar shows
	act  action
	in   []scope
	bar  string // a word for the bar at the bottom; "" leaves it to the help
	what string // for the help
}

// bindings is the table. A key may stand in it several times for different scopes; the row of the narrower scope holds.
var bindings = []binding{
	{[]string{"j", "down"}, actDown, []scope{everywhere}, "", "down"},
	{[]string{"k", "up"}, actUp, []scope{everywhere}, "", "up"},
	{[]string{"pgdown", "ctrl+f", "ctrl+d", "space"}, actPageDown, []scope{everywhere}, "", "page down"},
	{[]string{"pgup", "ctrl+b", "ctrl+u"}, actPageUp, []scope{everywhere}, "", "page up"},
	{[]string{"g", "home"}, actTop, []scope{everywhere}, "", "to the top"},
	{[]string{"G", "end"}, actBottom, []scope{everywhere}, "", "to the bottom"},
	{[]string{"enter"}, actOpen, []scope{inTree}, "open", "open a group, or go to the findings of an object"},
	{[]string{"enter"}, actOpen, []scope{inFindings}, "source", "show the finding in the source, beside the conversion"},
	{[]string{"enter"}, actOpen, []scope{inSheet}, "", "show the source"},
	{[]string{"enter"}, actOpen, []scope{inStart}, "choose", "open this"},
	{[]string{"esc"}, actBack, []scope{everywhere}, "", "back: source, findings, objects; then drop the filter"},
	{[]string{"tab"}, actNextPane, []scope{everywhere}, "", "next pane: objects, findings, source, evidence"},
	{[]string{"shift+tab"}, actLastPane, []scope{everywhere}, "", "pane before"},
	{[]string{"1"}, actFindings, []scope{everywhere}, "", "findings of what is selected"},
	{[]string{"2"}, actSource, []scope{everywhere}, "", "source of the object beside its conversion"},
	{[]string{"3"}, actSheet, []scope{everywhere}, "", "evidence: rung, checks, what needs what"},
	{[]string{"z"}, actZoom, []scope{inTree, inFindings, inSource, inSheet}, "zoom", "give the pane the whole screen, or give it back"},
	{[]string{"l", "right"}, actRight, []scope{inTree}, "", "open a group, or go to the findings of an object"},
	{[]string{"h", "left"}, actLeft, []scope{inTree}, "", "close a group, or go to its parent"},
	{[]string{"l", "right"}, actRight, []scope{inSource, inFindings, inSheet}, "", "scroll right"},
	{[]string{"h", "left"}, actLeft, []scope{inSource, inFindings, inSheet}, "", "scroll left"},
	{[]string{"o"}, actOneSide, []scope{inSource}, "side", "both sides, source only, conversion only"},
	{[]string{"]"}, actNextMark, []scope{inSource}, "next", "next line with a finding"},
	{[]string{"["}, actPrevMark, []scope{inSource}, "", "line with a finding before"},
	{[]string{"-"}, actCloseAll, []scope{inTree}, "", "close all groups"},
	{[]string{"+", "="}, actOpenAll, []scope{inTree}, "", "open all groups"},
	{[]string{"/"}, actSearch, []scope{inTree, inFindings, inSource, inSheet}, "search", "search in this pane"},
	{[]string{"n"}, actNext, []scope{inTree, inFindings, inSource, inSheet}, "", "next place found"},
	{[]string{"N"}, actPrev, []scope{inTree, inFindings, inSource, inSheet}, "", "place found before"},
	{[]string{"f"}, actFilter, []scope{inTree, inFindings, inSource, inSheet}, "filter", "filter objects and findings"},
	{[]string{"F"}, actClear, []scope{inTree, inFindings, inSource, inSheet}, "", "drop the filter"},
	{[]string{"s"}, actSeverity, []scope{inTree, inFindings, inSource, inSheet}, "severity", "least severity: all, low, medium, high, blocker"},
	{[]string{"r"}, actRefused, []scope{inTree, inFindings, inSource, inSheet}, "refused", "refused objects only, or all"},
	{[]string{"y"}, actCopy, []scope{inTree, inFindings, inSource, inSheet}, "", "copy the place, FILE:LINE, to the clipboard"},
	{[]string{"p"}, actPause, []scope{inLoad}, "pause", "let the chunks at hand be finished, and wait"},
	{[]string{"r"}, actResume, []scope{inLoad}, "resume", "let a paused load go on"},
	{[]string{"t"}, actThrottle, []scope{inLoad}, "rate", "bytes that are written a second, by all processes of the load"},
	{[]string{"T"}, actSessions, []scope{inLoad}, "sessions", "sessions of the source, likewise"},
	{[]string{"tab"}, actNextPane, []scope{inLoad}, "list", "tables, workers, trouble"},
	{[]string{"shift+tab"}, actLastPane, []scope{inLoad}, "", "list before"},
	{[]string{"s"}, actOrder, []scope{inLoad}, "order", "as planned, what is to do first, by name"},
	{[]string{"/", "f"}, actFilter, []scope{inLoad}, "find", "only tables whose names have a word"},
	{[]string{"esc"}, actBack, []scope{inLoad}, "", "all tables again"},
	{[]string{"?"}, actHelp, []scope{everywhere}, "help", "this help"},
	{[]string{"q", "ctrl+c"}, actQuit, []scope{everywhere}, "quit", "quit"},
	{[]string{"ctrl+z"}, actSuspend, []scope{everywhere}, "", "suspend; fg comes back"},
}

// lookup finds what a key does in a scope.
func lookup(key string, in scope) action {
	found := actNone
	for _, b := range bindings {
		if !slices.Contains(b.keys, key) {
			continue
		}
		if slices.Contains(b.in, in) {
			return b.act
		}
		if slices.Contains(b.in, everywhere) {
			found = b.act
		}
	}
	return found
}

var keyNames = map[string]string{"down": "↓", "up": "↑", "left": "←", "right": "→", "pgdown": "PgDn", "pgup": "PgUp", "home": "Home", "end": "End", "enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "space": "Space"}

func keyName(key string) string {
	if n, ok := keyNames[key]; ok {
		return n
	}
	if len(key) > 5 && key[:5] == "ctrl+" {
		return "^" + string(key[5]-'a'+'A')
	}
	return key
}
