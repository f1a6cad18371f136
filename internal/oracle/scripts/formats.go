package scripts

import (
	"landfall/internal/oracle/syntax/ast"
)

// Formats are the settings of a session by which datetimes without a mask are read and written; "" is the default of
// the database. Stored code takes them from the session that runs it, a statement of a script from its own.
type Formats struct {
	Date, Timestamp, TimestampTZ string // NLS_DATE_FORMAT, NLS_TIMESTAMP_FORMAT, NLS_TIMESTAMP_TZ_FORMAT
}

// Place is where the format of a setting is kept, nil for other settings.
func (m *Formats) Place(setting string) *string {
	switch setting {
	case "NLS_DATE_FORMAT":
		return &m.Date
	case "NLS_TIMESTAMP_FORMAT":
		return &m.Timestamp
	case "NLS_TIMESTAMP_TZ_FORMAT":
		return &m.TimestampTZ
	}
	return nil
}

// set takes a setting of ALTER SESSION. A format is a text; one that is written otherwise is not known.
func (m *Formats) set(f *ast.File, s *ast.SessionSetting, vars *vars) {
	place := m.Place(f.Last(s.Name))
	if place == nil {
		return
	}
	*place = ""
	if len(s.Values) == 1 {
		if l, ok := s.Values[0].(*ast.Literal); ok {
			if text, ok := stringValue(f, l); ok {
				*place = vars.replace(text)
			}
		}
	}
}
