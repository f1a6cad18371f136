package reports

import (
	"landfall/assess"
	"landfall/internal/model"
)

// Colours are shared by all reports, so that a severity looks the same in Excel and in the browser. They are
// dark enough for white text on them, light blue and amber excepted.
var (
	severityColour = map[model.Severity]string{
		model.Blocker: "8F1D36", model.High: "D1491B", model.Medium: "DE9A1B", model.Low: "3C7FC0", model.Info: "8594A6",
	}
	effortColour = map[model.Effort]string{model.Auto: "2C9A73", model.Review: "DE9A1B", model.Manual: "C4401C"}
	rungColour   = map[model.Rung]string{
		model.RungUnread: "D1491B", model.RungRead: "8FA3B8", model.RungConverted: "4BA3B7", model.RungAccepted: "2F86A6",
		model.RungCompiled: "1F6487", model.RungEqual: "1E8E5A",
	}
)

const refusedColour = "8F1D36"

// classColour is of the classes of objects and statements.
var classColour = map[string]string{
	assess.ObjectCompatible: "1E8E5A", assess.ObjectConverted: "2F86A6", assess.ObjectManual: "C4401C", assess.ObjectIncompatible: "8F1D36", assess.ObjectUnassessed: "8594A6",
	assess.SQLUnread: "D1491B",
}
