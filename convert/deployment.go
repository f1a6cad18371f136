package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landfall/internal/model"
	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/quote"
)

// Statement is one statement of a folder that Write made, for whoever deploys it without psql.
type Statement struct {
	Phase  string // as in the manifest; "extension" and "support" stand in front of all
	Object string // the file's name, for people
	SQL    string // without a semicolon
	Needs  []string
}

// ReadDeployment gives the statements of a folder that Write made, in order of deployment: extensions, schemas, the support
// schema and every file but scripts. Files are read as they are: what somebody has mended in them counts.
func ReadDeployment(dir string) ([]Statement, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &model.Error{Code: "CV2001", Op: "read " + dir, Err: errors.New("it holds no manifest.json: landfall convert has not written it, or not to its end"), Hint: "landfall convert --out " + dir + " writes it"}
	}
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Join(dir, manifestFile), err)
	}
	if m.Version != manifestVersion {
		return nil, fmt.Errorf("read %s: its version is %d, this program knows %d", filepath.Join(dir, manifestFile), m.Version, manifestVersion)
	}
	var list []Statement
	for _, name := range m.Extensions {
		// only where the server has it, as in deploy_pre.sql
		list = append(list, Statement{Phase: "extension", Object: name, SQL: strings.TrimSuffix(strings.TrimSpace(extensionBlock([]string{name})), ";")})
	}
	for _, name := range m.Schemas {
		list = append(list, Statement{Phase: "schema", Object: name, SQL: "CREATE SCHEMA IF NOT EXISTS " + quote.Ident(name)})
	}
	if list, err = readStatements(list, dir, supportFile, Statement{Phase: "support", Object: supportFile}); err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		if f.Phase == "script" {
			continue
		}
		if list, err = readStatements(list, dir, f.Name, Statement{Phase: f.Phase, Object: strings.TrimSuffix(f.Name[strings.LastIndexByte(f.Name, '/')+1:], ".sql"), Needs: f.Needs}); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func readStatements(list []Statement, dir, name string, as Statement) ([]Statement, error) {
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	for _, s := range lex.Statements(string(b)) {
		as.SQL = s.Text
		list = append(list, as)
	}
	return list, nil
}
