package checks

import (
	"fmt"
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

// table lists every check by code; a test holds the order.
var table = []*Check{
	charset, ncharset, timeZoneFile, nlsSettings, endOfSupport, archiveLog, cluster, containers, parameters, featuresInUse,
	components, standby, applications, sessions, editions,
	forceLogging, supplementalLogging, noKey, noCapture, redoVolume, logSwitches,
	lobSizes, rowLength, columnCount, partitionCount, largeTables, indexKeyLength, staleStatistics, encryption, compression,
	objectTypes, longNames, nameCollisions, schemaCollisions, invalidObjects, wrappedCode, linksOut, jobs, queues,
	externalTables, viewLogs, lifecycle, rowPolicies, externalCode, xmlStorage, constraintStates, domainIndexes, recycleBin,
	anyPrivileges, accounts, publicGrants, grantOptions, defaultPasswords,
}

func object(kind model.ObjectKind, owner, name string) model.ObjectID {
	return model.NewObjectID(kind, model.CatalogName(owner, name))
}

// say makes a phrase; its English is the key of phrases.zh.yaml.
func say(format string, args ...any) phrase.Text { return phrase.Say(format, args...) }

func tableID(k dict.Key) model.ObjectID { return object(model.KindTable, k.Owner, k.Name) }

// bytesText writes a size for people: 12.3 GB.
func bytesText(b float64) string {
	units := []string{"bytes", "KB", "MB", "GB", "TB", "PB"}
	i := 0
	for b >= 1024 && i < len(units)-1 {
		b, i = b/1024, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%.0f %s", b, units[i])
	}
	return fmt.Sprintf("%.1f %s", b, units[i])
}

// some gives the verdict of a check that names what it found: v where there is something, else PASS.
func (o Outcome) some(v Verdict, found, none phrase.Text) Outcome {
	if len(o.Items) > 0 {
		o.Verdict, o.Message = v, found
	} else {
		o.Verdict, o.Message = Pass, none
	}
	return o
}

func (o *Outcome) item(id model.ObjectID, format string, args ...any) {
	o.Items = append(o.Items, item{id: id, what: say(format, args...)})
}

func (o *Outcome) named(name, format string, args ...any) {
	o.Items = append(o.Items, item{name: name, what: say(format, args...)})
}

// fact adds a figure. Its name is one of Oracle's own, or a phrase.
func (o *Outcome) fact(name, format string, args ...any) {
	o.factOf(say(name), format, args...)
}

func (o *Outcome) factOf(name phrase.Text, format string, args ...any) {
	o.Facts = append(o.Facts, fact{name, say(format, args...)})
}

// script adds a statement.
func (o *Outcome) sql(format string, args ...any) { o.Script += fmt.Sprintf(format, args...) + "\n" }

// created lists the catalog's objects of some kinds that the source creates.
func (in *Input) created(kinds ...model.ObjectKind) []*model.Object {
	if in.Catalog == nil {
		return nil
	}
	var list []*model.Object
	for _, o := range in.Catalog.Objects {
		if o.Implied {
			continue
		}
		for _, k := range kinds {
			if o.Kind == k {
				list = append(list, o)
			}
		}
	}
	return list
}

// dataTables are the tables that hold rows of the customer's: not temporary, external, nested or of Oracle's own making.
func (in *Input) dataTables() []*dict.TableFacts {
	var list []*dict.TableFacts
	for _, t := range in.Facts.TablesInOrder() {
		if t.Listed && !t.Temporary && !t.External && !t.Nested && !generated(t.Name) && !ownedByOracle(t.Owner) {
			list = append(list, t)
		}
	}
	return list
}

// generated tells names that Oracle gives itself.
func generated(name string) bool {
	for _, p := range []string{"BIN$", "MLOG$_", "RUPD$_", "SYS_", "DR$", "AQ$", "MDRT_", "MDXT_", "SYSNT"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// ownedByOracle tells schemas that every database has or that come with Oracle's components.
func ownedByOracle(owner string) bool { return oracleSchemas[owner] }

var oracleSchemas = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`SYS SYSTEM PUBLIC OUTLN DBSNMP XDB WMSYS CTXSYS MDSYS MDDATA ORDSYS ORDPLUGINS ORDDATA SI_INFORMTN_SCHEMA EXFSYS
		OLAPSYS DVSYS DVF LBACSYS OJVMSYS APPQOSSYS GSMADMIN_INTERNAL GSMCATUSER GSMUSER GSMROOTUSER AUDSYS DBSFWUSER DIP ORACLE_OCM REMOTE_SCHEDULER_AGENT
		SYSBACKUP SYSDG SYSKM SYSRAC SYS$UMF XS$NULL ANONYMOUS GGSYS DGPDB_INT FLOWS_FILES APEX_PUBLIC_USER ORDS_METADATA ORDS_PUBLIC_USER SYSMAN MGMT_VIEW
		PDBADMIN SPATIAL_CSW_ADMIN_USR SPATIAL_WFS_ADMIN_USR OWBSYS OWBSYS_AUDIT PERFSTAT TSMSYS BAASSYS VECSYS SQLTXPLAIN SQLTXADMIN`) {
		m[s] = true
	}
	return m
}()
