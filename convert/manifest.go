package convert

import "landfall/internal/model"

const manifestVersion = 1

// Manifest is manifest.json: what the folder holds and how far each object's proof reaches.
type Manifest struct {
	Version int      `json:"version"`
	Target  string   `json:"target"`
	Totals  Totals   `json:"totals"`
	Proof   *Proof   `json:"proof,omitempty"`   // by whom it was judged
	Support []string `json:"support,omitempty"` // functions of the support schema that are used
	// Extensions are made where the server has them, and Schemas, before anything else.
	Extensions []string `json:"extensions,omitempty"`
	Schemas    []string `json:"schemas,omitempty"`

	Files   []ManifestFile   `json:"files"` // in order of deployment
	Objects []ManifestObject `json:"objects"`
}

// ManifestFile is one file of the result.
type ManifestFile struct {
	Name     string         `json:"name"`
	Phase    string         `json:"phase"`
	Standing model.Standing `json:"standing"` // of the lowest output in it
	SHA256   string         `json:"sha256"`
	// Needs are extensions, or schemas that stand for them, without which the file is left out.
	Needs []string `json:"needs,omitempty"`
}

// ManifestObject is one object of the source with the files that it became.
type ManifestObject struct {
	Object
	Files []string `json:"files,omitempty"`
}
