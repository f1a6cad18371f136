package cli

import "landfall/internal/spelling"

// nearest is the name closest to what was typed, or "" when none is close.
func nearest(typed string, names []string) string { return spelling.Nearest(typed, names) }
