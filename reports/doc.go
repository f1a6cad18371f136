// Package reports writes what the stages found as files that people and machines read: Excel, HTML, JSON,
// Markdown, SARIF, JUnit and the lines of GitHub.
//
// Input -> output: a finished assess.Result in, one file's bytes out. It holds no analysis: every figure stands
// in the result, and a report only arranges them. The same result gives the same bytes: no clock, no machine
// names, no map order. All functions only read the result and may be called concurrently.
package reports

// Options are what a reader may choose about a report.
type Options struct {
	Lang string // "en" or "zh"; empty is English
	// SourcePath is where the folder of the source lies in the reader's checkout, with slashes: what SARIF and GitHub put
	// before the names of its files. Empty: they are named from the folder itself.
	SourcePath string
}
